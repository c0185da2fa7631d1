/**
 * The practitioner's side of coming in: a page in the making, places to answer from, what comes into their mailboxes,
 * and the circles that begin there. The page is kept here first; the relay gets a sealed copy for each open place.
 * Asking the mailboxes goes on while the device is open. Source: decisions “Coming in”.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytesUpTo, record, uint, type Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { emptyPage, type PracticePage } from '@alongside/practice/page/page.ts'
import { decodePage, encodePage } from '@alongside/practice/page/bytes.ts'
import { missingToPublish } from '@alongside/practice/page/publish.ts'
import { encodePublishedPage } from '@alongside/practice/page/bytes.ts'
import { sha256 } from '@alongside/record/crypto.ts'
import { openMessage, secretsOf, type Welcome } from '@alongside/record/invite/message.ts'
import { sealPage } from '@alongside/record/invite/page.ts'
import { newLinkSecret, newPlaceAuthor, placeKeys } from '@alongside/record/invite/place.ts'
import { sealReply } from '@alongside/record/invite/reply.ts'
import { circleName } from '@alongside/record/keys.ts'
import { ticketHash } from '@alongside/wire/auth.ts'
import { PLACE_DAYS } from '@alongside/wire/limits.ts'
import type { ActError, DeviceApi, NetworkError, OpenView, PageView, StorageError } from '../api.ts'
import type { Core } from '../core.ts'
import { inTurns } from '../turns.ts'
import { acceptWelcome } from './accept.ts'
import { toLink } from './link.ts'
import { authorFrom, placeWrite, readPlaces, samePage, secretsOfAuthor, type PlaceRow } from './place-row.ts'
import { asNetworkError, relayHttp, type AskError } from './relay-http.ts'

export interface Places {
  view(): Pick<OpenView, 'page' | 'places'>
  savePage(page: PracticePage): Promise<Result<null, StorageError | ActError>>
  open: DeviceApi['openPlace']
  close: DeviceApi['closePlace']
  reply: DeviceApi['reply']
  /** Lays changed pages down, reads mailboxes, goes on with circles that are beginning. */
  tend(): Promise<void>
  /** Lets go of what the place that a circle began at still holds of whoever came: what they asked, and which circle is theirs. */
  letGo(circle: Id): Promise<void>
}

const PAGE_AREA = 'page'
const DRAFT = 'draft'
const draftCodec = record({ savedAt: uint(), page: bytesUpTo(60_000) })
const DAY_MS = 86_400_000
const MAX_REPLY = 2_000
/** Mailboxes asked in one round, so that many open places do not make a relay refuse. */
const AT_ONCE = 3

interface Draft {
  readonly page: PracticePage
  readonly savedAt: number | null
}

async function readDraft(core: Core): Promise<Result<Draft, StorageError>> {
  const kept = await core.store.get(PAGE_AREA, DRAFT)
  if (!kept.ok) return kept
  const { name, settings } = core.profile()
  if (kept.value === null) return ok({ page: emptyPage(name, settings.language), savedAt: null })
  const plain = decodeCbor(kept.value)
  const row = plain.ok ? draftCodec.decode(plain.value) : plain
  const page = row.ok ? decodePage(row.value.page) : row
  return row.ok && page.ok ? ok({ page: page.value, savedAt: row.value.savedAt }) : err({ type: 'StorageRefused' })
}

/** Takes up the page and the places of an open device. `origin` is the relay that new places are made at. */
export async function openPlaces(core: Core, origin: string): Promise<Result<Places, StorageError>> {
  const kept = await readDraft(core)
  if (!kept.ok) return kept
  const rows = await readPlaces(core.store)
  return rows.ok ? ok(placesOn(core, origin, kept.value, rows.value)) : rows
}

function placesOn(core: Core, origin: string, firstDraft: Draft, rows: Map<Id, PlaceRow>): Places {
  const { random, clock, net } = core.world
  const inTurn = inTurns()
  let draft = firstDraft
  let asked = 0

  async function save(place: Id, row: PlaceRow | null): Promise<Result<null, StorageError>> {
    const written = await core.store.write([placeWrite(place, row)])
    if (!written.ok) return written
    if (row === null) rows.delete(place)
    else rows.set(place, row)
    core.changed()
    return written
  }

  /** Lays a page down at the relay for one place. */
  async function publish(row: PlaceRow, page: Bytes, code: string | null): Promise<Result<PlaceRow, AskError>> {
    if (row.keys === null) return ok(row)
    const place = placeKeys(row.secret)
    const author = authorFrom(row.keys)
    const pageVersion = row.pageVersion + 1
    const stored = await relayHttp(net, row.origin).putPlace(place.id, author.author, {
      pageVersion,
      authorPk: author.author.publicKey,
      mailboxPk: place.mailbox.publicKey,
      page: sealPage(place, author, page, random),
      code,
      ticketHashes: [ticketHash(place.ticket)],
    })
    if (!stored.ok) return stored
    const endsAt = clock.now() + stored.value.days * DAY_MS
    return ok({ ...row, pageVersion, endsAt, published: sha256(page) })
  }

  async function open(code: string | null): ReturnType<Places['open']> {
    const page = encodePublishedPage(draft.page)
    if (!page.ok) return err({ type: 'PageNotReady', missing: missingToPublish(draft.page) })
    const secret = newLinkSecret(random)
    const { id } = placeKeys(secret)
    const made: PlaceRow = {
      version: 1,
      origin,
      secret,
      keys: secretsOfAuthor(newPlaceAuthor(random)),
      state: 'making',
      madeAt: clock.now(),
      endsAt: clock.now() + PLACE_DAYS * DAY_MS,
      pageVersion: 0,
      published: null,
      readTo: 0,
      questions: [],
      circle: null,
      person: null,
    }
    const saved = await save(id, made)
    if (!saved.ok) return saved
    const published = await publish(made, page.value, code)
    if (!published.ok) {
      await save(id, null)
      return err(published.error.type === 'CodeNeeded' ? { type: 'CodeNeeded' } : asNetworkError(published.error))
    }
    const done = await save(id, { ...published.value, state: 'free' })
    return done.ok ? ok({ place: id, link: toLink({ origin, secret }) }) : done
  }

  async function close(place: Id): Promise<Result<null, StorageError | NetworkError>> {
    const row = rows.get(place)
    if (row === undefined) return ok(null)
    if (row.keys !== null) {
      const gone = await relayHttp(net, row.origin).deletePlace(place, authorFrom(row.keys).author)
      if (!gone.ok && gone.error.type !== 'NoSuchPlace') return err(asNetworkError(gone.error))
    }
    return save(place, { ...row, keys: null, state: 'closed', questions: [] })
  }

  async function reply(place: Id, n: number, text: string): ReturnType<Places['reply']> {
    const row = rows.get(place)
    const question = row?.questions.find((one) => one.n === n)
    if (row === undefined || row.keys === null || question === undefined || text.trim() === '') return ok(null)
    if (text.length > MAX_REPLY) return err({ type: 'TooLarge' })
    const author = authorFrom(row.keys)
    const sealed = await sealReply(placeKeys(row.secret), author, question.replyTo, text)
    if (sealed.ok) {
      const signer = { by: 'author', keys: author.author } as const
      const posted = await relayHttp(net, row.origin).post(place, signer, { take: false, bytes: sealed.value })
      if (!posted.ok) return err(asNetworkError(posted.error))
    }
    const now = rows.get(place) ?? row
    return save(place, {
      ...now,
      questions: now.questions.map((one) => (one.n === n ? { ...one, reply: text } : one)),
    })
  }

  /** The open places whose mailboxes are asked this time: a few at a time, each in its turn. */
  function nextToAsk(): ReadonlySet<Id> {
    const open = [...rows].filter(([, row]) => isOpen(row)).map(([place]) => place)
    const from = open.length === 0 ? 0 : asked % open.length
    asked += AT_ONCE
    return new Set([...open.slice(from), ...open.slice(0, from)].slice(0, AT_ONCE))
  }

  const isOpen = (row: PlaceRow) => row.state === 'free' || row.state === 'freeAgain'

  async function tend(): Promise<void> {
    const page = encodePublishedPage(draft.page)
    const asking = nextToAsk()
    for (const [place, row] of rows) {
      if (row.state === 'making') await save(place, null) // interrupted before its link was shown to anybody
      if (isOpen(row) && page.ok && !samePage(row.published, sha256(page.value))) {
        const published = await publish(row, page.value, null)
        if (published.ok) await save(place, published.value)
      }
      const now = rows.get(place)
      if (now !== undefined && isOpen(now) && asking.has(place)) await readMailbox(place, now)
      const after = rows.get(place)
      if (after?.state === 'yes') await goOn(place, after)
    }
  }

  async function readMailbox(place: Id, first: PlaceRow): Promise<void> {
    if (first.keys === null) return
    const author = authorFrom(first.keys)
    const box = await relayHttp(net, first.origin).read(place, { by: 'author', keys: author.author }, first.readTo)
    if (!box.ok) {
      if (box.error.type === 'NoSuchPlace') await save(place, { ...first, state: 'ended' })
      return
    }
    let row = first
    for (const { n, fromAuthor, bytes } of box.value.messages) {
      const message = fromAuthor ? null : await openMessage(placeKeys(row.secret), author, bytes)
      row = { ...row, readTo: n }
      if (message?.ok !== true) continue
      if (message.value.type === 'decline') row = { ...row, state: 'freeAgain' }
      if (message.value.type === 'ask' && row.questions.length < 32) {
        const { question: text, replyTo } = message.value.ask
        row = { ...row, questions: [...row.questions, { n, text, at: clock.now(), replyTo, reply: null }] }
      }
      if (message.value.type === 'yes') return welcomed(place, row, message.value.welcome)
    }
    if (row !== first) await save(place, row)
  }

  /** Somebody said yes: their circle is laid down here in the same write. */
  async function welcomed(place: Id, row: PlaceRow, welcome: Welcome): Promise<void> {
    if (row.keys === null) return
    const author = authorFrom(row.keys)
    const next: PlaceRow = {
      ...row,
      state: 'yes',
      circle: circleName(welcome.circleId),
      person: { identity: welcome.identity, nonce: welcome.nonce },
    }
    const joined = await core.join(
      {
        circleId: welcome.circleId,
        box: welcome.boxId,
        relay: row.origin,
        relayPk: null,
        side: 'practitioner',
        member: author.member,
        device: author.device,
        secrets: [...secretsOf(welcome)].map(([epoch, secret]) => ({ epoch, secret })),
        capIndex: welcome.capIndex,
        capSecret: welcome.secret,
        owner: null,
      },
      [placeWrite(place, next)],
    )
    if (!joined.ok) return
    rows.set(place, next)
    joined.value.connect()
    core.changed()
  }

  /** Goes on with a circle that is beginning, until this member is in it; then the place's keys are let go of. */
  async function goOn(place: Id, row: PlaceRow): Promise<void> {
    const circle = row.circle === null ? undefined : core.circles.get(row.circle)
    if (row.keys === null || row.person === null || circle === undefined) return
    if (circle.link()?.machine.connection() === 'refused') circle.disconnect() // its box is not founded yet
    circle.connect()
    const accepted = await acceptWelcome(circle, { place, author: authorFrom(row.keys), person: row.person }, random)
    if (accepted.ok) await save(place, { ...row, keys: null, person: null })
  }

  const pageView = (): PageView => ({
    draft: draft.page,
    missing: missingToPublish(draft.page),
    savedAt: draft.savedAt,
  })

  return {
    view: () => ({
      page: pageView(),
      places: [...rows]
        .map(([id, row]) => ({
          id,
          link: toLink(row),
          state: row.state,
          madeAt: row.madeAt,
          endsAt: row.endsAt,
          questions: row.questions.map(({ n, text, at, reply: said }) => ({ n, text, at, reply: said })),
          circle: row.circle,
        }))
        .sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1)),
    }),
    savePage: async (page) => {
      const encoded = encodePage(page)
      if (!encoded.ok) {
        if (encoded.error.type === 'PageTooLong') return err({ type: 'TooLarge' })
        return err(
          encoded.error.type === 'WrongShape' ? encoded.error : { type: 'WrongShape', at: 'page', wanted: 'a page' },
        )
      }
      const savedAt = clock.now()
      const value = encodeCbor(draftCodec.encode({ savedAt, page: encoded.value }))
      const written = await core.store.write([{ area: PAGE_AREA, name: DRAFT, value }])
      if (!written.ok) return written
      draft = { page, savedAt }
      core.changed()
      void inTurn(tend)
      return ok(null)
    },
    open: ({ code }) => inTurn(() => open(code)),
    close: (place) => inTurn(() => close(place)),
    reply: (place, n, text) => inTurn(() => reply(place, n, text)),
    tend: () => inTurn(tend),
    letGo: (circle) =>
      inTurn(async () => {
        for (const [place, row] of rows)
          if (row.circle === circle)
            await save(place, { ...row, keys: null, state: 'closed', questions: [], circle: null, person: null })
      }),
  }
}
