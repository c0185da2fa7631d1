/**
 * From a yes to a circle that both are in, on the person's device. Everything needed to go on lies in the store before
 * the first step is taken, so whatever moment it stops at, it goes on from there: say the first entries, let the
 * practitioner in, take the place with the welcome, found the box with the place's ticket, send what waits.
 *
 * The place is taken before the box is founded: of two people with one link the relay lets one through, and the other
 * has left nothing anywhere. Source: decisions “Coming in”; protocol section 2.8.
 */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bool, bytes, bytesUpTo, id, maybe, oneOf, record, text, type Of } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { decodePage } from '@alongside/practice/page/bytes.ts'
import { capabilityKeys } from '@alongside/record/epoch.ts'
import { sealMessage, type Welcome } from '@alongside/record/invite/message.ts'
import { readPage, type OpenedPage } from '@alongside/record/invite/page.ts'
import { placeKeys } from '@alongside/record/invite/place.ts'
import { memberId } from '@alongside/record/keys.ts'
import { WIRE_VERSION } from '@alongside/wire/version.ts'
import { signingKeys } from '@alongside/record/crypto.ts'
import type { ActError, LinkError, NetworkError, StorageError } from '../api.ts'
import type { CircleOnDevice } from '../circle/circle.ts'
import type { Core } from '../core.ts'
import { asNetworkError, relayHttp, type RelayHttp } from './relay-http.ts'

export const COMING_IN = 'coming-in'

const rowCodec = record({
  origin: text(300),
  placeSecret: bytes(32),
  /** The page as it was read, signed by its author. */
  page: bytesUpTo(60_000),
  signature: bytes(64),
  limits: oneOf(['read', 'heard']),
  nonce: bytes(32),
  /** The circle's box and its owner key; when all is done the key lies under the second lock only. */
  box: id,
  owner: bytes(32),
  /** The sealed welcome, fixed before it is first sent, so that sending it twice is sending it once. */
  message: maybe(bytes(8_192)),
  isTaken: bool,
  isBoxFounded: bool,
})
export type ComingIn = Of<typeof rowCodec>

export const writeComingIn = (row: ComingIn): Bytes => encodeCbor(rowCodec.encode(row))

/** What is still on its way in, if anything; one circle at a time. */
export async function readComingIn(core: Core): Promise<Result<readonly ComingIn[], StorageError>> {
  const rows = await core.store.list(COMING_IN)
  if (!rows.ok) return rows
  const all: ComingIn[] = []
  for (const { value } of rows.value) {
    const plain = decodeCbor(value)
    const row = plain.ok ? rowCodec.decode(plain.value) : plain
    if (!row.ok) return err({ type: 'StorageRefused' })
    all.push(row.value)
  }
  return ok(all)
}

export type ComingInError = NetworkError | LinkError | StorageError | ActError

const unhex = (hex: string): Bytes => fromHex(hex) ?? new Uint8Array()

/**
 * Goes on with coming in as far as it can. `ok(true)`: the relay has all of it. `ok(false)`: the relay has the place and
 * the rest is on its way. `PlaceTaken`: somebody else was first; the caller takes back what was made here.
 */
export async function goOn(core: Core, first: ComingIn): Promise<Result<boolean, ComingInError>> {
  let row = first
  const circle = [...core.circles.values()].find((one) => one.boxId === row.box)
  const place = placeKeys(row.placeSecret)
  const page = readPage(place.id, row.page, row.signature)
  if (circle === undefined || !page.ok) return err({ type: 'StorageRefused' })

  async function save(change: Partial<ComingIn>): Promise<Result<null, StorageError>> {
    row = { ...row, ...change }
    return core.store.write([{ area: COMING_IN, name: row.box, value: writeComingIn(row) }])
  }

  const said = await sayFirst(circle, row, page.value)
  if (!said.ok) return said
  if (row.message === null) {
    const welcome = welcomeOf(circle, row, page.value)
    if (welcome === null) return err({ type: 'StorageRefused' })
    const message = await sealMessage(place, page.value.inbox, { type: 'yes', welcome })
    const saved = await save({ message })
    if (!saved.ok) return saved
  }
  const relay = relayHttp(core.world.net, row.origin)
  if (!row.isTaken && row.message !== null) {
    const posted = await relay.post(
      place.id,
      { by: 'mailbox', keys: place.mailbox },
      { take: true, bytes: row.message },
    )
    if (!posted.ok) {
      if (posted.error.type === 'PlaceTaken') return err({ type: 'PlaceTaken' })
      if (posted.error.type === 'NoSuchPlace') return err({ type: 'PlaceGone' })
      return err(asNetworkError(posted.error))
    }
    const saved = await save({ isTaken: true })
    if (!saved.ok) return saved
  }
  if (!row.isBoxFounded) {
    const made = await foundBox(relay, circle, row, place.ticket)
    if (!made.ok) return made
    const saved = await save({ isBoxFounded: true })
    if (!saved.ok) return saved
    circle.disconnect() // an earlier line was turned away while there was no box
  }
  circle.connect()
  return isAllThere(circle) ? finish(core, row) : ok(false)
}

/** The relay has everything: what was kept to go on with is let go of, the owner key first of all. */
async function finish(core: Core, row: ComingIn): Promise<Result<boolean, StorageError>> {
  const gone = await core.store.write([{ area: COMING_IN, name: row.box, value: null }])
  return gone.ok ? ok(true) : gone
}

function isAllThere(circle: CircleOnDevice): boolean {
  const { outbox, confirmed } = circle.now()
  return outbox.entries.length === 0 && outbox.batch === null && confirmed.epoch > 0
}

/** The page, that limits were heard, and the practitioner let in by a new epoch; each once. */
async function sayFirst(circle: CircleOnDevice, row: ComingIn, page: OpenedPage): Promise<Result<null, ActError>> {
  if (circle.state().people.page === null) {
    const events: PracticeEvent[] = [
      { type: 'PageKept', member: page.keys.member, page: page.signed, signature: page.signature },
      { type: 'LimitsHeard', how: row.limits },
    ]
    const said = await circle.act(events)
    if (!said.ok) return said
  }
  const newcomer = memberId(circle.circleId, unhex(page.keys.member))
  if (circle.state().people.members[newcomer] !== undefined) return ok(null)
  const shown = decodePage(page.page)
  if (!shown.ok) return err({ type: 'StorageRefused' }) // it was read before the yes
  const proposed: PracticeEvent = {
    type: 'MemberProposed',
    role: 'practitioner',
    name: shown.value.name,
    language: shown.value.language,
    keys: page.keys,
    place: placeKeys(row.placeSecret).id,
    commitment: toHex(page.nonceCommitment),
    nonce: toHex(row.nonce),
  }
  const done = await circle.rekey({ reason: 'admit', events: [proposed], ownerSecret: row.owner })
  return done.ok ? ok(null) : done
}

/** What the practitioner needs to find and open the box; null before they were let in. */
function welcomeOf(circle: CircleOnDevice, row: ComingIn, page: OpenedPage): Welcome | null {
  const { outbox, confirmed, meta, state } = circle.now()
  const secrets = circle.secrets()
  const made =
    outbox.batch === null
      ? { epoch: confirmed.epoch, secret: secrets.get(confirmed.epoch), capIndex: meta.capIndex }
      : { epoch: outbox.batch.fromEpoch + 1, secret: outbox.batch.secret, capIndex: outbox.batch.capIndex }
  const person = state.people.members[circle.me]
  if (made.epoch === 0 || made.secret === undefined || person === undefined) return null
  const newcomer = memberId(circle.circleId, unhex(page.keys.member))
  return {
    circleId: circle.circleId,
    boxId: circle.boxId,
    relayUrl: row.origin,
    capIndex: made.capIndex,
    epoch: made.epoch,
    secret: made.secret,
    previousSecret: secrets.get(made.epoch - 1) ?? null,
    position: (state.people.members[newcomer]?.proposedSeq ?? 0) + 1,
    identity: person.keys.member,
    nonce: row.nonce,
  }
}

async function foundBox(
  relay: RelayHttp,
  circle: CircleOnDevice,
  row: ComingIn,
  ticket: Bytes,
): Promise<Result<null, NetworkError | StorageError>> {
  const secret = circle.secrets().get(0) ?? circle.now().meta.secrets.find((one) => one.epoch === 0)?.secret
  if (secret === undefined) return err({ type: 'StorageRefused' })
  const made = await relay.createBox({
    version: WIRE_VERSION,
    boxId: row.box,
    capIndex: 0,
    capPk: capabilityKeys(circle.circleId, secret, 0).publicKey,
    ownerPk: signingKeys(row.owner).publicKey,
    code: null,
    ticket,
  })
  return made.ok ? ok(null) : err(asNetworkError(made.error))
}
