/** Begins the devices of an invented world, each in a worker of its own, tells them their story, and hands out ports to them. */
import { wrap, type Remote } from 'comlink'
import type { DeviceApi } from '@alongside/device/api.ts'
import { systemClock } from '@alongside/base/world.ts'
import { newId } from '../device/act.ts'
import { language } from '../words/locale.ts'
import { t } from '../words/t.ts'
import { INVENTED } from '../device/invented.ts'
import { isHello, PASSPHRASE, SEATS, type SeatName, type ToDevice, type Welcome } from './seats.ts'
import { dayFrom } from './story/dates.ts'
import { Player, Stopped } from './story/player.ts'
import { tell } from './story/tell.ts'
import type { Chapter } from './story/telling.ts'
import { storyWords } from './story/words.ts'

export interface InventedWorld {
  /** Tells the story; gives null when it is told, or why it stopped. */
  tell(chapter: (now: Chapter) => void): Promise<string | null>
  /** Answers a seat's page that asks for its device. */
  answer(event: MessageEvent<unknown>): void
  /** Ends the circle where it can and lets go of both devices. Nothing of them is left here. */
  end(): Promise<void>
}

const DAY_MS = 86_400_000
/** How long an ending may wait for the relay. */
const PATIENCE_MS = 1_500

export function inventWorld(): InventedWorld {
  let stop: (why: Stopped) => void = () => undefined
  const broken = new Promise<never>((_resolve, reject) => {
    stop = reject
  })
  broken.catch(() => undefined)
  const begun = SEATS.map((seat) => {
    const worker = new Worker(new URL('../device/worker.ts', import.meta.url), { type: 'module', name: INVENTED })
    worker.addEventListener('error', () => stop(new Stopped('NoWorker')))
    // What is said before it listens would be lost.
    const ready = new Promise<void>((resolve) => {
      worker.addEventListener('message', () => resolve(), { once: true })
    })
    const say = (message: ToDevice, ports: Transferable[] = []): void =>
      void ready.then(() => worker.postMessage(message, ports))
    const connect = (): MessagePort => {
      const { port1, port2 } = new MessageChannel()
      say({ type: 'connect' }, [port1])
      return port2
    }
    say({ type: 'mark', words: t('walk-through.banner') })
    const api: Remote<DeviceApi> = wrap<DeviceApi>(connect())
    return [seat, { worker, say, connect, player: new Player(api) }] as const
  })
  const held = Object.fromEntries(begun) as Record<SeatName, (typeof begun)[number][1]>
  const all = Object.values(held)

  return {
    async tell(chapter) {
      const now = systemClock.now()
      const telling = tell({
        amina: held.amina.player,
        rosa: held.rosa.player,
        language: language.peek(),
        words: storyWords(),
        day: (days) => dayFrom(now, days),
        newId,
        goBack: (days) => {
          for (const one of all) one.say({ type: 'behind', ms: days * DAY_MS })
        },
        chapter,
      })
      try {
        await Promise.race([telling, broken])
        return null
      } catch (why) {
        if (why instanceof Stopped) return why.why
        throw why
      }
    },
    answer({ data, origin, source }) {
      if (origin !== location.origin || !isHello(data) || source === null) return
      const welcome: Welcome = { type: 'alongside.welcome', language: language.peek() }
      source.postMessage(welcome, { targetOrigin: location.origin, transfer: [held[data.seat].connect()] })
    },
    async end() {
      const { player } = held.amina
      const circle = player.open?.circles[0]
      if (circle !== undefined) {
        const over = player.api.end(circle.id, { now: true, passphrase: PASSPHRASE }).catch(() => undefined)
        await Promise.race([over, new Promise((done) => setTimeout(done, PATIENCE_MS))])
        // The device says it to the relay by itself; it is given a moment for that.
        const told = player.until(({ sync }) => sync.waiting === 0).catch(() => undefined)
        await Promise.race([told, new Promise((done) => setTimeout(done, PATIENCE_MS))])
      }
      for (const { worker } of all) worker.terminate()
    },
  }
}
