/**
 * A seat: the real app in a frame, with a device that the page around it holds. It says all the time that it is invented,
 * keeps no choice, types the passphrase, and opens no other tab, so that what begins here stays here.
 */
import { render } from 'preact'
import { startApp } from '../app.tsx'
import { typedForYou } from '../components/passphrase/typed.ts'
import { useDeviceAt } from '../device/client.ts'
import { keepNoChoices } from '../shell/preferences.ts'
import { loadWords, t } from '../words/t.ts'
import { isWelcome, PASSPHRASE, seatPath, type Hello, type SeatName } from './seats.ts'
import './seat.css'

/** A link opened with a key held or by the wheel would open another tab, where this browser's own device is. */
function stayHere(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.hasAttribute('download') || !/^https?:$/.test(link.protocol)) return
  const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  if (elsewhere || link.origin !== location.origin) event.preventDefault()
}

/** The line above everything, and its height for what sticks below it. */
function Banner() {
  return (
    <aside
      class="invented"
      aria-label={t('walk-through.about')}
      ref={(line) => {
        if (line === null) return
        new ResizeObserver(() => {
          document.documentElement.style.setProperty('--invented', `${line.offsetHeight}px`)
        }).observe(line)
      }}
    >
      {t('walk-through.banner')}
    </aside>
  )
}

/** Asks the page around for the seat's device, and starts the app on it. */
export function startSeat(place: Element, seat: SeatName): void {
  keepNoChoices()
  typedForYou.value = PASSPHRASE
  document.addEventListener('click', stayHere, true)
  document.addEventListener('auxclick', stayHere, true)
  addEventListener('message', function welcomed({ data, source, origin, ports }: MessageEvent<unknown>) {
    const port = ports[0]
    if (origin !== location.origin || source !== window.parent || !isWelcome(data) || port === undefined) return
    removeEventListener('message', welcomed)
    const line = document.createElement('div')
    line.className = 'invented-place'
    place.before(line)
    void startApp(place, {
      base: seatPath(seat),
      language: data.language,
      locks: false,
      startDevice: () => void useDeviceAt(port),
    })
    void loadWords(['walk-through']).then(() => render(<Banner />, line))
  })
  const hello: Hello = { type: 'alongside.seat', seat }
  window.parent.postMessage(hello, location.origin)
}
