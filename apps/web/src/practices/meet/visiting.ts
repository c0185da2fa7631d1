/**
 * The visit in this tab: a link that was opened and the page behind it. It lives in memory only and is gone when the tab
 * is closed; nothing is stored, and nobody is told that the page was read.
 */
import { effect, signal } from '@preact/signals'
import type { Visit } from '@alongside/device/api.ts'
import type { Failure } from '../../device/act.ts'
import { device, view } from '../../device/client.ts'
import { takeFragment } from '../../shell/route.ts'

export type Answer = 'notNow' | 'no' | 'someoneElse'

export type Visiting =
  /** No link was opened in this tab. */
  | { readonly type: 'none' }
  | { readonly type: 'reading'; readonly link: string }
  | { readonly type: 'failed'; readonly link: string; readonly failure: Failure }
  | { readonly type: 'read'; readonly link: string; readonly visit: Visit }
  /** Answered without a yes; which answer it was is known to this tab only. */
  | { readonly type: 'answered'; readonly link: string; readonly name: string; readonly answer: Answer }

export const visiting = signal<Visiting>({ type: 'none' })

/** The question as typed, so that going back to the page does not lose it. */
export const question = signal('')

/** The code under which the reply can be read later; null until a question was sent. */
export const replyCode = signal<string | null>(null)

/** Reads the link that opened this page, if one did. Call when the device can be asked. */
export async function arrive(): Promise<void> {
  const secret = takeFragment()
  if (secret !== null) await readLink(`${location.origin}/#${secret}`)
}

/** Reads the page behind a link; also to try again. */
export async function readLink(link: string): Promise<void> {
  visiting.value = { type: 'reading', link }
  question.value = ''
  replyCode.value = null
  const read = await device().readLink(link)
  const now = visiting.peek()
  if (now.type !== 'reading' || now.link !== link) return // another link was opened meanwhile
  visiting.value = read.ok ? { type: 'read', link, visit: read.value } : { type: 'failed', link, failure: read.error }
}

/** Says not now, no or someone else: one message for all three. Null when it went out. */
export async function decline(answer: Answer): Promise<Failure | null> {
  const now = visiting.peek()
  if (now.type !== 'read') return null
  const sent = await device().decline(now.visit.visit)
  if (!sent.ok) return sent.error
  visiting.value = { type: 'answered', link: now.link, name: now.visit.page.name, answer }
  return null
}

/** Forgets the visit: after a yes, or when somebody wants nothing left on the screen. */
export function forgetVisit(): void {
  visiting.value = { type: 'none' }
  question.value = ''
  replyCode.value = null
}

// A visit on a device that was open goes with everything else that is hidden when it locks.
let wasOpen = false
effect(() => {
  const isOpen = view.value.type === 'open'
  if (wasOpen && !isOpen) forgetVisit()
  wasOpen = isOpen
})
