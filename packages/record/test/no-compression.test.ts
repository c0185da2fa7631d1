/**
 * Nothing is compressed before it is sealed: a size that follows from what is repeated tells what is in it. Shown from the
 * sources, which have no compression to call, and from sizes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { describe, expect, it } from 'vitest'
import { sealDraft } from '../src/draft.ts'
import { sealEnvelope } from '../src/envelope.ts'
import { epochKeys } from '../src/epoch.ts'
import { openLiveSender } from '../src/live.ts'
import { newSigningKeys } from '../src/crypto.ts'
import { newPlaceAuthor, placeKeys } from '../src/invite/place.ts'
import { sealPage } from '../src/invite/page.ts'
import { sealItem } from '../src/sealed.ts'
import { chance } from './chance.ts'

const root = join(import.meta.dirname, '../../..')
const COMPRESSES =
  /node:zlib|from '(?:zlib|pako|fflate|lz-string|lz4js?|snappyjs|brotli[\w-]*)'|\b(?:De)?[cC]ompressionStream\b|\b(?:gzip|deflate|brotliCompress)(?:Sync|Raw)?\(/

const sourcesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|tsx)$/.test(path) && !/\.test\.tsx?$|node_modules|^dist/.test(path))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), 'utf8') }))

describe('sizes', () => {
  it('ADV-58 nothing that people’s words go through can compress: no source of ours calls a compressor', () => {
    const folders = ['base', 'practice', 'record', 'wire', 'device', 'relay'].map((name) => `packages/${name}/src`)
    const all = [...folders, 'apps/web/src'].flatMap(sourcesOf)
    expect(all.length).toBeGreaterThan(300)
    expect(all.filter(({ text }) => COMPRESSES.test(text)).map(({ path }) => path)).toEqual([])
    const server = all.find(({ path }) => path === 'packages/relay/src/server.ts')
    expect(server?.text).toContain('perMessageDeflate: false')
    // the pattern sees what it is for
    for (const bad of ["import { gzipSync } from 'node:zlib'", 'new CompressionStream(kind)', 'deflateRaw(bytes)'])
      expect(COMPRESSES.test(bad)).toBe(true)
  })

  it('ADV-58 words repeated a thousand times and chance of the same length are sealed to the same size', async () => {
    const random = chance('sizes')
    const keys = epochKeys(random.bytes(32), 1, random.bytes(32))
    const note = toHex(random.bytes(16))
    const place = placeKeys(random.bytes(32))
    const author = newPlaceAuthor(random)
    const device = newSigningKeys(random)
    const sender = openLiveSender(keys, note, device.secretKey, random)
    const context = { circleId: random.bytes(32), encounter: note, author: note }
    const sizes = async (text: Bytes) => ({
      envelope: must(sealEnvelope(keys, text, random)).length,
      draft: must(sealDraft(keys, note, text, random)).length,
      live: must(await sender.frames(text)).map((frame) => frame.length),
      page: sealPage(place, author, text, random).length,
      item: (await sealItem(context, text.subarray(0, 4_000), null, random)).item.length,
    })
    for (const length of [1, 100, 508, 509, 5_000, 30_000]) {
      const repeated = utf8('help '.repeat(Math.ceil(length / 5))).subarray(0, length)
      expect(await sizes(repeated)).toEqual(await sizes(random.bytes(length)))
      expect(must(sealEnvelope(keys, repeated, random)).length).toBeGreaterThan(length)
    }
  })
})
