import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { ticketHash } from '@alongside/wire/auth.ts'
import { messagePosted, messages, PATHS, placeIs, postMessage, putPlace, type PutPlace } from '@alongside/wire/http.ts'
import { MAX_PAGE_BYTES, MESSAGE_BYTES, NONCE_LIFE_MS } from '@alongside/wire/limits.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askPlace, bytesOf, envelope, found, freshNonce, refusalOf, testKey } from '../testing/device.ts'
import { startTestRelay, type TestRelay } from '../testing/relay.ts'

const placeId = toHex(new Uint8Array(16).fill(5))
const boxId = toHex(new Uint8Array(16).fill(6))
const author = testKey(1)
const link = testKey(2)
const stranger = testKey(3)
const CODE = 'a long instance code'
const DAY = 86_400_000

let relay: TestRelay
beforeEach(async () => {
  relay = await startTestRelay({ code: CODE })
})
afterEach(() => relay.remove())

const pageBody = (change: Partial<PutPlace> = {}): Bytes =>
  putPlace.encode({
    pageVersion: 1,
    authorPk: author.pk,
    mailboxPk: link.pk,
    page: envelope('sealed page ', 5_000),
    code: CODE,
    ticketHashes: [],
    ...change,
  })

const ask = (change: Partial<Parameters<typeof askPlace>[1]>) =>
  askPlace(relay.url, {
    method: 'PUT',
    path: PATHS.place(placeId),
    placeId,
    op: 'put',
    by: 'author',
    key: author,
    relayPk: relay.relayPk,
    ...change,
  })
const put = (change: Partial<PutPlace> = {}) => ask({ body: pageBody(change) })
const get = () => fetch(relay.url + PATHS.place(placeId))
type By = 'mailbox' | 'author'
interface Posting {
  readonly take?: boolean
  readonly key?: typeof link
  readonly by?: By
}
const post = (value: number, { take = false, key = link, by = 'mailbox' }: Posting = {}) =>
  ask({
    method: 'POST',
    path: PATHS.messages(placeId),
    op: 'post',
    by,
    key,
    body: postMessage.encode({ take, bytes: new Uint8Array(MESSAGE_BYTES).fill(value) }),
  })
const read = (after: number, { key = author, by = 'author' }: Posting = {}) =>
  ask({ method: 'GET', path: PATHS.messages(placeId), op: 'read', by, key, after })

describe('a practice page', () => {
  it('is made with the code, read by whoever has the id, overwritten and removed by its author', async () => {
    expect((await put()).status).toBe(200)
    const first = must(placeIs.decode(await bytesOf(await get())))
    expect(first).toEqual({ pageVersion: 1, taken: false, page: envelope('sealed page ', 5_000) })
    expect((await put({ pageVersion: 2, code: null, page: envelope('new ', 9) })).status).toBe(200)
    expect(must(placeIs.decode(await bytesOf(await get()))).pageVersion).toBe(2)
    expect(await refusalOf(await put({ code: null }))).toEqual({ type: 'PageIsNewer', version: 2 })
    expect((await ask({ method: 'DELETE', op: 'delete' })).status).toBe(200)
    expect(await refusalOf(await get())).toEqual({ type: 'NoSuchPlace' })
    expect(relay.isOnDisk('new new')).toBe(false)
  })

  it('is not made without the code, and not with a wrong one', async () => {
    for (const code of [null, 'a wrong instance code'])
      expect(await refusalOf(await put({ code }))).toEqual({ type: 'CodeNeeded' })
    expect((await get()).status).toBe(404)
  })

  it('is nobody else’s to write or remove', async () => {
    await put()
    expect(await refusalOf(await ask({ key: stranger, body: pageBody({ pageVersion: 2 }) }))).toEqual({
      type: 'NotAdmitted',
    })
    const own = pageBody({ pageVersion: 2, authorPk: stranger.pk })
    expect(await refusalOf(await ask({ key: stranger, body: own }))).toEqual({ type: 'IdInUse' })
    const byLink = { method: 'DELETE', op: 'delete', by: 'mailbox', key: link } as const
    expect(await refusalOf(await ask(byLink))).toEqual({ type: 'NotAdmitted' })
    expect((await get()).status).toBe(200)
  })

  it('may be 64 KiB sealed, and no more', async () => {
    expect((await put({ page: new Uint8Array(MAX_PAGE_BYTES) })).status).toBe(200)
    const wire = pageBody({ pageVersion: 2, page: new Uint8Array(MAX_PAGE_BYTES) })
    const longer = new Uint8Array(80_000)
    longer.set(wire)
    expect(await refusalOf(await ask({ body: longer }))).toEqual({ type: 'TooLarge' })
  })

  it('ADV-18 a proof is good once, for two minutes, for its own operation and body', async () => {
    const nonce = await freshNonce(relay.url)
    const body = pageBody()
    expect((await ask({ body, nonce })).status).toBe(200)
    expect(await refusalOf(await ask({ body, nonce }))).toEqual({ type: 'NotAdmitted' })
    const late = await freshNonce(relay.url)
    relay.pass(NONCE_LIFE_MS + 1)
    expect(await refusalOf(await ask({ body, nonce: late }))).toEqual({ type: 'NotAdmitted' })
    const otherOp = await ask({ method: 'DELETE', op: 'put' })
    expect(await refusalOf(otherOp)).toEqual({ type: 'NotAdmitted' })
    const invented = new Uint8Array(56).fill(255)
    expect(await refusalOf(await ask({ body, nonce: invented }))).toEqual({ type: 'NotAdmitted' })
    expect((await fetch(relay.url + PATHS.place(placeId), { method: 'PUT', body })).status).toBe(403)
  })

  it('ADV-17 a proof made for another relay is refused', async () => {
    expect(await refusalOf(await ask({ body: pageBody(), relayPk: stranger.pk }))).toEqual({ type: 'NotAdmitted' })
  })
})

describe('the mailbox of a place', () => {
  beforeEach(async () => {
    await put()
  })

  it('carries messages both ways, for the two who hold its keys', async () => {
    expect(must(messagePosted.decode(await bytesOf(await post(1)))).n).toBe(1)
    expect((await post(2, { by: 'author', key: author })).status).toBe(201)
    const seen = must(messages.decode(await bytesOf(await read(0, { by: 'mailbox', key: link }))))
    expect(seen.messages.map((one) => [one.n, one.fromAuthor])).toEqual([
      [1, false],
      [2, true],
    ])
    expect(must(messages.decode(await bytesOf(await read(1)))).messages.length).toBe(1)
    for (const by of ['author', 'mailbox'] as const) {
      expect(await refusalOf(await read(0, { by, key: stranger }))).toEqual({ type: 'NotAdmitted' })
      expect(await refusalOf(await post(3, { by, key: stranger }))).toEqual({ type: 'NotAdmitted' })
    }
  })

  it('gives the place to the first who takes it; the second sees that it is taken', async () => {
    const outcomes = await Promise.all([post(1, { take: true }), post(2, { take: true })])
    expect(outcomes.map((response) => response.status).sort((a, b) => a - b)).toEqual([201, 409])
    expect(must(placeIs.decode(await bytesOf(await get()))).taken).toBe(true)
    expect(must(messages.decode(await bytesOf(await read(0)))).taken).toBe(true)
    const loser = outcomes.find((response) => response.status === 409)
    if (loser) expect(await refusalOf(loser)).toEqual({ type: 'PlaceTaken' })
  })

  it('lets a lost answer be asked for again without leaving a second message', async () => {
    await post(1, { take: true })
    expect(must(messagePosted.decode(await bytesOf(await post(1, { take: true })))).n).toBe(1)
    expect(must(messages.decode(await bytesOf(await read(0)))).messages.length).toBe(1)
  })

  it('empties itself seven days after its first message', async () => {
    await post(1)
    relay.pass(7 * DAY)
    expect(must(messages.decode(await bytesOf(await read(0)))).messages).toEqual([])
  })

  it('takes messages of one size only', async () => {
    const body = postMessage.encode({ take: false, bytes: new Uint8Array(100) })
    const short = await ask({
      method: 'POST',
      path: PATHS.messages(placeId),
      op: 'post',
      by: 'mailbox',
      key: link,
      body,
    })
    expect(await refusalOf(short)).toEqual({ type: 'Malformed' })
  })
})

describe('founding a box', () => {
  it('takes the instance code, or a ticket that a page brought, once', async () => {
    const ticket = new Uint8Array(32).fill(9)
    const box = { boxId, capPk: author.pk }
    expect(await refusalOf(await found(relay.url, box))).toEqual({ type: 'CodeNeeded' })
    expect(await refusalOf(await found(relay.url, { ...box, ticket }))).toEqual({ type: 'CodeNeeded' })
    await put({ ticketHashes: [ticketHash(ticket)] })
    expect((await found(relay.url, { ...box, ticket })).status).toBe(201)
    expect((await found(relay.url, { ...box, ticket })).status).toBe(201) // the answer was lost
    const second = { boxId: placeId, capPk: author.pk }
    expect(await refusalOf(await found(relay.url, { ...second, ticket }))).toEqual({ type: 'CodeNeeded' })
    expect((await found(relay.url, { ...second, code: CODE })).status).toBe(201)
  })

  it('brings no more tickets when a page is written again', async () => {
    const ticket = new Uint8Array(32).fill(9)
    await put()
    await put({ pageVersion: 2, code: CODE, ticketHashes: [ticketHash(ticket)] })
    expect((await found(relay.url, { boxId, capPk: author.pk, ticket })).status).toBe(402)
  })

  it('leaves no trace that ties box and place', async () => {
    const ticket = new Uint8Array(32).fill(9)
    await put({ ticketHashes: [ticketHash(ticket)] })
    await found(relay.url, { boxId, capPk: link.pk, ticket })
    const tables = await relay.store.inspect()
    const holds = (value: string) =>
      tables.filter(({ rows }) => JSON.stringify(rows.map((row) => Object.values(row).map(shown))).includes(value))
    expect(holds(toHex(ticketHash(ticket)))).toEqual([])
    expect(holds(placeId).map(({ table }) => table)).toEqual(['places'])
    expect(holds(boxId).map(({ file }) => file)).toEqual(['boxes.db', 'boxes.db'])
  })
  const shown = (value: unknown) => (value instanceof Uint8Array ? toHex(value) : value)
})
