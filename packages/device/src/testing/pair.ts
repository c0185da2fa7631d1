/**
 * Amal and Bea: a person's device that founded a circle and a practitioner's that was welcomed to it, over a real relay.
 * The welcome is handed over directly; how it travels is another module's story.
 */
import { toHex } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { idBytes } from '@alongside/record/entry.ts'
import { createDeviceKeys, createMemberKeys, makeKeyPackage } from '@alongside/record/keys.ts'
import { nonceCommitment, signAcceptance } from '@alongside/record/joining.ts'
import type { TestRelay } from '@alongside/relay/testing/relay.ts'
import { createBox, PATHS } from '@alongside/wire/http.ts'
import { WIRE_VERSION } from '@alongside/wire/version.ts'
import type { CircleOnDevice } from '../circle/circle.ts'
import { noExtras } from '../circle/view.ts'
import type { Core } from '../core.ts'
import { createDevice, type Device, type Hooks } from '../device.ts'
import { testWorld, TestTime, until, type TestWorld } from './world.ts'

export const PASS = 'three blue boats'

/** A device without the parts that other modules bring. */
export const bareHooks: Hooks = {
  circle: () => noExtras,
  practitioner: () => {
    throw new Error('bug: nobody asked for a view')
  },
  opened: async () => () => undefined,
}

export interface Side {
  world: TestWorld
  device: Device
  core: Core
  circle: CircleOnDevice
}

/** Where a relay is, and its key. */
export type RelayAt = Pick<TestRelay, 'url' | 'relayPk'>

export interface Pair {
  readonly relay: TestRelay
  readonly time: TestTime
  readonly amal: Side
  readonly bea: Side
}

export const deviceIn = (world: TestWorld): Device => createDevice(world, bareHooks, { persisted: () => true })

export const someId = (number: number): string => number.toString(16).padStart(32, '0')

/** An item for the agenda; the plainest thing to say. */
export const item = (number: number, text = `item ${number}`): PracticeEvent => ({
  type: 'AgendaItemAdded',
  item: someId(number),
  text,
  opening: false,
})

/** The texts of the agenda in a side's state, in order of position. */
export const agenda = (circle: CircleOnDevice): readonly string[] =>
  Object.values(circle.state().encounter.agenda)
    .sort((a, b) => a.seq - b.seq)
    .map((one) => one.text)

async function begin(time: TestTime, name: string, side: 'person' | 'practitioner') {
  const world = testWorld(time)
  const device = deviceIn(world)
  const core = must(await device.begin({ name, language: 'en', passphrase: PASS, side }))
  return { world, device, core }
}

/** Lets somebody into Amal's circle; the box must exist unless `found` makes it in between. Resolves when they are here. */
export async function letIn(
  { relay, time, amal }: Pick<Pair, 'time' | 'amal'> & { readonly relay: RelayAt },
  name: string,
  found: () => Promise<void> = async () => undefined,
): Promise<Side> {
  const other = await begin(time, name, 'practitioner')
  const place = toHex(amal.world.random.bytes(16))
  const nonce = amal.world.random.bytes(32)
  const member = createMemberKeys(amal.world.random)
  const device = createDeviceKeys(amal.world.random)
  const proposed: PracticeEvent = {
    type: 'MemberProposed',
    role: 'practitioner',
    name,
    language: 'en',
    keys: makeKeyPackage(idBytes(place), member, device),
    place,
    commitment: toHex(nonceCommitment(place, nonce)),
    nonce: toHex(amal.world.random.bytes(32)),
  }
  const { ownerSecret } = must(await amal.core.deepKeys(amal.circle.id, PASS))
  if (ownerSecret === null) throw new Error('bug: Amal holds the owner key')
  const epoch = must(await amal.circle.rekey({ reason: 'admit', events: [proposed], ownerSecret }))
  await found()
  const circle = must(
    await other.core.join({
      circleId: amal.circle.circleId,
      box: amal.circle.boxId,
      relay: relay.url,
      relayPk: relay.relayPk,
      side: 'practitioner',
      member,
      device,
      secrets: [
        ...[...amal.circle.secrets()].map(([number, secret]) => ({ epoch: number, secret })),
        { epoch: epoch.epoch, secret: epoch.secret },
      ],
      capIndex: epoch.capIndex,
      capSecret: epoch.secret,
      owner: null,
    }),
  )
  await until(time, 'the new epoch stands', () => amal.circle.now().confirmed.epoch === epoch.epoch)
  circle.connect()
  await until(time, `${name} has loaded the record`, () => circle.now().confirmed.epoch === epoch.epoch)
  const proof = signAcceptance(member.identity.secretKey, circle.circleId, place, nonce)
  must(await circle.act([{ type: 'MemberAccepted', nonce: toHex(nonce), proof: toHex(proof) }]))
  const isHere = () => amal.circle.now().confirmed.state.people.members[circle.me]?.status === 'here'
  await until(time, `${name} is here`, isHere)
  return { ...other, circle }
}

/** Both are in the circle and connected. */
export const pair = async (relay: TestRelay): Promise<Pair> => ({ relay, ...(await pairAt(relay, new TestTime())) })

/** The same over any relay, with time that passes as the caller has it. */
export async function pairAt(relay: RelayAt, time: TestTime): Promise<Omit<Pair, 'relay'>> {
  const first = await begin(time, 'Amal', 'person')
  const box = toHex(first.world.random.bytes(16))
  const at = { url: relay.url, pk: relay.relayPk }
  const begun = must(await first.core.found({ kind: 'alongside', name: 'Amal', language: 'en', box, relay: at }))
  const amal: Side = { ...first, circle: begun.circle }
  const capability = begun.circle.capability()
  const bea = await letIn({ relay, time, amal }, 'Bea', async () => {
    const body = createBox.encode({
      version: WIRE_VERSION,
      boxId: box,
      capIndex: capability.index,
      capPk: capability.keys.publicKey,
      ownerPk: begun.owner?.publicKey ?? null,
      code: null,
      ticket: null,
    })
    const made = must(await first.world.net.ask({ method: 'POST', url: relay.url + PATHS.createBox, body }))
    if (made.status >= 300) throw new Error(`no box: ${made.status}`)
    begun.circle.connect()
  })
  const both = { time, amal, bea }
  await inStep(both)
  return both
}

/** Both (or Amal and another in Bea's place) have nothing waiting and stand at the same head. */
export async function inStep({ time, amal, bea }: Omit<Pair, 'relay'>): Promise<void> {
  await until(time, 'both are in step', () => {
    const [a, b] = [amal.circle.now(), bea.circle.now()]
    return (
      a.outbox.entries.length === 0 &&
      b.outbox.entries.length === 0 &&
      a.confirmed.seq === b.confirmed.seq &&
      a.link?.machine.head().seq === a.confirmed.seq
    )
  })
}

/** Ends a side's device where it is and opens it again on the same disk. */
export async function reopen(side: Side, time: TestTime, world = testWorld(time, side.world.disk)): Promise<void> {
  side.world.net.isUp = false
  side.world.net.cut()
  const { id } = side.circle
  side.world = world
  side.device = deviceIn(world)
  must(await side.device.unlock(PASS))
  const core = side.device.core()
  const circle = core?.circles.get(id)
  if (core === null || circle === undefined) throw new Error('the circle is gone')
  side.core = core
  side.circle = circle
}
