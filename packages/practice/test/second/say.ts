/**
 * What each event could say in a circle as it is: about the lines, meetings and people that are there, or about new ones,
 * or about nothing at all. Every field fits its shape; whether it makes sense is for the rules to say.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { Item } from '../../src/check-in/answers.ts'
import type { Circle, PracticeEvent } from '../../src/define.ts'
import { idOf, keysOf, rekey } from '../story.ts'
import type { Named } from './world.ts'

/** A whole number below what is given. */
export type Draw = (below: number) => number

/** Whole numbers from a seed (xorshift32). */
export function drawFrom(seed: number): Draw {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

export const NAMES = ['Amal', 'Bea', 'Cam', 'Dee', 'Eli', 'Fay', 'Gus', 'Hana']
const TEXTS = ['words', ' ', '', '\u200b\ufeff', 'a\u{1f331}b', 'ع', 'İıiI', 'ä', 'x'.repeat(70)]
const TOPICS: readonly (readonly Item[])[] = [['worth'], ['free', 'voice'], [], ['open', 'open']]
const DAYS = [null, '2026-11-30', '2028-02-29']

export const pick = <T>(from: readonly T[], draw: Draw): T => from[draw(from.length)] as T
export const chance = (draw: Draw, oneIn: number): boolean => draw(oneIn) === 0
const words = (draw: Draw): string => (chance(draw, 4) ? pick(TEXTS, draw) : `words ${draw(1000)}`)
/** Words for a shape that takes no empty text. */
const someWords = (draw: Draw): string => words(draw) || ' '
export const hex = (draw: Draw, size: number): string => draw(256).toString(16).padStart(2, '0').repeat(size)
const bytes = (draw: Draw, size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(draw(256))

const fresh = (draw: Draw): Id => idOf(`new ${draw(100_000)}`)
/** The id of something that is there, mostly. */
const there = (table: { readonly [id: Id]: unknown }, draw: Draw): Id => {
  const ids = Object.keys(table)
  return ids.length === 0 || chance(draw, 15) ? fresh(draw) : pick(chance(draw, 3) ? ids.slice(-3) : ids, draw)
}
const unused = (table: { readonly [id: Id]: unknown }, draw: Draw): Id =>
  chance(draw, 12) ? there(table, draw) : fresh(draw)
const perhaps = <T>(value: T, draw: Draw): T | null => (chance(draw, 2) ? value : null)
const someone = (circle: Circle, draw: Draw): Id => there(circle.people.members, draw)
const someOf = (circle: Circle, draw: Draw, most: number): Id[] => {
  const ids: Id[] = []
  for (let left = draw(most + 1); left > 0; left--) ids.push(someone(circle, draw))
  return chance(draw, 8) ? ids : [...new Set(ids)]
}

type Make = { readonly [N in PracticeEvent['type']]: (circle: Circle, draw: Draw) => Omit<Named<N>, 'type'> }

/** What each event could say in a circle as it is. Every field fits its shape. */
export const SAY: Make = {
  Founded: (_circle, draw) => ({
    kind: chance(draw, 6) ? 'own' : 'alongside',
    rules: 1,
    box: idOf('box'),
    commitment: hex(draw, 32),
    owner: perhaps(hex(draw, 32), draw),
    name: pick(NAMES, draw),
    language: 'tr',
    keys: keysOf('Amal'),
  }),
  Rekeyed: (circle, draw) => {
    const { epoch } = circle.people
    const made = rekey(pick(['admit', 'leave', 'remove', 'rotate'], draw), chance(draw, 8) ? draw(4) : epoch)
    return { ...(made as Named<'Rekeyed'>), ...(chance(draw, 12) ? { toEpoch: draw(5) } : {}) }
  },
  PageKept: (_circle, draw) => ({
    member: keysOf(pick(NAMES, draw)).member,
    page: bytes(draw, draw(40)),
    signature: bytes(draw, 64),
  }),
  MemberProposed: (_circle, draw) => ({
    role: chance(draw, 12) ? pick(['person', 'supporter', 'interpreter'], draw) : 'practitioner',
    name: pick(NAMES, draw),
    language: 'ar',
    keys: keysOf(pick(NAMES, draw)),
    place: fresh(draw),
    commitment: hex(draw, 32),
    nonce: hex(draw, 32),
  }),
  MemberWelcomed: (circle, draw) => ({ member: someone(circle, draw) }),
  MemberAccepted: (_circle, draw) => ({ nonce: hex(draw, 32), proof: hex(draw, 64) }),
  MemberRemoved: (circle, draw) => ({ member: someone(circle, draw) }),
  MemberLeft: () => ({}),
  LeavingAnnounced: (_circle, draw) => ({ day: '2026-12-01', words: words(draw) }),
  IdentityChecked: (circle, draw) => ({
    member: someone(circle, draw),
    how: pick(['inPerson', 'byCall', 'notChecked'], draw),
  }),
  NameChosen: (_circle, draw) => ({ name: pick([...NAMES, 'İpek', 'أمل'], draw), language: pick(['tr', 'ar'], draw) }),
  OutsideRecordDeclared: (_circle, draw) => ({
    what: someWords(draw),
    where: words(draw),
    source: words(draw),
    until: pick(DAYS, draw),
    required: chance(draw, 2),
  }),
  ObjectionSaid: (circle, draw) => ({ member: someone(circle, draw), words: someWords(draw) }),
  DeviceAdded: (_circle, draw) => ({
    keys: { ...keysOf(pick(NAMES, draw)), device: hex(draw, 32) },
    use: pick(['everyday', 'wayBack'], draw),
  }),
  DeviceAcknowledged: (circle, draw) => {
    const member = circle.people.members[someone(circle, draw)]
    return { device: member === undefined ? fresh(draw) : pick([member.device, ...member.added], draw).id }
  },
  LineProposed: (circle, draw) => {
    const replaces = chance(draw, 2) ? there(circle.agreement.lines, draw) : null
    const old = replaces === null || chance(draw, 8) ? undefined : circle.agreement.lines[replaces]
    const ready = chance(draw, 4) ? { id: 'ready', version: draw(3) } : null
    return {
      line: unused(circle.agreement.lines, draw),
      section: old?.section ?? 1 + draw(15),
      text: ready === null || chance(draw, 4) ? words(draw) : '',
      language: 'en',
      second: chance(draw, 6) ? { language: 'ar', text: someWords(draw) } : null,
      asks: someOf(circle, draw, 3),
      refusable: chance(draw, 2),
      why: words(draw),
      review: pick(DAYS, draw),
      replaces,
      ready,
    }
  },
  LineAccepted: (circle, draw) => ({ line: there(circle.agreement.lines, draw) }),
  LineDeclined: (circle, draw) => ({ line: there(circle.agreement.lines, draw) }),
  LinePutOff: (circle, draw) => ({ line: there(circle.agreement.lines, draw) }),
  LimitsHeard: (_circle, draw) => ({ how: pick(['read', 'heard'], draw) }),
  EncounterPlanned: (circle, draw) => ({
    ...appointment(draw),
    encounter: unused(circle.encounter.encounters, draw),
  }),
  EncounterChanged: (circle, draw) => ({
    ...appointment(draw),
    encounter: there(circle.encounter.encounters, draw),
  }),
  EncounterMet: (circle, draw) => ({ encounter: there(circle.encounter.encounters, draw) }),
  EncounterNotMet: (circle, draw) => ({ encounter: there(circle.encounter.encounters, draw) }),
  LookBackClosed: (circle, draw) => ({ encounter: latest(circle, draw) }),
  IntentionChosen: (circle, draw) => ({
    encounter: there(circle.encounter.encounters, draw),
    act: pick(['own', 'askFirst', 'sayWhy'], draw),
    words: words(draw),
  }),
  AgendaItemAdded: (circle, draw) => ({
    item: unused(circle.encounter.agenda, draw),
    text: words(draw),
    opening: chance(draw, 4),
  }),
  AgendaItemChanged: (circle, draw) => ({ item: there(circle.encounter.agenda, draw), text: words(draw) }),
  AgendaItemTalked: (circle, draw) => ({
    item: there(circle.encounter.agenda, draw),
    encounter: there(circle.encounter.encounters, draw),
  }),
  AgendaItemParked: (circle, draw) => ({ item: there(circle.encounter.agenda, draw) }),
  AgendaItemBack: (circle, draw) => ({ item: there(circle.encounter.agenda, draw) }),
  AgendaItemTakenOff: (circle, draw) => ({ item: there(circle.encounter.agenda, draw) }),
  BlockOffered: (circle, draw) => {
    const replaces = chance(draw, 2) ? there(circle.note.blocks, draw) : null
    const old = replaces === null || chance(draw, 8) ? undefined : circle.note.blocks[replaces]
    const text = someWords(draw)
    return {
      encounter: old === undefined ? perhaps(there(circle.encounter.encounters, draw), draw) : old.encounter,
      block: unused(circle.note.blocks, draw),
      kind:
        old?.kind === 'ownWords' ? pick(['ownWords', 'shared'], draw) : pick(['shared', 'ownWords', 'noticed'], draw),
      text,
      language: 'en',
      spans: spansOf(circle, text, draw),
      replaces,
      readBy: perhaps(someWords(draw), draw),
    }
  },
  BlockAgreed: (circle, draw) => ({ block: there(circle.note.blocks, draw) }),
  BlockTakenBack: (circle, draw) => ({ block: there(circle.note.blocks, draw) }),
  BlockSigned: (circle, draw) => ({ block: there(circle.note.blocks, draw) }),
  BlockDiffers: (circle, draw) => ({ block: there(circle.note.blocks, draw), words: someWords(draw) }),
  BlockStruck: (circle, draw) => ({ block: there(circle.note.blocks, draw) }),
  ChoiceOpened: (circle, draw) => ({
    choice: unused(circle.ways.choices, draw),
    encounter: perhaps(there(circle.encounter.encounters, draw), draw),
    question: someWords(draw),
    whose: someOf(circle, draw, 4),
    byWhen: pick(DAYS, draw),
    ifNot: words(draw),
  }),
  WayAdded: (circle, draw) => {
    const { choice } = wayOf(circle, draw)
    return { choice, way: fresh(draw), text: someWords(draw), notNow: chance(draw, 2) }
  },
  WayWeighed: (circle, draw) => ({
    ...wayOf(circle, draw),
    good: words(draw),
    hard: words(draw),
    unknown: chance(draw, 2) ? words(draw) : '',
  }),
  WayTakenOff: (circle, draw) => wayOf(circle, draw),
  ChoiceMade: (circle, draw) => ({ ...wayOf(circle, draw), undo: words(draw), lookAgain: pick(DAYS, draw) }),
  ChoiceUndone: (circle, draw) => ({ choice: there(circle.ways.choices, draw), why: words(draw) }),
  ChoiceLookedAgain: (circle, draw) => ({
    choice: there(circle.ways.choices, draw),
    words: words(draw),
    lookAgain: pick(DAYS, draw),
  }),
  PromiseMade: (circle, draw) => ({
    promise: unused(circle.commitment.promises, draw),
    text: someWords(draw),
    due: pick(DAYS, draw),
    encounter: perhaps(there(circle.encounter.encounters, draw), draw),
  }),
  PromiseKept: (circle, draw) => ({ promise: there(circle.commitment.promises, draw) }),
  PromiseChanged: (circle, draw) => ({
    promise: there(circle.commitment.promises, draw),
    text: someWords(draw),
    due: pick(DAYS, draw),
    why: words(draw),
  }),
  PromiseOwned: (circle, draw) => ({
    promise: there(circle.commitment.promises, draw),
    words: someWords(draw),
    due: pick(DAYS, draw),
  }),
  PromiseSeenDifferently: (circle, draw) => ({
    promise: there(circle.commitment.promises, draw),
    words: someWords(draw),
  }),
  PromiseLetGo: (circle, draw) => ({ promise: there(circle.commitment.promises, draw), why: words(draw) }),
  CheckInSealed: (circle, draw) => ({
    encounter: latest(circle, draw),
    item: bytes(draw, 4096),
    commitment: hex(draw, 32),
    wrap: bytes(draw, 80),
  }),
  CheckInLaterView: (circle, draw) => ({
    encounter: chance(draw, 4) ? latest(circle, draw) : there(circle.checkIn.sealed, draw),
    answers: {
      oneStep: chance(draw, 2) ? null : pick(['own', 'slowDown', 'nothing'], draw),
      oneStepWords: chance(draw, 3) ? words(draw) : '',
      items: {
        worth: chance(draw, 4) ? draw(5) : null,
        voice: null,
        open: null,
        choice: null,
        free: chance(draw, 6) ? draw(5) : null,
      },
      nothingToChoose: chance(draw, 6),
      line: chance(draw, 3) ? words(draw) : '',
      power: '',
    },
  }),
  CheckInShown: (circle, draw) => {
    const what = pick(['answers', 'topics'] as const, draw)
    const oneStep = chance(draw, 3) ? null : pick(['own', 'slowDown', 'slowDown', 'dontKnow', 'nothing'] as const, draw)
    return {
      encounter: chance(draw, 4) ? latest(circle, draw) : there(circle.checkIn.sealed, draw),
      what,
      key: (what === 'answers') !== chance(draw, 12) ? hex(draw, 32) : null,
      topics: (what === 'topics') !== chance(draw, 12) ? pick(TOPICS, draw) : [],
      oneStep,
      oneStepWords: (oneStep === 'own') !== chance(draw, 10) ? pick(['so', 'other', ' '], draw) : '',
    }
  },
  ChangeAnswered: (circle, draw) => {
    const encounter = there(circle.checkIn.shown, draw)
    return {
      encounter,
      member: chance(draw, 6) ? someone(circle, draw) : there(circle.checkIn.shown[encounter] ?? {}, draw),
      what: pick(['willDo', 'cannot'], draw),
      words: someWords(draw),
    }
  },
  TriggerSet: (_circle, draw) => ({ trigger: pick(['aboutFree', 'askedTwice'], draw), on: chance(draw, 2) }),
  TriggerSuggested: (_circle, draw) => ({
    trigger: pick(['aboutFree', 'askedTwice'], draw),
    on: chance(draw, 2),
    words: words(draw),
  }),
  Paused: () => ({}),
  Resumed: () => ({}),
  EndAsked: (_circle, draw) => ({ now: chance(draw, 8) }),
  EndTakenBack: () => ({}),
  GoodbyeSaid: (_circle, draw) => ({ words: someWords(draw) }),
  PrivateNoteKept: (circle, draw) => ({
    note: unused(circle.own.notes, draw),
    text: words(draw),
    about: perhaps(fresh(draw), draw),
  }),
  PrivateNoteChanged: (circle, draw) => ({ note: there(circle.own.notes, draw), text: words(draw) }),
  PrivateNoteStruck: (circle, draw) => ({ note: there(circle.own.notes, draw) }),
}

const appointment = (draw: Draw) => ({
  day: pick(DAYS, draw),
  time: pick([null, '09:00', '23:59'], draw),
  place: words(draw),
  way: pick(['visit', 'call', 'text'] as const, draw),
})

const latest = (circle: Circle, draw: Draw): Id =>
  circle.encounter.latestMet === null || chance(draw, 3)
    ? there(circle.encounter.encounters, draw)
    : circle.encounter.latestMet

/** Who wrote which part: mostly right, sometimes too long, empty, or cutting a character in two. */
function spansOf(circle: Circle, text: string, draw: Draw) {
  const first = someone(circle, draw)
  if (chance(draw, 2)) return [{ member: first, length: text.length }]
  const cut = draw(text.length + (chance(draw, 4) ? 3 : 1))
  return [
    { member: first, length: cut },
    { member: someone(circle, draw), length: chance(draw, 10) ? draw(9) : Math.max(0, text.length - cut) },
  ]
}

/** A way of a choice, mostly one that is there. */
function wayOf(circle: Circle, draw: Draw): { readonly choice: Id; readonly way: Id } {
  const choice = there(circle.ways.choices, draw)
  const ways = circle.ways.choices[choice]?.ways ?? []
  return { choice, way: ways.length === 0 || chance(draw, 12) ? fresh(draw) : pick(ways, draw).id }
}
