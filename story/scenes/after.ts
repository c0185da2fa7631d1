/** After the meeting: the sealed check-in, promises owned and kept, and what Today shows. */
import { noAnswers, type CheckInAnswers } from '@alongside/practice/check-in/answers.ts'
import { askedToOwn, promisesOf, standing } from '@alongside/practice/commitment/state.ts'
import { lastEncounter, nextEncounter } from '@alongside/practice/encounter/state.ts'
import { get } from '../seat.ts'
import { dayFromNow, inStep, newId, type Stage } from '../stage.ts'

const marks = (worth: number, voice: number, open: number, choice: number, free: number) => ({
  worth,
  voice,
  open,
  choice,
  free,
})

export async function checkIn(stage: Stage, encounter: string): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('Each says in private how it was; Amal decides what is shown')
  telling.words('the form was on your screen only')
  const beas: CheckInAnswers = { ...noAnswers, items: marks(4, 4, 4, 4, 4) }
  const amals: CheckInAnswers = {
    ...noAnswers,
    oneStep: 'showScreen',
    items: marks(3, 2, 2, 3, 3),
    power: 'the form was on your screen only',
  }
  get(await bea.api.sealCheckIn(bea.circle.id, encounter, beas))
  await amal.until((seat) => seat.circle.state.checkIn.sealed !== undefined && seat.circle.sync.waiting === 0)
  telling.expect(
    'before Amal has answered, Bea’s answer is closed to Amal',
    !amal.circle.checkIns.some((one) => one.member === amal.other),
  )
  get(await amal.api.sealCheckIn(amal.circle.id, encounter, amals))
  telling.expect(
    'once both are sealed, Bea’s answer opens to Amal',
    await amal.until((seat) => seat.circle.checkIns.some((one) => one.member === seat.other)),
  )
  telling.expect('Amal’s stays closed to Bea', !bea.circle.checkIns.some((one) => one.member === bea.other))
  telling.sees('Bea', 'no shared answer')
  telling.relayHolds()
  get(await amal.api.showCheckIn(amal.circle.id, encounter, 'answers'))
  telling.expect(
    'Amal chooses to show it, and Bea sees it',
    await bea.until((seat) =>
      seat.circle.checkIns.some((one) => one.member === seat.other && one.answers.items.voice === 2),
    ),
  )
  telling.expect(
    'a gap of two on “voice” offers a talk to both',
    (await bea.until((seat) => seat.circle.offers.some((offer) => offer.trigger === 'seenDifferently'))) &&
      amal.circle.offers.some((offer) => offer.trigger === 'seenDifferently'),
  )
  telling.sees('both', 'two threads with the gap: voice 4 and 2, open 4 and 2')
  await bea.says({
    type: 'ChangeAnswered',
    encounter,
    member: bea.other,
    what: 'willDo',
    words: 'I will turn the screen to you.',
  })
  telling.words('I will turn the screen to you')
  telling.expect(
    'the change asked for has a dated reply',
    await amal.until(
      (seat) => Object.keys(seat.circle.state.checkIn).length > 0 && seat.circle.sync.head === bea.circle.sync.head,
    ),
  )
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
}

export async function promises(stage: Stage): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('A missed promise is owned before anybody has to chase')
  const today = dayFromNow(0)
  const asked = askedToOwn(bea.circle.state, bea.me, today)
  telling.sees('Bea', `“You said: ${asked[0]?.text ?? ''}. That day has passed. Say so first?”`)
  telling.expect('Bea is asked to own the missed promise', asked.length === 1)
  const missed = asked[0]
  if (missed !== undefined)
    await bea.says({ type: 'PromiseOwned', promise: missed.id, words: 'I forgot. I am sorry.', due: dayFromNow(2) })
  telling.words('I forgot. I am sorry')
  telling.expect(
    'Amal sees it as owned',
    await amal.until((seat) =>
      promisesOf(seat.circle.state, seat.other).some((one) => standing(one, today) === 'owned'),
    ),
  )
  const own = promisesOf(amal.circle.state, amal.me)[0]
  if (own !== undefined) await amal.says({ type: 'PromiseKept', promise: own.id })
  telling.expect(
    'and Bea sees Amal’s as kept',
    await bea.until((seat) => promisesOf(seat.circle.state, seat.other).some((one) => standing(one, today) === 'kept')),
  )
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
}

export async function today(stage: Stage): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('Today: the next meeting and the last, not a list of files')
  await bea.says({
    type: 'EncounterPlanned',
    encounter: newId(),
    day: dayFromNow(7),
    time: '10:00',
    place: '',
    way: 'visit',
  })
  telling.expect(
    'the next meeting is there on both',
    await amal.until((seat) => nextEncounter(seat.circle.state)?.day === dayFromNow(7)),
  )
  telling.sees(
    'Amal',
    `next: ${nextEncounter(amal.circle.state)?.day ?? ''} · last: ${lastEncounter(amal.circle.state)?.day ?? ''}`,
  )
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
}
