/**
 * The check-ins of one circle on one device: seals this member's answers, sends them at a time that gives nothing away,
 * and opens what this device may open. Keys of own answers lie only in this device's sealed store.
 *
 * When an item leaves the device (decisions “Check-in”): a practitioner's at once; the person's with what they show, or
 * else when the next meeting was marked met or the person closed the window, whether they answered or not. So a private
 * answer and none leave the same trace. A close by somebody else never ends it for the person: they may still answer.
 */
import { concat, fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, id, maybe, record, type Id, type Of } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import {
  checkInAnswers,
  ITEMS,
  type CheckInAnswers,
  type Item,
  type TalkOffer,
} from '@alongside/practice/check-in/answers.ts'
import { decodeAnswers, encodeAnswers } from '@alongside/practice/check-in/answer-bytes.ts'
import { ITEM_BYTES, WRAP_BYTES } from '@alongside/practice/check-in/events.ts'
import { talkOffers } from '@alongside/practice/check-in/offers.ts'
import {
  maySeal,
  mayOpen,
  sealedItem,
  sharedAnswer,
  shownOf,
  unsealed,
  type SealedItem,
} from '@alongside/practice/check-in/state.ts'
import type { Circle, PracticeEvent } from '@alongside/practice/define.ts'
import { encounterOf, windowOpen } from '@alongside/practice/encounter/state.ts'
import { everydayDeviceOf, isPerson } from '@alongside/practice/people/state.ts'
import { keyInItem, openItem, sealItem, type SealedContext } from '@alongside/record/sealed.ts'
import type { ActError, OpenedCheckIn, StorageError } from '../api.ts'
import type { SealedStore } from '../store/sealed.ts'
import { inTurns } from '../turns.ts'

/** What this needs of a circle on the device. */
export interface CheckInCircle {
  readonly id: Id
  readonly circleId: Bytes
  readonly me: Id
  readonly deviceKeys: { readonly kem: { readonly secretKey: Bytes } }
  state(): Circle
  act(events: readonly PracticeEvent[]): Promise<Result<null, ActError>>
}

export interface CheckIns {
  /** Seals answers for good: nobody can change them, whether they are shown later or never. */
  seal(encounter: Id, answers: CheckInAnswers): Promise<Result<null, ActError>>
  /** Shows the answers, or only what there is to talk about; `topics` are the items marked 2 or lower unless given. */
  show(encounter: Id, what: 'answers' | 'topics', topics?: readonly Item[]): Promise<Result<null, ActError>>
  /** Sends what is due and opens what may be opened. Call it after unlocking and whenever the record grew. */
  settle(): Promise<Result<null, ActError>>
  opened(): readonly OpenedCheckIn[]
  offers(): readonly TalkOffer[]
}

const rowCodec = record({
  encounter: id,
  key: bytes(32),
  item: bytes(ITEM_BYTES),
  commitment: bytes(32),
  wrap: bytes(WRAP_BYTES),
  /** Null for an empty item. */
  answers: maybe(checkInAnswers),
})
type OwnItem = Of<typeof rowCodec>

export const checkInArea = (circle: Id): string => `check-ins:${circle}`

/** Takes up the check-ins of a circle from the store. */
export async function openCheckIns(
  circle: CheckInCircle,
  world: { readonly store: SealedStore; readonly random: Random },
): Promise<Result<CheckIns, StorageError>> {
  const rows = await world.store.list(checkInArea(circle.id))
  if (!rows.ok) return rows
  const own = new Map<Id, OwnItem>()
  for (const { value } of rows.value) {
    const plain = decodeCbor(value)
    const row = plain.ok ? rowCodec.decode(plain.value) : plain
    if (!row.ok) return err({ type: 'StorageRefused' })
    own.set(row.value.encounter, row.value)
  }
  return ok(checkInsOf(circle, world, own))
}

function checkInsOf(
  circle: CheckInCircle,
  world: { readonly store: SealedStore; readonly random: Random },
  own: Map<Id, OwnItem>,
): CheckIns {
  const { me } = circle
  const inTurn = inTurns()
  /** Others' answers that were opened, and items found not to open, under the bytes they came from. */
  const read = new Map<string, CheckInAnswers | null>()
  const contextOf = (encounter: Id, author: Id): SealedContext => ({ circleId: circle.circleId, encounter, author })

  /** Seals and keeps an item before anything of it is sent. */
  async function make(encounter: Id, answers: CheckInAnswers | null): Promise<Result<OwnItem, ActError>> {
    const state = circle.state()
    const person = state.people.members[state.people.person ?? '']
    const reader = person === undefined || isPerson(state, me) ? null : fromHex(everydayDeviceOf(person).kemPk)
    const plain = answers === null ? new Uint8Array(0) : encodeAnswers(answers)
    const { item, key } = await sealItem(contextOf(encounter, me), plain, reader, world.random)
    const row: OwnItem = {
      encounter,
      key,
      item: item.slice(0, ITEM_BYTES),
      commitment: item.slice(ITEM_BYTES, ITEM_BYTES + 32),
      wrap: item.slice(ITEM_BYTES + 32),
      answers,
    }
    const value = encodeCbor(rowCodec.encode(row))
    const kept = await world.store.write([{ area: checkInArea(circle.id), name: encounter, value }])
    if (!kept.ok) return kept
    own.set(encounter, row)
    return ok(row)
  }

  const sealing = ({ encounter, item, commitment, wrap }: OwnItem): PracticeEvent => ({
    type: 'CheckInSealed',
    encounter,
    item,
    commitment: toHex(commitment),
    wrap,
  })

  async function seal(encounter: Id, answers: CheckInAnswers): Promise<Result<null, ActError>> {
    const state = circle.state()
    if (own.has(encounter)) return err({ type: 'RuleRefused', rule: 'CHK-3', event: 'CheckInSealed' })
    const fits = checkInAnswers.decode(checkInAnswers.encode(answers), 'answers')
    if (!fits.ok) return fits
    if (isPerson(state, me) && maySeal(state, encounter, me) && !isOver(state, encounter)) {
      const kept = await make(encounter, answers)
      return kept.ok ? ok(null) : kept
    }
    // what the rules refuse is asked of them before anything is fixed
    if (!maySeal(state, encounter, me)) return refusedBy(encounter)
    const kept = await make(encounter, answers)
    return kept.ok ? circle.act([sealing(kept.value)]) : kept
  }

  /** Lets the rules say why an item may not be sealed; the bytes do not matter. */
  const refusedBy = (encounter: Id): Promise<Result<null, ActError>> =>
    circle.act([
      {
        type: 'CheckInSealed',
        encounter,
        item: new Uint8Array(ITEM_BYTES),
        commitment: '00'.repeat(32),
        wrap: new Uint8Array(WRAP_BYTES),
      },
    ])

  async function show(
    encounter: Id,
    what: 'answers' | 'topics',
    topics: readonly Item[] | undefined,
  ): Promise<Result<null, ActError>> {
    const row = own.get(encounter)
    if (row === undefined || row.answers === null)
      return err({ type: 'RuleRefused', rule: 'CHK-6', event: 'CheckInShown' })
    const { answers } = row
    const shown: PracticeEvent = {
      type: 'CheckInShown',
      encounter,
      what,
      key: what === 'answers' ? toHex(row.key) : null,
      topics: what === 'answers' ? [] : (topics ?? ITEMS.filter((item) => (answers.items[item] ?? 4) <= 2)),
      oneStep: answers.oneStep,
      oneStepWords: answers.oneStep === 'own' ? answers.oneStepWords : '',
    }
    const isSent = sealedItem(circle.state(), encounter, me) !== null
    return circle.act(isSent ? [shown] : [sealing(row), shown])
  }

  /** Whether an item of the person that is not shown is due: the next meeting was met, or the person closed the window. */
  function isOver(state: Circle, encounter: Id): boolean {
    if (windowOpen(state, encounter)) return false
    const closed = encounterOf(state, encounter)?.closed ?? null
    return state.encounter.latestMet !== encounter || closed?.by === me
  }

  async function send(): Promise<Result<null, ActError>> {
    for (const encounter of unsealed(circle.state(), me)) {
      const state = circle.state()
      let row = own.get(encounter)
      if (isPerson(state, me)) {
        if (!isOver(state, encounter)) continue
        // sealed now in any case: an item that had only to be fetched would leave sooner than one still to be made
        const made = await make(encounter, row?.answers ?? null)
        if (!made.ok) return made
        row = made.value
      }
      if (row === undefined) continue
      const said = await circle.act([sealing(row)])
      if (!said.ok && (said.error.type === 'StorageFull' || said.error.type === 'StorageRefused')) return said
    }
    return ok(null)
  }

  async function open(): Promise<void> {
    const state = circle.state()
    for (const [encounter, items] of Object.entries(state.checkIn.sealed)) {
      if (!mayOpen(state, encounter, me) && !own.has(encounter)) continue
      for (const [author, item] of Object.entries(items)) {
        const name = nameOf(state, encounter, author, item)
        if (author === me || name === null || read.has(name)) continue
        read.set(name, await answersIn(encounter, author, item))
      }
    }
  }

  /** What an opened item is remembered under: it changes when a key is shown. Null when there is no way to open it. */
  function nameOf(state: Circle, encounter: Id, author: Id, item: SealedItem): string | null {
    const key = shownOf(state, encounter, author)?.key ?? null
    if (key === null && !isPerson(state, me)) return null
    return `${encounter} ${author} ${item.commitment} ${key ?? 'wrap'}`
  }

  async function answersIn(encounter: Id, author: Id, sealed: SealedItem): Promise<CheckInAnswers | null> {
    const context = contextOf(encounter, author)
    const item = concat(sealed.item, fromHex(sealed.commitment) ?? new Uint8Array(), sealed.wrap)
    const shown = shownOf(circle.state(), encounter, author)?.key ?? null
    const key = shown === null ? await keyInItem(context, item, circle.deviceKeys.kem.secretKey) : fromHex(shown)
    const plain = key === null ? null : openItem(context, item, key)
    const answers = plain?.ok === true && plain.value.length > 0 ? decodeAnswers(plain.value) : null
    return answers?.ok === true ? answers.value : null
  }

  /** Own answers: those kept here, or those shown with their key from another device of this member. */
  const ownAnswers = () =>
    [...own.values()].flatMap(({ encounter, answers }) => (answers === null ? [] : [{ encounter, answers }]))

  function others(state: Circle): readonly { encounter: Id; member: Id; answers: CheckInAnswers }[] {
    return Object.entries(state.checkIn.sealed).flatMap(([encounter, items]) =>
      Object.entries(items).flatMap(([member, item]) => {
        const name = member === me ? null : nameOf(state, encounter, member, item)
        const answers = name === null ? null : (read.get(name) ?? null)
        return answers === null ? [] : [{ encounter, member, answers }]
      }),
    )
  }

  return {
    seal: (encounter, answers) => inTurn(() => seal(encounter, answers)),
    show: (encounter, what, topics) => inTurn(() => show(encounter, what, topics)),
    settle: () =>
      inTurn(async () => {
        const sent = await send()
        await open()
        return sent
      }),
    opened() {
      const state = circle.state()
      const all = [...ownAnswers().map((one) => ({ ...one, member: me })), ...others(state)]
      return all.map((one): OpenedCheckIn => {
        const shared = sharedAnswer(state, one.encounter, one.member).type
        return { ...one, shown: shared === 'none' ? 'private' : shared }
      })
    },
    offers: () => talkOffers(circle.state(), me, others(circle.state()), ownAnswers()),
  }
}
