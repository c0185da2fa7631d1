/**
 * The person's side before they have any device of ours: read a page, ask without details, answer. Nothing is stored
 * before a yes; what a visit holds lives in memory and goes with the tab. Source: decisions “Coming in”.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { PracticePage } from '@alongside/practice/page/page.ts'
import { readPublishedPage } from '@alongside/practice/page/bytes.ts'
import { createOwnerKeys } from '@alongside/record/keys.ts'
import { sealMessage } from '@alongside/record/invite/message.ts'
import { openPage, type OpenedPage } from '@alongside/record/invite/page.ts'
import { placeKeys, type PlaceKeys } from '@alongside/record/invite/place.ts'
import { openReply, replyKeysFromCode } from '@alongside/record/invite/reply.ts'
import { newShortCode, readShortCode } from '@alongside/record/text-code.ts'
import type { Founding, LinkError, NetworkError, PassphraseError, StorageError, Visit } from '../api.ts'
import type { World } from '../core.ts'
import type { Device } from '../device.ts'
import { checkPassphrase } from '../vault.ts'
import { COMING_IN, goOn, writeComingIn, type ComingIn, type ComingInError } from './coming-in.ts'
import { readLink, type PlaceLink } from './link.ts'
import { asNetworkError, relayHttp, type AskError } from './relay-http.ts'

/** The longest question, in UTF-16 units. */
export const MAX_QUESTION = 2_000

interface Visiting {
  readonly link: PlaceLink
  readonly place: PlaceKeys
  readonly opened: OpenedPage
}

export interface Visits {
  readLink(link: string): Promise<Result<Visit, LinkError | NetworkError>>
  ask(visit: Id, text: string): Promise<Result<{ code: string }, NetworkError | LinkError | { type: 'TooLarge' }>>
  readReplies(link: string, code: string): Promise<Result<readonly string[], NetworkError | LinkError>>
  decline(visit: Id): Promise<Result<null, NetworkError | LinkError>>
  sayYes(
    visit: Id,
    as: Founding,
  ): Promise<Result<{ circle: Id }, NetworkError | LinkError | PassphraseError | StorageError>>
}

type ReachError = NetworkError | LinkError

const reachError = (error: AskError): ReachError => {
  if (error.type === 'NoSuchPlace') return { type: 'PlaceGone' }
  return error.type === 'PlaceTaken' ? { type: 'PlaceTaken' } : asNetworkError(error)
}

/** Visits to places; `comingIn` goes on with what a yes began when the first try did not finish. */
export function createVisits(
  world: Pick<World, 'net' | 'random' | 'clock'>,
  device: Pick<Device, 'core' | 'begin' | 'wipe'>,
  comingIn: () => void,
): Visits {
  const visits = new Map<Id, Visiting>()

  async function fetchPlace(
    link: PlaceLink,
  ): Promise<Result<Visiting & { readonly page: PracticePage; readonly taken: boolean }, ReachError>> {
    const place = placeKeys(link.secret)
    const stored = await relayHttp(world.net, link.origin).getPlace(place.id)
    if (!stored.ok) return err(reachError(stored.error))
    const opened = openPage(place, stored.value.page)
    if (!opened.ok) return err({ type: 'PageNotGenuine' })
    const page = readPublishedPage(opened.value.page)
    if (!page.ok) return err({ type: 'PageNotGenuine' })
    return ok({ link, place, opened: opened.value, page: page.value, taken: stored.value.taken })
  }

  async function leave(visit: Id, message: Parameters<typeof sealMessage>[2]): Promise<Result<null, ReachError>> {
    const visiting = visits.get(visit)
    if (visiting === undefined) return err({ type: 'PlaceGone' })
    const { link, place, opened } = visiting
    const bytes = await sealMessage(place, opened.inbox, message)
    const signer = { by: 'mailbox', keys: place.mailbox } as const
    const posted = await relayHttp(world.net, link.origin).post(place.id, signer, { take: false, bytes })
    return posted.ok ? ok(null) : err(reachError(posted.error))
  }

  /** Founds the circle on this device, with everything that is needed to go on in the same write. */
  async function found(
    visiting: Visiting,
    as: Founding,
    relayPk: Bytes,
    wasEmpty: boolean,
  ): Promise<Result<{ readonly row: ComingIn; readonly circle: Id }, PassphraseError | StorageError>> {
    const begun = await device.begin({ ...as, side: 'person' })
    if (!begun.ok) return begun
    const core = begun.value
    const owner = createOwnerKeys(world.random)
    const row: ComingIn = {
      origin: visiting.link.origin,
      placeSecret: visiting.link.secret,
      page: visiting.opened.signed,
      signature: visiting.opened.signature,
      limits: as.limits,
      nonce: world.random.bytes(32),
      box: toHex(world.random.bytes(16)),
      owner: owner.secretKey,
      message: null,
      isTaken: false,
      isBoxFounded: false,
    }
    const made = await core.found(
      {
        kind: 'alongside',
        name: as.name,
        language: as.language,
        box: row.box,
        relay: { url: row.origin, pk: relayPk },
        owner,
      },
      [{ area: COMING_IN, name: row.box, value: writeComingIn(row) }],
    )
    if (made.ok) return ok({ row, circle: made.value.circle.id })
    if (wasEmpty) await device.wipe() // nobody is left with a device set up for nothing
    return made
  }

  return {
    async readLink(link) {
      const read = readLink(link)
      const there = read.ok ? await fetchPlace(read.value) : read
      if (!there.ok) return there
      const { page, taken, ...visiting } = there.value
      const visit = toHex(world.random.bytes(16))
      visits.set(visit, visiting)
      return ok({ visit, page, taken })
    },
    async ask(visit, text) {
      const visiting = visits.get(visit)
      if (visiting === undefined) return err({ type: 'PlaceGone' })
      if (text.length > MAX_QUESTION || text.trim() === '') return err({ type: 'TooLarge' })
      const code = newShortCode(world.random)
      const signs = readShortCode(code)
      if (!signs.ok) return err({ type: 'LinkNotWhole' })
      const replyTo = replyKeysFromCode(visiting.place, signs.value).publicKey
      const left = await leave(visit, { type: 'ask', ask: { question: text, replyTo } })
      return left.ok ? ok({ code }) : left
    },
    async readReplies(link, code) {
      const read = readLink(link)
      const signs = readShortCode(code)
      if (!read.ok || !signs.ok) return err({ type: 'LinkNotWhole' })
      const there = await fetchPlace(read.value)
      if (!there.ok) return there
      const { place, opened } = there.value
      const signer = { by: 'mailbox', keys: place.mailbox } as const
      const box = await relayHttp(world.net, read.value.origin).read(place.id, signer, 0)
      if (!box.ok) return err(reachError(box.error))
      const keys = replyKeysFromCode(place, signs.value)
      const replies: string[] = []
      for (const { fromAuthor, bytes } of box.value.messages) {
        const reply = fromAuthor ? await openReply(place, opened.author, keys, bytes) : null
        if (reply?.ok === true) replies.push(reply.value)
      }
      return ok(replies)
    },
    decline: (visit) => leave(visit, { type: 'decline' }),
    async sayYes(visit, as) {
      const visiting = visits.get(visit)
      if (visiting === undefined) return err({ type: 'PlaceGone' })
      const fine = checkPassphrase(as.passphrase)
      if (!fine.ok) return fine
      // asked once more before anything is made here: an answer that cannot be sent should leave nothing behind
      const there = await fetchPlace(visiting.link)
      if (!there.ok) return there
      if (there.value.taken) return err({ type: 'PlaceTaken' })
      const relay = await relayHttp(world.net, visiting.link.origin).info()
      if (!relay.ok) return err(asNetworkError(relay.error))
      const wasEmpty = device.core() === null
      const founded = await found(visiting, as, relay.value.relayPk, wasEmpty)
      if (!founded.ok) return founded
      const { row, circle } = founded.value
      const core = device.core()
      const gone = core === null ? err<ComingInError>({ type: 'Locked' }) : await goOn(core, row)
      const why = gone.ok ? null : gone.error.type
      if (why === 'PlaceTaken' || why === 'PlaceGone') {
        await takeBack(wasEmpty, row, circle)
        return err({ type: why })
      }
      visits.delete(visit)
      comingIn() // whatever is left goes on by itself, also after the device was locked
      return ok({ circle })
    },
  }

  /** Nothing half made stays: the device as it was before the yes. */
  async function takeBack(wasEmpty: boolean, row: ComingIn, circle: Id): Promise<void> {
    if (wasEmpty) return device.wipe()
    const core = device.core()
    await core?.store.write([{ area: COMING_IN, name: row.box, value: null }])
    await core?.drop(circle)
  }
}
