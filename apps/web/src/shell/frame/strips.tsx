/** Two thin lines under the header: no network, and the device about to lock. Both say what is safe. */
import { signal } from '@preact/signals'
import { Icon } from '../../components/icon/Icon.tsx'
import { t } from '../../words/t.ts'
import { locksAt } from './lock-watch.ts'

/** What the browser says about the network. “Online” is no promise that the relay answers. */
export const online = signal(true)

/** Follows the browser's network state; call once. */
export function watchNetwork(): void {
  online.value = navigator.onLine
  addEventListener('online', () => {
    online.value = true
  })
  addEventListener('offline', () => {
    online.value = false
  })
}

export function OfflineStrip() {
  if (online.value) return null
  return (
    <p class="strip" role="status">
      <Icon name="offline" />
      {t('shell.offline')}
    </p>
  )
}

/** An alert is heard at once, and is gone from the page when it is no longer true. */
export function LockWarning() {
  if (locksAt.value === null) return null
  return (
    <p class="strip" role="alert">
      <Icon name="lock" />
      {t('shell.lockSoon')}
    </p>
  )
}
