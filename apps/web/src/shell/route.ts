/**
 * Where we are, on the History API. A link's fragment may hold a secret, so it is read once at start and
 * taken out of the address bar at once; a practice that needs it calls `takeFragment`.
 */
import { signal } from '@preact/signals'

/** Where a practice page behind a link is read. */
export const VISIT_PATH = '/meet'

export const path = signal('/')

let fragment: string | null = null

/** Reads the address; call once, before anything is drawn. */
export function startRoute(): void {
  hideFragment()
  path.value = location.pathname
  addEventListener('popstate', () => {
    path.value = location.pathname
  })
  // A link pasted into an open tab changes only the fragment: it is caught and hidden in the same way.
  addEventListener('hashchange', () => {
    if (!hideFragment()) return
    path.value = ''
    path.value = location.pathname
  })
  document.addEventListener('click', followLink)
}

/** A link is `https://host/#secret`: the secret goes into memory, the address becomes the visit's own. */
function hideFragment(): boolean {
  if (location.hash.length <= 1) return false
  fragment = location.hash.slice(1)
  history.replaceState(null, '', location.pathname === '/' ? VISIT_PATH : location.pathname)
  return true
}

/** What stood behind `#` in the address that opened this page; given out once, kept nowhere. */
export function takeFragment(): string | null {
  const taken = fragment
  fragment = null
  return taken
}

/** Hands a secret to the screen at `to` without it ever being in the address bar (a code typed or scanned here). */
export function goWithFragment(to: string, secret: string): void {
  fragment = secret
  go(to)
}

/** Goes to a screen; `replace` leaves no way back to this one. */
export function go(to: string, how: { readonly replace?: boolean } = {}): void {
  if (how.replace === true) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  path.value = location.pathname
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download')) return
  if (link.hash !== '' && link.pathname === location.pathname) return
  event.preventDefault()
  if (link.hash.length > 1) goWithFragment(link.pathname === '/' ? VISIT_PATH : link.pathname, link.hash.slice(1))
  else go(link.pathname)
}
