/**
 * Our own side: whole devices on a memory store, over real sockets, with the real record, rules and locks: each text is a
 * line of the agenda worded anew, or a promise where all have to be there in the end; signed, judged by every rule,
 * sealed, and on the relay's disk before it is acknowledged.
 */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import type { CircleOutcome } from '@alongside/device/circle/circle.ts'
import type { JoinAs } from '@alongside/device/circle/begin.ts'
import { metaRow } from '@alongside/device/circle/rows.ts'
import { eventOf } from '@alongside/device/constitution.ts'
import { realSchedule } from '@alongside/device/net.ts'
import {
  bareHooks,
  item,
  pairAt,
  PASS,
  someId,
  type Pair as Circle,
  type Side,
} from '@alongside/device/testing/pair.ts'
import { testWorld, TestTime } from '@alongside/device/testing/world.ts'
import { createDevice } from '@alongside/device/device.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { kemKeys, signingKeys } from '@alongside/record/crypto.ts'
import { found, knock, testKey } from '@alongside/relay/testing/device.ts'
import { PATHS, relayInfo } from '@alongside/wire/http.ts'
import { numberOf, type At, type Pair, type PeerSide } from './side.ts'

/** The world of a test, with time that passes by itself. */
class RealTime extends TestTime {
  override readonly schedule = realSchedule
  constructor() {
    super()
    this.ms = Date.now()
    setInterval(() => (this.ms = Date.now()), 10).unref()
  }
  override pass(): void {
    // it does so by itself
  }
}

async function relayAt({ port }: At): Promise<{ url: string; relayPk: Bytes }> {
  const url = `http://127.0.0.1:${port}`
  const answer = await fetch(url + PATHS.relayInfo)
  const info = must(relayInfo.decode(new Uint8Array(await answer.arrayBuffer())))
  return { url, relayPk: info.relayPk }
}

/** Two devices in one circle. */
export async function circleAt(at: At): Promise<Omit<Circle, 'relay'>> {
  return pairAt(await relayAt(at), new RealTime())
}

/** What a further device of Bea's needs: all the keys of a circle that nobody lives in. */
async function tokenOf({ core, circle }: Side): Promise<string> {
  const { memberSecret, recoverySecret } = must(await core.deepKeys(circle.id, PASS))
  return [metaRow.write(circle.now().meta), memberSecret, recoverySecret].map(toHex).join(' ')
}

async function joinAs(token: string): Promise<JoinAs> {
  const [row, identity, recovery] = token.split(' ').map(fromHex)
  if (!row || !identity || !recovery) throw new Error('this is no token')
  const meta = must(metaRow.read(row))
  if (meta.relay === null) throw new Error('this circle has no relay')
  return {
    ...meta,
    relay: meta.relay,
    member: { identity: signingKeys(identity), recovery: signingKeys(recovery) },
    device: { signing: signingKeys(meta.deviceSecret), kem: kemKeys(meta.kemSecret) },
    owner: null,
  }
}

const LINE = someId(0)
let boxes = 0

const applied = (outcomes: readonly CircleOutcome[]): readonly PracticeEvent[] =>
  outcomes.flatMap(({ entry, verdict }) => {
    if (entry === null || verdict.type !== 'applied') return []
    const event = eventOf(entry.body.type, entry.body.payload)
    return event.ok ? [event.value] : []
  })

export const side: PeerSide = {
  async pair(at, kind): Promise<Pair> {
    const { amal, bea } = await circleAt(at)
    must(await amal.circle.act([item(0)]))
    const token = await tokenOf(bea)
    let together: PracticeEvent[] = []
    let saying: Promise<void> | null = null
    /** What is said in one turn of the event loop is one act. */
    const sayTogether = (event: PracticeEvent): Promise<void> => {
      together.push(event)
      return (saying ??= new Promise<void>((done) => setImmediate(done)).then(async () => {
        const events = together
        together = []
        saying = null
        must(await amal.circle.act(events))
      }))
    }
    return {
      async write(text) {
        if (kind === 'stream') must(await amal.circle.act([{ type: 'AgendaItemChanged', item: LINE, text }]))
        else
          await sayTogether({ type: 'PromiseMade', promise: someId(numberOf(text)), text, due: null, encounter: null })
      },
      heard: (told) =>
        void bea.circle.listen({
          placed(outcomes) {
            for (const event of applied(outcomes))
              if (event.type === 'PromiseMade' || event.type === 'AgendaItemChanged') told(event.text)
          },
        }),
      token: () => token,
      async close() {
        await amal.device.lock()
        await bea.device.lock()
      },
    }
  },
  async open(_at, token, count) {
    const world = testWorld(new RealTime())
    const device = createDevice(world, bareHooks, { persisted: () => true })
    const begun = must(await device.begin({ name: 'Bea', language: 'en', passphrase: PASS, side: 'practitioner' }))
    const circle = must(await begun.join(await joinAs(token)))
    const made = () => Object.keys(circle.now().confirmed.state.commitment.promises).length
    const whole = new Promise<void>((done) => circle.listen({ placed: () => made() >= count && done() }))
    circle.connect()
    await whole
  },
  async idle({ port }) {
    const url = `http://127.0.0.1:${port}`
    const [boxId, cap] = [someId(++boxes), testKey(boxes % 256)]
    await found(url, { boxId, capPk: cap.pk })
    const line = await knock(url, { boxId, cap })
    line.send('subscribe', {})
  },
}
