/**
 * What stands still on this device, and what never does. When the record forked, acts about who is in it and what is agreed
 * wait until people have compared; when an update is needed, everything does. Reading, taking out, removing, pausing and
 * ending go on whatever the alarm. Source: decisions “Freezing”; protocol sections 2.10 and 2.17.
 */
import type { PracticeEvent } from '@alongside/practice/define.ts'
import type { Stopped } from '@alongside/record/ledger.ts'
import type { ActError } from '../api.ts'
import type { Phase } from './held.ts'
import type { Meta } from './rows.ts'

const NEVER_STILL: readonly PracticeEvent['type'][] = [
  'MemberRemoved',
  'Paused',
  'EndAsked',
  'EndTakenBack',
  'MemberLeft',
]

/** Acts that bind others; they need everybody to see the same record. */
const BINDING: readonly PracticeEvent['type'][] = [
  'MemberProposed',
  'MemberWelcomed',
  'MemberAccepted',
  'Rekeyed',
  'DeviceAcknowledged',
  'LineProposed',
  'LineAccepted',
  'BlockAgreed',
  'BlockSigned',
  'ChoiceMade',
]

/** Why these events may not be said on this device now, or null. */
export function mayAct(asked: {
  readonly events: readonly PracticeEvent[]
  readonly meta: Meta
  readonly phase: Phase
  readonly stopped: Stopped | null
  readonly isForked: boolean
}): ActError | null {
  const { events, meta, phase, stopped, isForked } = asked
  if (meta.over !== null || phase === 'removedMe' || phase === 'ended' || phase === 'left') return { type: 'Frozen' }
  if (meta.isCopied) return { type: 'DeviceCopied' }
  const goesOn = events.some((event) => NEVER_STILL.includes(event.type))
  if (goesOn) return null
  if (stopped !== null) return { type: 'Frozen' }
  return isForked && events.some((event) => BINDING.includes(event.type)) ? { type: 'Frozen' } : null
}
