/**
 * Histories that fill a circle up to each of its bounds and one further, where generated ones never get: members,
 * devices, agenda lines, ways, moves, views, replies, and the three thousand of GEN-11.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { PracticeEvent } from '../../src/define.ts'
import { idOf, keysOf, rekey } from '../story.ts'
import type { Entry } from './world.ts'

/** An entry list that grows: who says what, each having seen all before it. */
class Telling {
  readonly entries: Entry[] = []

  says(who: string, event: PracticeEvent, whose = 'nobody', device = 'phone'): this {
    const seq = this.entries.length + 1
    const derived = { circle: idOf('circle'), member: idOf(whose), device: idOf(`${whose} ${device}`) }
    const by = {
      member: idOf(who),
      device: idOf(`${who} phone`),
      seq,
      seenSeq: seq - 1,
      at: seq,
      entry: idOf(`e${seq}`),
    }
    this.entries.push({ event, by: { ...by, derived } })
    return this
  }

  comes(name: string, proposer = 'Amal'): this {
    return this.says(proposer, proposalOf(name), name).says(name, ACCEPTANCE)
  }
}

const NONCE = '5a'.repeat(32)
const ACCEPTANCE: PracticeEvent = { type: 'MemberAccepted', nonce: NONCE, proof: NONCE + NONCE }

const proposalOf = (name: string): PracticeEvent => ({
  type: 'MemberProposed',
  role: 'practitioner',
  name: 'Bea',
  language: 'en',
  keys: keysOf(name),
  place: idOf('place'),
  commitment: NONCE,
  nonce: NONCE,
})

const founding = (kind: 'alongside' | 'own'): PracticeEvent => ({
  type: 'Founded',
  kind,
  rules: 1,
  box: idOf('box'),
  commitment: NONCE,
  owner: null,
  name: 'Amal',
  language: 'en',
  keys: keysOf('Amal'),
})

/** Amal, Bea and Cam are here, and one meeting was met. */
function together(): Telling {
  return new Telling()
    .says('Amal', founding('alongside'), 'Amal')
    .comes('Bea')
    .says('Amal', rekey('admit', 0))
    .comes('Cam')
    .says('Amal', planned('meeting'))
    .says('Bea', { type: 'EncounterMet', encounter: idOf('meeting') })
}

const planned = (name: string): PracticeEvent => ({
  type: 'EncounterPlanned',
  encounter: idOf(name),
  day: null,
  time: null,
  place: '',
  way: 'call',
})

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
/** Some hundred names with different ids. */
const nameOf = (kind: string, at: number): Id => idOf(`${at} ${kind}`)

function members(): Telling {
  const told = together()
  for (const at of numbers(24)) told.says('Bea', proposalOf(`${at} first`), `${at} first`)
  for (const at of numbers(28)) told.says('Amal', proposalOf(`${at} then`), `${at} then`)
  return told
}

function devices(): Telling {
  const told = together()
  for (const at of numbers(9)) {
    told.says('Bea', { type: 'DeviceAdded', keys: keysOf('Bea'), use: 'everyday' }, 'Bea', `phone ${at}`)
    told.says('Amal', { type: 'DeviceAdded', keys: keysOf('Amal'), use: 'wayBack' }, 'Amal', `phone ${at}`)
  }
  return told
}

function agenda(): Telling {
  const told = together()
  const add = (who: string, at: number) =>
    told.says(who, { type: 'AgendaItemAdded', item: nameOf(who, at), text: 'line', opening: false })
  const talk = (who: string, at: number) =>
    told.says(who, { type: 'AgendaItemTalked', item: nameOf(who, at), encounter: idOf('meeting') })
  const back = (who: string, at: number) => told.says(who, { type: 'AgendaItemBack', item: nameOf(who, at) })
  for (const at of numbers(102)) add('Bea', at)
  talk('Bea', 0)
  add('Cam', 0)
  back('Bea', 0)
  told.says('Amal', { type: 'AgendaItemParked', item: nameOf('Bea', 1) })
  for (const at of numbers(102)) add('Amal', at)
  talk('Amal', 0)
  add('Amal', 101)
  back('Amal', 0)
  back('Bea', 1)
  return told
}

function ways(): Telling {
  const choice = idOf('choice')
  const told = together().says('Bea', opening(choice))
  const add = (who: string, at: number) =>
    told.says(who, { type: 'WayAdded', choice, way: nameOf(who, at), text: 'way', notNow: at % 2 === 0 })
  for (const at of numbers(11)) add('Bea', at)
  told.says('Bea', { type: 'WayTakenOff', choice, way: nameOf('Bea', 0) })
  add('Cam', 0)
  for (const at of numbers(12)) add('Amal', at)
  told.says('Amal', { type: 'ChoiceMade', choice, way: nameOf('Amal', 1), undo: '', lookAgain: null })
  for (const at of numbers(22))
    told.says('Amal', { type: 'ChoiceLookedAgain', choice, words: `look ${at}`, lookAgain: null })
  return told.says('Amal', { type: 'ChoiceUndone', choice, why: '' })
}

const opening = (choice: Id): PracticeEvent => ({
  type: 'ChoiceOpened',
  choice,
  encounter: null,
  question: 'question',
  whose: [idOf('Amal')],
  byWhen: null,
  ifNot: '',
})

function promises(): Telling {
  const promise = idOf('promise')
  const told = together().says('Bea', { type: 'PromiseMade', promise, text: 'promise', due: null, encounter: null })
  for (const at of numbers(100))
    told.says('Bea', { type: 'PromiseChanged', promise, text: `promise ${at}`, due: null, why: '' })
  return told.says('Bea', { type: 'PromiseKept', promise })
}

const SEALED = {
  type: 'CheckInSealed',
  item: new Uint8Array(4096),
  commitment: NONCE,
  wrap: new Uint8Array(80),
} as const

const VIEW = {
  oneStep: null,
  oneStepWords: '',
  items: { worth: 1, voice: null, open: null, choice: null, free: null },
  nothingToChoose: false,
  line: '',
  power: '',
} as const

function views(): Telling {
  const told = together()
  const encounter = idOf('meeting')
  for (const who of ['Amal', 'Bea', 'Cam']) told.says(who, { ...SEALED, encounter })
  told.says('Amal', {
    type: 'CheckInShown',
    encounter,
    what: 'answers',
    key: NONCE,
    topics: [],
    oneStep: 'slowDown',
    oneStepWords: '',
  })
  for (const at of numbers(6)) {
    told.says('Amal', { type: 'CheckInLaterView', encounter, answers: { ...VIEW, line: `view ${at}` } })
    const reply = { type: 'ChangeAnswered', encounter, member: idOf('Amal'), what: 'willDo', words: `${at}` } as const
    told.says('Bea', reply).says('Cam', reply)
  }
  return told
}

/** What generated histories seldom say: the same thing again, and things without words. */
function seldom(): Telling {
  const told = together()
  const promise = {
    type: 'PromiseMade',
    promise: idOf('promise'),
    text: 'promise',
    due: null,
    encounter: null,
  } as const
  told.says('Amal', promise).says('Bea', promise)
  told.says('Bea', opening(idOf('choice'))).says('Amal', opening(idOf('choice')))
  told.says('Amal', planned('next')).says('Bea', planned('next'))
  told.says('Bea', { type: 'IntentionChosen', encounter: idOf('next'), act: 'own', words: ' \u200b' })
  return told.says('Amal', { type: 'MemberLeft' })
}

/** Somebody goes in the middle of everything, and what others did with them goes on or ends. */
function goings(): Telling {
  const told = together()
  const [choice, shared, old, line] = ['choice', 'shared', 'old', 'line'].map(idOf) as [Id, Id, Id, Id]
  const [amal, bea, cam] = ['Amal', 'Bea', 'Cam'].map(idOf) as [Id, Id, Id]
  const pick = (way: string) => ({ type: 'ChoiceMade', choice, way: idOf(way), undo: '', lookAgain: null }) as const
  const block = (id: Id, spans: readonly Id[], replaces: Id | null): PracticeEvent => ({
    type: 'BlockOffered',
    encounter: null,
    block: id,
    kind: 'shared',
    text: 'ab'.repeat(spans.length),
    language: 'en',
    spans: spans.map((member) => ({ member, length: 2 })),
    replaces,
    readBy: null,
  })
  told.says('Bea', { ...opening(choice), whose: [amal, bea, cam] } as PracticeEvent)
  for (const way of ['go', 'stay'])
    told.says('Cam', { type: 'WayAdded', choice, way: idOf(way), text: way, notNow: way === 'stay' })
  told.says('Cam', pick('go')).says('Bea', pick('stay'))
  told.says('Bea', block(old, [bea, cam], null)).says('Cam', { type: 'BlockAgreed', block: old })
  told.says('Bea', block(shared, [amal, cam], null)).says('Amal', { type: 'BlockAgreed', block: shared })
  const proposed = (id: Id, asks: readonly Id[], replaces: Id | null) =>
    ({ ...ONE_MORE['lines']?.(0)[0], line: id, asks, replaces }) as PracticeEvent
  told.says('Amal', proposed(line, [cam, bea], null)).says('Cam', proposed(idOf('other'), [], null))
  told.says('Bea', { type: 'LineAccepted', line }).says('Cam', { type: 'LineAccepted', line })
  told.says('Cam', proposed(idOf('newer'), [], line))
  told.says('Bea', { ...SEALED, encounter: idOf('meeting') }).says('Amal', { ...SEALED, encounter: idOf('meeting') })
  told.says('Cam', { type: 'MemberLeft' }).says('Amal', rekey('leave', 1))
  told.says('Bea', { type: 'CheckInLaterView', encounter: idOf('meeting'), answers: VIEW })
  told.says('Cam', { type: 'BlockAgreed', block: shared })
  told.says('Bea', block(idOf('newer'), [bea], old)).says('Amal', { type: 'BlockStruck', block: old })
  told.says('Amal', pick('stay')).says('Amal', { type: 'WayTakenOff', choice, way: idOf('go') })
  told.says('Bea', { type: 'ChoiceUndone', choice, why: '' })
  told.says('Bea', pick('go')).says('Amal', { type: 'MemberRemoved', member: bea })
  return told.says('Amal', rekey('remove', 2)).says('Amal', pick('go'))
}

/** What has no place in a circle of one. */
function alone(): Telling {
  const told = new Telling().says('Amal', founding('own'), 'Amal')
  told.says('Amal', opening(idOf('choice'))).says('Amal', { type: 'LimitsHeard', how: 'read' })
  for (const kind of ['blocks', 'lines']) for (const event of ONE_MORE[kind]?.(1) ?? []) told.says('Amal', event)
  return told.says('Amal', proposalOf('Bea'), 'Bea')
}

/** One more of each kind that GEN-11 bounds. */
const ONE_MORE: { readonly [kind: string]: (at: number) => readonly PracticeEvent[] } = {
  lines: (at) => [
    {
      type: 'LineProposed',
      line: nameOf('line', at),
      section: 1,
      text: 'line',
      language: 'en',
      second: null,
      asks: [],
      refusable: true,
      why: '',
      review: null,
      replaces: null,
      ready: null,
    },
  ],
  meetings: (at) => [planned(`${at} planned`)],
  'agenda lines': (at) => [
    { type: 'AgendaItemAdded', item: nameOf('agenda', at), text: 'line', opening: false },
    { type: 'AgendaItemTakenOff', item: nameOf('agenda', at) },
  ],
  blocks: (at) => [
    {
      type: 'BlockOffered',
      encounter: null,
      block: nameOf('block', at),
      kind: 'shared',
      text: 'block',
      language: 'en',
      spans: [{ member: idOf('Bea'), length: 5 }],
      replaces: null,
      readBy: null,
    },
  ],
  choices: (at) => [opening(nameOf('choice', at))],
  promises: (at) => [
    { type: 'PromiseMade', promise: nameOf('promise', at), text: 'promise', due: null, encounter: null },
  ],
}

function full(kind: string): Telling {
  const told = together()
  const more = (who: string, at: number) => {
    for (const event of ONE_MORE[kind]?.(at) ?? []) told.says(who, event)
  }
  for (const at of numbers(3001)) more('Bea', at)
  more('Amal', 3001)
  more('Cam', 3002)
  return told
}

/** Every history up to a bound and beyond, by what it fills. */
export const crowds: ReadonlyMap<string, () => readonly Entry[]> = new Map(
  [
    ['members', members] as const,
    ['devices', devices] as const,
    ['the agenda', agenda] as const,
    ['ways', ways] as const,
    ['moves of a promise', promises] as const,
    ['views and replies', views] as const,
    ['what is seldom said', seldom] as const,
    ['a circle of one', alone] as const,
    ['somebody goes', goings] as const,
    ...Object.keys(ONE_MORE).map((kind) => [`three thousand ${kind}`, () => full(kind)] as const),
  ].map(([name, tell]) => [name, () => tell().entries]),
)
