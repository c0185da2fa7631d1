import { afterEach, beforeEach, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { noAnswers } from '@alongside/practice/check-in/answers.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { logArea, outArea } from '../circle/rows.ts'
import { draftArea } from '../live/draft-area.ts'
import { someId } from '../testing/pair.ts'
import { asAmal, bothIn, circleOf, close, inStep, invitedBy, openView, PASS, type Meeting } from '../testing/meet.ts'
import { until } from '../testing/world.ts'
import { checkInArea } from './check-ins.ts'

let relay: TestRelay
let meeting: Meeting

beforeEach(async () => {
  relay = await startTestRelay()
  meeting = await invitedBy(relay)
})
afterEach(async () => {
  await close(meeting)
  await relay.remove()
})

it('a practitioner who was removed holds no row of the record, of answers, of drafts, of half-typed words or of what was asked', async () => {
  const { amal, bea, time } = meeting
  const { visit } = must(await amal.api.readLink(meeting.link))
  must(await amal.api.ask(visit, 'Do you report to the school?'))
  await until(time, 'the question came', () => openView(bea).places[0]?.questions.length === 1)
  must(await amal.api.sayYes(visit, asAmal))
  await bothIn(meeting)
  const { id } = circleOf(bea)
  const encounter = someId(7)
  const planned = { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'visit' } as const
  must(await bea.api.act(id, [planned, { type: 'EncounterMet', encounter }]))
  must(await bea.api.sealCheckIn(id, encounter, { ...noAnswers, line: 'It was loud.' }))
  must(await bea.api.keepTyped({ [`${id}/ways.new/question`]: 'What about', 'own.new': 'my own' }))
  const sat = must(await bea.api.joinNote(id, encounter, () => undefined))
  must(await bea.api.addBlock(sat.session, 'shared'))
  await inStep(meeting)
  must(await amal.api.remove(circleOf(amal).id, circleOf(bea).me, PASS))
  await until(time, 'Bea is out', () => circleOf(bea).phase === 'removedMe')
  const core = bea.api.device.core()
  const rowsIn = async (area: string) => must((await core?.store.list(area)) ?? { ok: false, error: 'locked' }).length
  const areas = [logArea(id), outArea(id), draftArea(id), checkInArea(id)]
  let rows = [1]
  await until(time, 'everything is let go of', () => {
    void Promise.all(areas.map(rowsIn)).then((counts) => (rows = counts))
    return rows.every((count) => count === 0) && openView(bea).places[0]?.state === 'closed'
  })
  expect(openView(bea).places).toMatchObject([{ questions: [], circle: null }])
  expect(must(await bea.api.typed())).toEqual({ 'own.new': 'my own' })
  expect(circleOf(bea).kept).toEqual([])
})
