/** They met: a note that one saw differently, a choice, promises. And after: how it was, and when they meet again. */
import { noAnswers } from '@alongside/practice/check-in/answers.ts'
import { get } from './player.ts'
import { MET_DAYS_AGO, type Telling } from './telling.ts'

/** The meeting itself, as it was then; gives its id. */
export async function meet(telling: Telling): Promise<string> {
  const { amina, rosa, words, day, newId } = telling
  const encounter = newId()
  const [lock, form] = [newId(), newId()]
  await rosa.says(
    { type: 'EncounterPlanned', encounter, day: day(-MET_DAYS_AGO), time: '10:00', place: words.library, way: 'visit' },
    { type: 'AgendaItemAdded', item: form, text: words.formItem, opening: false },
    { type: 'IntentionChosen', encounter, act: 'shareScreen', words: '' },
  )
  await amina.until(({ state }) => state.encounter.encounters[encounter] !== undefined)
  await amina.says({ type: 'AgendaItemAdded', item: lock, text: words.lockItem, opening: false })
  await rosa.until(({ state }) => state.encounter.agenda[lock] !== undefined)
  await rosa.says({ type: 'EncounterMet', encounter }, { type: 'AgendaItemTalked', item: lock, encounter })
  await amina.until(({ state }) => state.encounter.latestMet === encounter)
  await write(telling, encounter)
  await chooseAndPromise(telling, encounter)
  return encounter
}

async function write({ amina, rosa, words, language, newId }: Telling, encounter: string): Promise<void> {
  const block = (by: string, kind: 'shared' | 'ownWords', text: string) =>
    ({
      type: 'BlockOffered',
      encounter,
      block: newId(),
      kind,
      text,
      language,
      spans: [{ member: by, length: text.length }],
      replaces: null,
      readBy: null,
    }) as const
  const shared = block(rosa.me, 'shared', words.note)
  await rosa.says(shared)
  await amina.until(({ state }) => state.note.blocks[shared.block] !== undefined)
  await amina.says({ type: 'BlockDiffers', block: shared.block, words: words.differs })
  await amina.says(block(amina.me, 'ownWords', words.ownWords))
}

async function chooseAndPromise({ amina, rosa, words, day, newId }: Telling, encounter: string): Promise<void> {
  const [choice, letter] = [newId(), newId()]
  await rosa.says(
    {
      type: 'ChoiceOpened',
      choice,
      encounter,
      question: words.question,
      whose: [amina.me],
      byWhen: day(8),
      ifNot: words.ifNot,
    },
    { type: 'WayAdded', choice, way: letter, text: words.letter, notNow: false },
    { type: 'WayAdded', choice, way: newId(), text: words.notNow, notNow: true },
    {
      type: 'WayWeighed',
      choice,
      way: letter,
      good: words.letterGood,
      hard: words.letterHard,
      unknown: words.letterUnknown,
    },
    { type: 'PromiseMade', promise: newId(), text: words.callAid, due: day(-1), encounter },
  )
  await amina.says({ type: 'PromiseMade', promise: newId(), text: words.bringLetter, due: day(1), encounter })
}

/** Both say how it was and show it; they plan to meet again tomorrow. */
export async function lookBack({ amina, rosa, words, day, newId }: Telling, encounter: string): Promise<void> {
  const circle = rosa.circle.id
  get(
    await rosa.api.sealCheckIn(circle, encounter, {
      ...noAnswers,
      items: { worth: 4, voice: 4, open: 3, choice: 3, free: 3 },
    }),
  )
  get(
    await amina.api.sealCheckIn(circle, encounter, {
      ...noAnswers,
      oneStep: 'showScreen',
      items: { worth: 3, voice: 2, open: 3, choice: 3, free: 2 },
      line: words.checkInLine,
      power: words.power,
    }),
  )
  for (const one of [rosa, amina]) get(await one.api.showCheckIn(circle, encounter, 'answers'))
  await rosa.until(({ checkIns, me }) => checkIns.some(({ member }) => member !== me))
  await rosa.says({ type: 'ChangeAnswered', encounter, member: amina.me, what: 'willDo', words: words.willDo })
  const next = newId()
  await rosa.says(
    { type: 'EncounterPlanned', encounter: next, day: day(1), time: '10:00', place: words.room, way: 'visit' },
    { type: 'AgendaItemAdded', item: newId(), text: words.cousinItem, opening: true },
  )
  await amina.until(({ state }) => state.encounter.encounters[next] !== undefined)
}
