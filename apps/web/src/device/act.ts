/** Saying something in the circle the screens are about: one call, one answer, and a failure that can be shown. */
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { circle, device } from './client.ts'

/** Any expected failure of the device, as `components/failure` shows it. */
export type Failure = { readonly type: string; readonly rule?: string }

/** Writes events, in this order, into the chosen circle. Null when they are on disk here. */
export async function act(...events: readonly PracticeEvent[]): Promise<Failure | null> {
  const chosen = circle.peek()
  if (chosen === null) return { type: 'NoSuchCircle' }
  const done = await device().act(chosen.id, events)
  return done.ok ? null : done.error
}

/** A fresh id for something new: 16 random bytes as hexadecimal. */
export function newId(): string {
  let id = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += byte.toString(16).padStart(2, '0')
  return id
}
