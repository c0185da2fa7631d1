/**
 * The walk-through world: two seats beside each other, on a small screen one at a time. It tells the story to two invented
 * devices, shows them when they are ready, and can begin again. It keeps nothing and never asks for this browser's own device.
 */
import { useComputed, useSignal, type Signal } from '@preact/signals'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { followLanguage } from '../app.tsx'
import { Button } from '../components/button/Button.tsx'
import { Icon } from '../components/icon/Icon.tsx'
import { leaveFast, watchLeaveKeys } from '../shell/leave.ts'
import { Mark } from '../shell/frame/Mark.tsx'
import { isLanguage, language, type Language } from '../words/locale.ts'
import { provideBuiltWords } from '../words/built.ts'
import { changeLanguage, loadWords, t } from '../words/t.ts'
import { inventWorld, type InventedWorld } from './devices.ts'
import { LanguageSelect } from './LanguageSelect.tsx'
import { SEATS, seatPath, type SeatName } from './seats.ts'
import type { Chapter } from './story/telling.ts'
import { Waiting, type Stage } from './Waiting.tsx'
import './world.css'

function seatWords(seat: SeatName): string {
  return seat === 'amina' ? t('walk-through.seat.amina') : t('walk-through.seat.rosa')
}

function Seats({ shown }: { readonly shown: Signal<SeatName> }) {
  return (
    <>
      <nav class="seat-switch" aria-label={t('walk-through.whose')}>
        {SEATS.map((seat) => (
          <Button
            key={seat}
            look={shown.value === seat ? 'strong' : 'quiet'}
            pressed={shown.value === seat}
            onPress={() => {
              shown.value = seat
            }}
          >
            {seatWords(seat)}
          </Button>
        ))}
      </nav>
      <main class="seats">
        {SEATS.map((seat) => (
          <section key={seat} class={`seat ${seat}${shown.value === seat ? '' : ' away'}`} aria-labelledby={seat}>
            <h2 id={seat}>{seatWords(seat)}</h2>
            <iframe src={seatPath(seat)} title={seatWords(seat)} />
          </section>
        ))}
      </main>
    </>
  )
}

function World() {
  const stage = useSignal<Stage>({ type: 'telling', chapter: 'page' })
  const shown = useSignal<SeatName>('amina')
  const run = useSignal(0)
  const world = useSignal<InventedWorld | null>(null)
  const told = useComputed(() => stage.value.type === 'told')

  const begin = async (): Promise<void> => {
    const mine = ++run.value
    stage.value = { type: 'telling', chapter: 'page' }
    const before = world.peek()
    world.value = null
    await before?.end()
    if (mine !== run.peek()) return
    const made = inventWorld()
    world.value = made
    const chapter = (now: Chapter): void => {
      if (mine === run.peek()) stage.value = { type: 'telling', chapter: now }
    }
    const why = await made.tell(chapter)
    if (mine === run.peek()) stage.value = why === null ? { type: 'told' } : { type: 'stopped', why }
  }
  const speak = async (wanted: Language): Promise<void> => {
    await changeLanguage(wanted)
    await begin()
  }

  useEffect(() => {
    const answer = (event: MessageEvent<unknown>): void => world.peek()?.answer(event)
    addEventListener('message', answer)
    const stopKeys = watchLeaveKeys(() => undefined)
    void begin()
    return () => {
      removeEventListener('message', answer)
      stopKeys()
    }
  }, [])

  return (
    <div class="world">
      <header class="world-top">
        <div class="world-name">
          <span class="brand" dir="ltr">
            <Mark />
          </span>
          <h1>{t('walk-through.title')}</h1>
          <a
            class="btn words"
            href="/"
            onClick={(event) => {
              event.preventDefault()
              run.value++
              void (world.peek()?.end() ?? Promise.resolve()).then(() => location.assign('/'))
            }}
          >
            {t('walk-through.back')}
          </a>
        </div>
        <div class="world-acts">
          <LanguageSelect onChange={(wanted) => void (isLanguage(wanted) && speak(wanted))} />
          <Button look="quiet" onPress={() => void begin()}>
            {t('walk-through.again')}
          </Button>
          {!told.value && (
            <button type="button" class="btn leave" onClick={leaveFast}>
              <Icon name="leave" />
              {t('shell.leave')}
            </button>
          )}
        </div>
      </header>
      {told.value ? (
        <Seats key={run.value} shown={shown} />
      ) : (
        <main class="bare">
          <Waiting stage={stage.value} again={() => void begin()} />
        </main>
      )}
      <p class="vh" role="status">
        {told.value && t('walk-through.ready')}
      </p>
    </div>
  )
}

/** Shows the world in place of the app. */
export async function startWorld(place: Element, wanted: Language): Promise<void> {
  provideBuiltWords()
  language.value = wanted
  followLanguage()
  await loadWords(['walk-through', 'shell', 'components', 'page'])
  render(<World />, place)
}
