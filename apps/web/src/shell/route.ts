/**
 * Where we are, on the History API. A link's fragment may hold a secret, so it is read once at start and
 * taken out of the address bar at once; a practice that needs it calls `takeFragment`.
 */
import { signal } from '@preact/signals'

/** Where a practice page behind a link is read. */
export const VISIT_PATH = '/meet'

/** Where the walk-through world is; links that are made there lead there. */
export const WALK_PATH = '/story'

export const path = signal('/')

let fragment: string | null = null

/** What stands before every path in the address bar, and in no link. */
let base = ''

/** The path that the address bar shows, without the base. */
function shownPath(): string {
  const { pathname } = location
  if (!pathname.startsWith(base)) return '/'
  return pathname.slice(base.length) || '/'
}

/** The screen a link with a secret leads to. */
export function pathOfLink(pathname: string): string {
  return pathname === '/' || pathname === WALK_PATH ? VISIT_PATH : pathname
}

/** Reads the address; call once, before anything is drawn. Every screen lives under `under`. */
export function startRoute(under = ''): void {
  base = under
  hideFragment()
  path.value = shownPath()
  addEventListener('popstate', () => {
    path.value = shownPath()
  })
  // A link pasted into an open tab changes only the fragment: it is caught and hidden in the same way.
  addEventListener('hashchange', () => {
    if (!hideFragment()) return
    path.value = ''
    path.value = shownPath()
  })
  document.addEventListener('click', followLink)
}

/** A link is `https://host/#secret`: the secret goes into memory, the address becomes the visit's own. */
function hideFragment(): boolean {
  if (location.hash.length <= 1) return false
  fragment = location.hash.slice(1)
  history.replaceState(null, '', base + pathOfLink(shownPath()))
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
  if (how.replace === true) history.replaceState(null, '', base + to)
  else history.pushState(null, '', base + to)
  path.value = shownPath()
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download')) return
  if (link.hash !== '' && link.pathname === location.pathname) return
  event.preventDefault()
  if (link.hash.length > 1) goWithFragment(pathOfLink(link.pathname), link.hash.slice(1))
  else go(link.pathname)
}
