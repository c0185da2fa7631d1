/** Registers the service worker (built app only) and tells it which language to keep for use without a network. */
import type { Language } from '../words/locale.ts'

let registered = false

function startShellWorker(): void {
  if (registered || import.meta.env.DEV || !('serviceWorker' in navigator)) return
  registered = true
  const start = (): void => void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  // When loading is already over, the load event never comes again.
  if (document.readyState === 'complete') start()
  else addEventListener('load', start)
}

export function keepShell(language: Language): void {
  startShellWorker()
  if (!registered) return
  void navigator.serviceWorker.ready.then((found) => found.active?.postMessage({ language }))
}
