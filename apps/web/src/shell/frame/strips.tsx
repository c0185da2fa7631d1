/** Two thin lines under the header: no network, and the device about to lock. Both say what is safe. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Icon } from '../../components/icon/Icon.tsx'
import { t } from '../../words/t.ts'
import { sayNow, unsay } from '../live.ts'
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

export function LockWarning() {
  const soon = locksAt.value !== null
  useEffect(() => {
    if (!soon) return
    const words = t('shell.lockSoon')
    sayNow(words)
    return () => unsay(words)
  }, [soon])
  if (!soon) return null
  return (
    <p class="strip">
      <Icon name="lock" />
      {t('shell.lockSoon')}
    </p>
  )
}
