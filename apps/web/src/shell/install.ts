/** Putting the app on the home screen: offered in “More”, never by itself, and only where the browser allows it. */
import { signal } from '@preact/signals'

interface InstallEvent extends Event {
  prompt(): Promise<unknown>
}

const offered = signal<InstallEvent | null>(null)

/** Whether the browser would install it now. */
export const canInstall = (): boolean => offered.value !== null

function isInstallEvent(event: Event): event is InstallEvent {
  return 'prompt' in event
}

/** Keeps the browser's own prompt back until the person asks for it; call once. */
export function watchInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    if (isInstallEvent(event)) offered.value = event
  })
  addEventListener('appinstalled', () => {
    offered.value = null
  })
}

export function install(): void {
  void offered.peek()?.prompt()
  offered.value = null
}
