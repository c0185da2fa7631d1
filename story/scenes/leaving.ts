/** The network goes, the device locks, a copy is taken, sharing stops, the circle ends. */
import { standingOf } from '@alongside/device/api.ts'
import { copiesThatStay } from '@alongside/practice/leaving/state.ts'
import { openAgenda } from '@alongside/practice/encounter/state.ts'
import { takeOutTexts } from '../../apps/web/src/practices/leaving/take-out-words.ts'
import { get } from '../seat.ts'
import { inStep, newId, type Stage } from '../stage.ts'
import { PASS } from './before.ts'

export async function offline(stage: Stage): Promise<void> {
  const { telling, amal, bea, relay } = stage
  telling.begin('The network goes away on both sides, and the relay dies; work goes on')
  telling.words('written on the train', 'written in the office')
  amal.network(false)
  bea.network(false)
  await amal.says({ type: 'AgendaItemAdded', item: newId(), text: 'written on the train', opening: false })
  await bea.says({ type: 'AgendaItemAdded', item: newId(), text: 'written in the office', opening: false })
  await amal.until((seat) => seat.circle.sync.waiting === 1)
  const line = openAgenda(amal.circle.state).find((one) => one.text === 'written on the train')
  telling.expect(
    'what Amal wrote shows as saved here',
    line !== undefined && standingOf(amal.circle.sync, line.seq, null) === 'savedHere',
  )
  telling.sees('Amal', `${amal.circle.sync.waiting} thing waits to be sent`)
  await relay.restart('SIGKILL')
  amal.network(true)
  bea.network(true)
  telling.expect(
    'when it is back, each line is there once on both devices',
    (await amal.until((seat) => lines(seat.circle.state) === 2)) &&
      (await bea.until((seat) => lines(seat.circle.state) === 2)),
  )
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()

  function lines(state: Parameters<typeof openAgenda>[0]): number {
    return openAgenda(state).filter((one) => one.text.startsWith('written ')).length
  }
}

export async function locked(stage: Stage): Promise<void> {
  const { telling, amal } = stage
  telling.begin('Locked: what is stored cannot be read')
  await amal.api.lock()
  telling.expect(
    'the screen shows a locked device and nothing else',
    await amal.until((seat) => seat.shown.type === 'locked'),
  )
  const disk = [...amal.disk.entries()].map(([key, value]) => Buffer.concat([Buffer.from(key), Buffer.from(value)]))
  const words = ['broken lock', 'Beatriz', 'Haddad', 'library', 'landlord']
  telling.expect(
    'none of the words is on the disk, in any encoding',
    words.every((word) =>
      disk.every((row) => !row.includes(Buffer.from(word)) && !row.includes(Buffer.from(word, 'utf16le'))),
    ),
  )
  const wrong = await amal.api.unlock('not the passphrase')
  telling.expect(
    'a wrong passphrase opens nothing and loses nothing',
    !wrong.ok && wrong.error.type === 'WrongPassphrase',
  )
  get(await amal.api.unlock(PASS.amal))
  telling.expect(
    'the right one brings everything back',
    await amal.until((seat) => openAgenda(seat.circle.state).length > 0),
  )
  telling.relayHolds()
}

export async function takeOut(stage: Stage): Promise<void> {
  const { telling, amal } = stage
  telling.begin('Amal takes a full copy')
  const copy = get(
    await amal.api.takeOut(amal.circle.id, { signatures: false, language: 'en', texts: await takeOutTexts() }),
  )
  telling.sees(
    'Amal',
    `one readable page (${copy.page.length} characters) and one file for machines (${copy.json.length})`,
  )
  telling.expect(
    'the page opens without our software and runs no script',
    copy.page.startsWith('<!doctype html>') && !/<script|https?:\/\//i.test(copy.page),
  )
  telling.expect(
    'it has the note, the agreement and the differing',
    ['The lock is broken since Sunday.', 'Thursdays', 'It was broken on Saturday.'].every((words) =>
      copy.page.includes(words),
    ),
  )
  telling.expect('what was taken out is not in it', !copy.page.includes('cousin') && !copy.json.includes('cousin'))
  const file: { format?: unknown; entries?: readonly unknown[] } = JSON.parse(copy.json)
  telling.expect(
    'the machine file is JSON of the published schema, with every entry',
    file.format === 'alongside-take-out' && file.entries?.length === amal.circle.sync.head,
  )
  telling.relayHolds()
}

export async function remove(stage: Stage): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('Amal stops sharing with Bea, offline, and it holds as soon as it reaches the relay')
  telling.words('after Bea has gone')
  amal.network(false)
  get(await amal.api.remove(amal.circle.id, amal.other, PASS.amal))
  telling.expect(
    'until then the screen says “stops when this reaches the relay”',
    await amal.until((seat) => seat.circle.stopping),
  )
  amal.network(true)
  telling.expect('it reaches the relay', await amal.until((seat) => !seat.circle.stopping))
  telling.expect(
    'Bea’s device sees that it ended for Bea',
    await bea.until((seat) => seat.circle.phase === 'removedMe'),
  )
  await amal.says({ type: 'AgendaItemAdded', item: newId(), text: 'after Bea has gone', opening: false })
  telling.expect(
    'Amal’s circle goes on without a practitioner',
    await amal.until(
      (seat) =>
        openAgenda(seat.circle.state).some((one) => one.text === 'after Bea has gone') &&
        seat.circle.sync.waiting === 0,
    ),
  )
  telling.expect('Bea learns nothing new', !JSON.stringify(bea.circle.state).includes('after Bea has gone'))
  telling.relayHolds()
}

export async function end(stage: Stage): Promise<void> {
  const { telling, amal } = stage
  telling.begin('Amal ends the circle now')
  const stays = copiesThatStay(amal.circle.state)
  telling.sees('Amal', `what stays: ${stays.map((one) => one.type).join(', ')}`)
  telling.expect(
    'every copy that stays is listed, Bea’s among them',
    stays.some((one) => one.type === 'device' && one.member === amal.other),
  )
  get(await amal.api.end(amal.circle.id, { now: true, passphrase: PASS.amal }))
  telling.expect('the circle has ended on Amal’s device', await amal.until((seat) => seat.circle.phase === 'ended'))
  telling.relayHolds()
}
