/** In the meeting: the same agenda, a note written together, ways forward, promises both ways. */
import { choiceOf } from '@alongside/practice/ways/state.ts'
import { promisesOf } from '@alongside/practice/commitment/state.ts'
import { encounterOf, openAgenda } from '@alongside/practice/encounter/state.ts'
import { blockOf, wordOf } from '@alongside/practice/note/state.ts'
import { Desk } from '../desk.ts'
import { dayFromNow, inStep, newId, type Stage } from '../stage.ts'

export async function meet(stage: Stage, encounter: string): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('They meet')
  await bea.says({ type: 'EncounterMet', encounter })
  telling.expect(
    'the meeting is marked met on both',
    await amal.until((seat) => encounterOf(seat.circle.state, encounter)?.status === 'met'),
  )
  const first = openAgenda(amal.circle.state)[0]
  if (first !== undefined) await amal.says({ type: 'AgendaItemTalked', item: first.id, encounter })
  telling.expect(
    'what nobody got to stays on the agenda by itself',
    await bea.until((seat) => openAgenda(seat.circle.state).length === 1),
  )
  telling.sees('both', `still to talk about, next time: ${openAgenda(bea.circle.state)[0]?.text ?? ''}`)
  telling.relayHolds()
}

export async function note(stage: Stage, encounter: string): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('A note written together; a line is taken out before it is kept')
  const kept = 'The lock is broken since Sunday.'
  const taken = 'My cousin stays here without papers.'
  telling.words(kept, taken, 'I was scared to open the door')
  const [left, right] = [await new Desk(bea, encounter).sit(), await new Desk(amal, encounter).sit()]
  const block = await left.newBlock('shared')
  telling.expect('a block Bea opens is there for Amal', await amal.until(() => right.has(block)))
  left.write(block, 0, kept)
  telling.expect('what Bea types shows on Amal’s phone, live', await amal.until(() => right.read(block) === kept))
  right.write(block, kept.length, ` ${taken}`)
  telling.expect('and what Amal types on Bea’s', await bea.until(() => left.read(block) === `${kept} ${taken}`))
  telling.expect(
    'each sees that the other is here',
    (await amal.until(() => right.others === 1)) && (await bea.until(() => left.others === 1)),
  )
  right.takeOut(block, ` ${taken}`)
  telling.expect('Amal takes the line out, and it is gone on both', await bea.until(() => left.read(block) === kept))
  telling.sees('both', `“${left.read(block)}”`)
  await left.offer(block)
  telling.expect(
    '[NOTE-6] Bea wrote it and says yes: it is kept',
    await amal.until((seat) => blockOf(seat.circle.state, block)?.status === 'kept'),
  )
  const own = await right.newBlock('ownWords')
  right.write(own, 0, 'I was scared to open the door.')
  await right.offer(own)
  telling.expect(
    '[NOTE-4] “in my own words” is kept by its owner alone',
    await bea.until((seat) => blockOf(seat.circle.state, own)?.status === 'kept'),
  )
  await left.rise()
  await right.rise()
  telling.expect('the line taken out is in no file of the relay', telling.found([taken]).length === 0)
  const here = [...amal.disk.values(), ...bea.disk.values()].some((bytes) => Buffer.from(bytes).includes(taken))
  telling.expect('and on neither device’s disk', !here)
  await amal.says({ type: 'BlockDiffers', block, words: 'It was broken on Saturday.' })
  telling.words('It was broken on Saturday')
  telling.expect(
    'Amal records “I see it differently”, with as much room',
    await bea.until((seat) => {
      const one = blockOf(seat.circle.state, block)
      return one !== null && wordOf(one, amal.me) === 'differs'
    }),
  )
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
}

export async function waysAndPromises(stage: Stage, encounter: string): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('Ways forward, whose choice it is, and promises both ways')
  telling.words('write to the landlord', 'bring the letter', 'call legal aid')
  const [choice, letter, wait] = [newId(), newId(), newId()]
  await bea.says(
    {
      type: 'ChoiceOpened',
      choice,
      encounter,
      question: 'What do we do about the lock?',
      whose: [amal.me],
      byWhen: null,
      ifNot: 'The lock stays as it is.',
    },
    { type: 'WayAdded', choice, way: letter, text: 'write to the landlord', notNow: false },
  )
  await amal.until((seat) => choiceOf(seat.circle.state, choice) !== null)
  telling.expect(
    '[WAY] with one way only, nothing can be chosen',
    (await amal.tries({ type: 'ChoiceMade', choice, way: letter, undo: '', lookAgain: null })) !== null,
  )
  await bea.says({ type: 'WayAdded', choice, way: wait, text: 'Not now', notNow: true })
  await bea.says({
    type: 'WayWeighed',
    choice,
    way: letter,
    good: 'He must answer.',
    hard: 'He may be angry.',
    unknown: 'How long it takes.',
  })
  await amal.until((seat) => Object.keys(choiceOf(seat.circle.state, choice)?.ways ?? {}).length === 2)
  telling.expect(
    'it is Amal’s choice: Bea cannot make it',
    (await bea.tries({ type: 'ChoiceMade', choice, way: letter, undo: '', lookAgain: null })) !== null,
  )
  await amal.says({
    type: 'ChoiceMade',
    choice,
    way: letter,
    undo: 'We tell him we have changed our mind.',
    lookAgain: dayFromNow(14),
  })
  await bea.says({ type: 'PromiseMade', promise: newId(), text: 'call legal aid', due: dayFromNow(-1), encounter })
  await amal.says({ type: 'PromiseMade', promise: newId(), text: 'bring the letter', due: null, encounter })
  telling.expect(
    'both see the same promises, in the same shape',
    (await amal.until((seat) => promisesOf(seat.circle.state, seat.other).length === 1)) &&
      (await bea.until((seat) => promisesOf(seat.circle.state, seat.other).length === 1)),
  )
  telling.sees('both', `Bea: call legal aid · Amal: bring the letter`)
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
}
