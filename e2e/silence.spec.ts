/**
 * Silence is safe in the browser too: the ways of not saying yes leave one and the same trace, and so do a check-in that was
 * kept private and one that was never opened. Everything that goes to and from the relay is recorded.
 */
import { expect, test } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { t, textFor } from '../apps/web/src/words/t.ts'
import { startRelayProcess } from '../story/relay-process.ts'
import type { Seat } from '../story/seat.ts'
import { speak } from '../story/words.ts'
import type { Actor } from './support/actor.ts'
import { arriveAt } from './support/paths.ts'
import { comeIn, newLink, practitioner, visitor } from './support/people.ts'
import { openRecorder, type Passed } from './support/recorder.ts'

test.beforeAll(() => speak('en'))

/** What an onlooker can tell of what passed: way, kind, size, and of requests the method, the shape of the address and of the headers. */
const outside = ({ way, kind, head, body }: Passed): string => {
  const shape = head.replaceAll(/[0-9a-f]{32}/g, 'ID').replaceAll(/[\w-]{60,}/g, (text) => `${text.length}`)
  return kind === 'socket'
    ? `${way} ${body.length}`
    : `${way} ${shape.split(' ').slice(0, 2).join(' ')} ${shape.length} ${body.length}`
}

test('not now, no, and someone else send one and the same message; closing the page sends none', async ({
  browser,
}) => {
  const relay = await startRelayProcess()
  const bea = await practitioner(relay)
  const traces = new Map<string, readonly string[]>()
  for (const way of ['notNow', 'no', 'someoneElse', 'close'] as const) {
    const recorder = await openRecorder(relay.url)
    const link = (await newLink(bea)).replace(relay.url, recorder.url)
    const { actor, context, watched } = await visitor(browser, { ...relay, url: recorder.url })
    await actor.page.goto(link)
    await actor.heading('Bea')
    const before = recorder.passed.length
    if (way !== 'close') {
      await actor.button(t('meet.decline', { answer: way }))
      await actor.heading(t('meet.thanks'))
    }
    await context.close()
    traces.set(
      way,
      recorder.passed
        .slice(before)
        .filter((one) => one.head.includes('/v1/'))
        .map(outside),
    )
    watched.clean()
    await recorder.close()
  }
  expect(traces.get('notNow')?.length).toBeGreaterThan(0)
  expect(traces.get('no')).toEqual(traces.get('notNow'))
  expect(traces.get('someoneElse')).toEqual(traces.get('notNow'))
  expect(traces.get('close')).toEqual([])
  await bea.api.lock()
  await relay.stop()
})

const newId = (): string => randomBytes(16).toString('hex')

async function meet(bea: Seat): Promise<string> {
  const encounter = newId()
  await bea.says(
    { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'visit' },
    { type: 'EncounterMet', encounter },
  )
  return encounter
}

/** Answers everything on the screens and keeps it. */
async function answerInPrivate(amal: Actor, encounter: string): Promise<void> {
  await arriveAt(amal.page, `/check-in/${encounter}`)
  await amal.heading(t('check-in.title'))
  await amal.pick(textFor('check-in.step.showScreen') ?? '')
  await amal.button(t('check-in.next'))
  for (const [n, item] of ['worth', 'voice', 'open', 'choice', 'free'].entries()) {
    await amal.heading(t('check-in.itemTitle', { n: n + 1, name: textFor(`check-in.item.${item}`) ?? '' }))
    await amal.pick(textFor(`check-in.answer.${item}.1`) ?? textFor('check-in.answer.1') ?? '')
    await amal.button(t('check-in.next'))
  }
  await amal.heading(t('check-in.powerTitle'))
  await amal.button(t('check-in.skip'))
  await amal.heading(t('check-in.checkTitle'))
  await amal.pick(t('check-in.who.me'))
  await amal.button(t('check-in.keep'))
  await amal.sees(t('check-in.keptTitle'))
}

test('a check-in kept private and one never opened leave the same trace', async ({ browser }) => {
  const relay = await startRelayProcess()
  const recorder = await openRecorder(relay.url)
  const bea = await practitioner(relay)
  const { actor: amal, context, watched } = await visitor(browser, { ...relay, url: recorder.url })
  await comeIn(amal, (await newLink(bea)).replace(relay.url, recorder.url))
  expect(await bea.until((seat) => seat.circle.phase === 'open' && seat.circle.safety[seat.other] !== null)).toBe(true)
  await amal.link('Alongside')
  const traces: (readonly string[])[] = []
  let encounter = await meet(bea)
  // the first window still hears of the coming in, and is not compared
  for (const answers of [false, false, true, false, true]) {
    const before = recorder.passed.length
    await arriveAt(amal.page, '/')
    if (answers) await answerInPrivate(amal, encounter)
    expect(recorder.passed.slice(before).filter((one) => one.kind === 'socket' && one.way === 'to relay')).toEqual([])
    const over = encounter
    encounter = await meet(bea)
    const isThere = (seat: Seat): boolean => seat.circle.state.checkIn.sealed[over]?.[seat.other] !== undefined
    expect(await bea.until((seat) => isThere(seat) && seat.circle.sync.waiting === 0)).toBe(true)
    const trace = () => recorder.passed.slice(before).filter((one) => one.kind === 'socket')
    // Bea may have the item before Amal has heard that it arrived
    await expect.poll(() => trace().at(-1)?.way).toBe('from relay')
    traces.push(trace().map(outside))
  }
  const [silent = [], ...others] = traces.slice(1)
  expect(silent.length).toBeGreaterThan(1)
  for (const other of others) expect(other).toEqual(silent)
  watched.clean()
  await context.close()
  await bea.api.lock()
  await recorder.close()
  await relay.stop()
})
