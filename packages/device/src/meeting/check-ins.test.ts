import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { noAnswers, type CheckInAnswers } from '@alongside/practice/check-in/answers.ts'
import { sealedItem, sharedAnswer } from '@alongside/practice/check-in/state.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { someId } from '../testing/pair.ts'
import { circleOf, close, inStep, metBy, restart, type Meeting, type Seat } from '../testing/meet.ts'
import { until } from '../testing/world.ts'

let relay: TestRelay
let meeting: Meeting

beforeEach(async () => {
  relay = await startTestRelay()
  meeting = await metBy(relay)
})
afterEach(async () => {
  await close(meeting)
  await relay.remove()
})

const FIRST = someId(101)
const NEXT = someId(102)
const marks: CheckInAnswers = {
  ...noAnswers,
  oneStep: 'slowDown',
  items: { worth: 3, voice: 1, open: 4, choice: null, free: 2 },
  line: 'It was loud.',
}

/** Somebody marks a meeting met, planned in the same breath. */
async function meet(who: Seat, encounter = FIRST): Promise<void> {
  const planned = { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'visit' } as const
  must(await who.api.act(circleOf(who).id, [planned, { type: 'EncounterMet', encounter }]))
  await inStep(meeting)
}

const seal = async (who: Seat, answers: CheckInAnswers, encounter = FIRST) =>
  who.api.sealCheckIn(circleOf(who).id, encounter, answers)
const itemOf = (who: Seat, of: Seat, encounter = FIRST) => sealedItem(circleOf(who).state, encounter, circleOf(of).me)
const openedBy = (who: Seat, of: Seat, encounter = FIRST) =>
  circleOf(who).checkIns.find((one) => one.encounter === encounter && one.member === circleOf(of).me) ?? null

describe('check-ins', () => {
  it('the practitioner’s item goes at once, and opens to the person only when the person has sealed', async () => {
    const { amal, bea, time } = meeting
    await meet(bea)
    must(await seal(bea, marks))
    await inStep(meeting)
    expect(itemOf(amal, bea)).not.toBeNull()
    expect(openedBy(amal, bea)).toBeNull()
    must(await seal(amal, noAnswers))
    await until(time, 'it opens', () => openedBy(amal, bea) !== null)
    expect(openedBy(amal, bea)).toMatchObject({ answers: marks, shown: 'private' })
    expect(openedBy(bea, bea)?.answers).toEqual(marks)
  })

  it('at the window’s end the practitioner’s answers open to a person who did not answer', async () => {
    const { amal, bea, time } = meeting
    await meet(bea)
    must(await seal(bea, marks))
    must(await bea.api.act(circleOf(bea).id, [{ type: 'LookBackClosed', encounter: FIRST }]))
    await until(time, 'it opens', () => openedBy(amal, bea) !== null)
  })

  it('the person’s private answer and no answer leave the device at the same moment, and look the same', async () => {
    const sent: number[][] = []
    for (const answers of [marks, null]) {
      const { amal, bea } = meeting
      await meet(bea)
      const before = circleOf(amal).sync.head
      if (answers !== null) must(await seal(amal, answers))
      await inStep(meeting)
      expect(itemOf(amal, amal)).toBeNull()
      expect(circleOf(bea).sync.head).toBe(before)
      await meet(bea, NEXT)
      await until(meeting.time, 'the item is there', () => itemOf(bea, amal) !== null)
      await inStep(meeting)
      expect(sharedAnswer(circleOf(bea).state, FIRST, circleOf(amal).me)).toEqual({ type: 'none' })
      expect(openedBy(bea, amal)).toBeNull()
      sent.push([itemOf(bea, amal)?.item.length ?? 0, (itemOf(bea, amal)?.seq ?? 0) - before])
      await close(meeting)
      await relay.remove()
      relay = await startTestRelay()
      meeting = await metBy(relay)
    }
    expect(sent[0]).toEqual(sent[1])
  })

  it('the person’s device does the same work for a private answer as for none when the window ends', async () => {
    const work: number[] = []
    for (const answers of [marks, null]) {
      const { amal, bea } = meeting
      await meet(bea)
      if (answers !== null) must(await seal(amal, answers))
      await inStep(meeting)
      let writes = 0
      const { store } = amal.world
      const write = store.write.bind(store)
      Object.assign(store, {
        write: (batch: Parameters<typeof write>[0]) => {
          writes++
          return write(batch)
        },
      })
      await meet(bea, NEXT)
      await until(meeting.time, 'the item is there', () => itemOf(bea, amal) !== null)
      await inStep(meeting)
      work.push(writes)
      await close(meeting)
      await relay.remove()
      relay = await startTestRelay()
      meeting = await metBy(relay)
    }
    expect(work[0]).toBe(work[1])
  })

  it('a person who was away when the window ended sends the same item at the next unlock', async () => {
    await meet(meeting.bea)
    must(await seal(meeting.amal, marks))
    await meeting.amal.api.lock()
    const planned = {
      type: 'EncounterPlanned',
      encounter: NEXT,
      day: null,
      time: null,
      place: '',
      way: 'call',
    } as const
    must(await meeting.bea.api.act(circleOf(meeting.bea).id, [planned, { type: 'EncounterMet', encounter: NEXT }]))
    meeting.amal = await restart(meeting.amal, meeting.time, relay)
    await until(meeting.time, 'the item is there', () => itemOf(meeting.bea, meeting.amal) !== null)
    expect(openedBy(meeting.amal, meeting.amal)?.answers).toEqual(marks)
  })

  it('a close by the practitioner ends nothing for the person, who may still answer and show', async () => {
    const { amal, bea, time } = meeting
    await meet(bea)
    must(await bea.api.act(circleOf(bea).id, [{ type: 'LookBackClosed', encounter: FIRST }]))
    await inStep(meeting)
    expect(itemOf(amal, amal)).toBeNull()
    must(await seal(amal, marks))
    must(await amal.api.showCheckIn(circleOf(amal).id, FIRST, 'answers'))
    await until(time, 'Bea sees it', () => openedBy(bea, amal)?.answers.line === 'It was loud.')
    expect(openedBy(bea, amal)?.shown).toBe('answers')
  })

  it('topics show what there is to talk about and no mark', async () => {
    const { amal, bea, time } = meeting
    await meet(bea)
    must(await seal(bea, marks))
    must(await seal(amal, marks))
    must(await amal.api.showCheckIn(circleOf(amal).id, FIRST, 'topics', ['voice']))
    const shared = () => sharedAnswer(circleOf(bea).state, FIRST, circleOf(amal).me)
    await until(time, 'Bea sees it', () => shared().type !== 'none')
    expect(shared()).toMatchObject({ type: 'topics', topics: ['voice'], step: 'slowDown' })
    expect(openedBy(bea, amal)).toBeNull()
    expect(openedBy(amal, amal)?.shown).toBe('topics')
  })

  it('nobody seals twice, and what was sealed before a restart is still the same', async () => {
    await meet(meeting.bea)
    must(await seal(meeting.amal, marks))
    expect(await seal(meeting.amal, noAnswers)).toMatchObject({ error: { type: 'RuleRefused', rule: 'CHK-3' } })
    meeting.amal = await restart(meeting.amal, meeting.time, relay)
    expect(await seal(meeting.amal, noAnswers)).toMatchObject({ error: { type: 'RuleRefused', rule: 'CHK-3' } })
    expect(openedBy(meeting.amal, meeting.amal)?.answers).toEqual(marks)
  })

  it('offers to talk are made on the device of the one they are for', async () => {
    const { amal, bea, time } = meeting
    await meet(bea)
    must(await seal(bea, { ...marks, items: { ...marks.items, voice: 4 } }))
    must(await seal(amal, marks))
    expect(circleOf(amal).offers).toEqual([])
    must(await amal.api.showCheckIn(circleOf(amal).id, FIRST, 'answers'))
    await until(time, 'offers', () => circleOf(amal).offers.length > 0 && circleOf(bea).offers.length > 0)
    expect(circleOf(amal).offers.map(({ trigger }) => trigger)).toContain('aboutAnItem')
    expect(circleOf(bea).offers.map(({ to }) => to)).not.toContain('person')
    expect(circleOf(bea).offers.map(({ trigger }) => trigger)).toContain('seenDifferently')
  })
})
