import { describe, expect, it } from 'vitest'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { someId } from '../testing/pair.ts'
import { mayAct } from './brakes.ts'

const asked = (event: PracticeEvent) =>
  mayAct({
    events: [event],
    meta: { over: null, isCopied: false } as Parameters<typeof mayAct>[0]['meta'],
    phase: 'open',
    stopped: null,
    isForked: true,
  })

const id = someId(1)
const yeses: readonly PracticeEvent[] = [
  { type: 'MemberWelcomed', member: id },
  { type: 'DeviceAcknowledged', device: id },
  { type: 'LineAccepted', line: id },
  { type: 'BlockAgreed', block: id },
  { type: 'BlockSigned', block: id },
  { type: 'ChoiceMade', choice: id, way: id, undo: '', lookAgain: null },
]
const never: readonly PracticeEvent[] = [
  { type: 'MemberRemoved', member: id },
  { type: 'MemberLeft' },
  { type: 'Paused' },
  { type: 'EndAsked', now: false },
  { type: 'EndTakenBack' },
  { type: 'LineDeclined', line: id },
  { type: 'BlockDiffers', block: id, words: 'No.' },
]

describe('a record that forked', () => {
  it.each(yeses.map((event) => [event.type, event] as const))(
    'holds %s back until people have compared',
    (_type, event) => {
      expect(asked(event)).toEqual({ type: 'Frozen' })
    },
  )

  it.each(never.map((event) => [event.type, event] as const))('never holds %s back', (_type, event) => {
    expect(asked(event)).toBeNull()
  })
})
