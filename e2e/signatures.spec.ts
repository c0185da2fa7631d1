/**
 * What engines may differ in, in Chromium: the same modules as in the app's worker, built the same way, are asked about every
 * signature on which libraries part ways, about encodings that are almost right, and about names with hidden characters, and
 * must say what Node says (SPEC CRY-2, CRY-3).
 */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'vite'
import { toHex } from '@alongside/base/bytes.ts'
import { encodeCbor } from '@alongside/base/cbor.ts'
import { anyBytes, drawing, FUZZ_SEED } from '@alongside/base/testing/fuzz.ts'
import { verifySync } from '@alongside/record/crypto.ts'
import { signatureCases } from '../packages/record/test/signature-cases.ts'
import { wycheproof } from '../packages/record/test/third-party.ts'
import { watchful } from './support/watchful.ts'
import { isName, readEncoding, type Asked, type Said, type Verdict } from './support/verdicts.ts'

/** The worker's code, with the targets of the app's own build. */
async function builtWorker(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '..'),
    build: {
      write: false,
      target: ['es2020', 'chrome87', 'safari14', 'firefox78'],
      rolldownOptions: { input: join(import.meta.dirname, 'support/verdicts.ts') },
    },
  })
  const outputs = Array.isArray(made) ? made : 'output' in made ? [made] : []
  const code = outputs.flatMap(({ output }) => output).find((one) => one.type === 'chunk')?.code
  if (code === undefined) throw new Error('nothing was built')
  return code
}

/** A page of our own on this machine, with the worker beside it. */
async function served(code: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isCode = request.url === '/verdicts.js'
    response.setHeader('content-type', isCode ? 'text/javascript' : 'text/html')
    response.end(isCode ? code : '<!doctype html><link rel="icon" href="data:,"><title>Signatures</title>')
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => void server.close(() => done())),
  }
}

const ask = (page: Page, asked: Partial<Asked>): Promise<Said> =>
  page.evaluate(
    (sent) =>
      new Promise<Said>((resolve, reject) => {
        const worker = new Worker('/verdicts.js', { type: 'module' })
        worker.addEventListener('message', (event: MessageEvent<Said>) => resolve(event.data))
        worker.addEventListener('error', (event) => reject(new Error(event.message)))
        worker.postMessage(sent)
      }),
    { signatures: [], encodings: [], names: [], ...asked },
  )

/** A page from which the worker can be asked; `done` ends it, and fails if anything went elsewhere. */
async function asking(browser: Browser): Promise<{ readonly page: Page; readonly done: () => Promise<void> }> {
  const site = await served(await builtWorker())
  const context = await browser.newContext()
  const watched = await watchful(context, site.url)
  const page = await context.newPage()
  await page.goto(site.url)
  return {
    page,
    done: async () => {
      watched.clean()
      await context.close()
      await site.close()
    },
  }
}

test('[CRY-2] [CRY-3] ADV-42 ADV-43 Chromium gives every signature the verdict that Node gives it, and its own yes is never alone', async ({
  browser,
}) => {
  const made = signatureCases().map(({ kind, publicKey, message, signature }) => ({
    kind: kind as string,
    asked: [toHex(publicKey), toHex(message), toHex(signature)] as const,
    byNode: verifySync(publicKey, message, signature),
  }))
  const published = wycheproof('ed25519').map(({ tcId, msg, sig, group }) => ({
    kind: `Wycheproof ${tcId}`,
    asked: [group.publicKey.pk, msg, sig] as const,
    byNode: verifySync(
      ...([group.publicKey.pk, msg, sig].map((text) => Buffer.from(text, 'hex')) as [Buffer, Buffer, Buffer]),
    ),
  }))
  const cases = [...made, ...published]
  const { page, done } = await asking(browser)
  const { signatures: said } = await ask(page, { signatures: cases.map(({ asked }) => asked) })
  expect(said).toHaveLength(cases.length)
  let accelerated = 0
  let ruleAlone = 0
  for (const [i, { kind, byNode }] of cases.entries()) {
    const [rule, platform, both] = said[i] as Verdict
    expect(rule, `${i}, ${kind}`).toBe(byNode)
    expect(both, `${i}, ${kind}`).toBe(byNode)
    if (platform) expect(rule, `${i}, ${kind}`).toBe(true)
    if (platform) accelerated++
    else if (rule) ruleAlone++
  }
  // it bites: this Chromium has the accelerator, and it refuses much that the rule accepts
  expect(accelerated).toBeGreaterThan(100)
  expect(ruleAlone).toBeGreaterThan(100)
  await done()
})

test('ADV-76 ADV-81 Chromium reads every encoding and every name as Node does', async ({ browser }) => {
  const draw = drawing(FUZZ_SEED)
  const samples = [[1, 'text', 2 ** 40, null, [true, new Uint8Array(3)]], ['\ufeff', 'ع🌱'.repeat(9)], []].map(
    (value) => encodeCbor(value as Parameters<typeof encodeCbor>[0]),
  )
  const encodings = Array.from({ length: 20_000 }, () => toHex(anyBytes(draw, samples, 80)))
  encodings.push('81'.repeat(60_000), `991001${'00'.repeat(4_097)}`)
  const hidden = [
    0x00, 0x20, 0x85, 0xa0, 0x61c, 0x200b, 0x200d, 0x200e, 0x202e, 0x2060, 0x2066, 0xd83d, 0xde00, 0xfe0f, 0xfeff,
  ]
  const pieces = [
    ...hidden.map((code) => String.fromCharCode(code)),
    'a',
    'ع',
    '👩🏽‍🌾',
    '🏳️‍🌈',
    'é',
    'e\u0301',
    'İ',
    'ß',
  ]
  const names = Array.from({ length: 5_000 }, () =>
    Array.from({ length: draw.below(6) }, () => draw.one(pieces)).join(''),
  )
  for (let unit = 0; unit < 0x10000; unit += 7) names.push(`a${String.fromCharCode(unit)}`)
  const { page, done } = await asking(browser)
  const said = await ask(page, { encodings, names })
  expect(said.encodings).toEqual(encodings.map(readEncoding))
  expect(said.names).toEqual(names.map(isName))
  // both verdicts came often enough to mean something
  expect(said.encodings.filter((one) => /^[0-9a-f]+$/.test(one)).length).toBeGreaterThan(1_000)
  expect(new Set(said.encodings.filter((one) => /^[a-z]+$/.test(one))).size).toBeGreaterThan(4)
  expect(said.names.filter(Boolean).length).toBeGreaterThan(1_000)
  expect(said.names.filter((fine) => !fine).length).toBeGreaterThan(1_000)
  await done()
})
