/** What an evil relay does to the single frames of a line. Each makes a `Trick`; none needs more than the relay's own key. */
import type { Bytes } from '@alongside/base/bytes.ts'
import { chainNext, envHash, type Head } from '@alongside/wire/chain.ts'
import { encodeRelayFrame, type DeviceFrame, type RelayFrame } from '@alongside/wire/messages.ts'
import type { Caller, Trick } from './evil-relay-front.ts'

/** The same bytes with one bit of one byte changed. */
export const flipped = (bytes: Bytes, at: number): Bytes => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

/** Loses frames of a type on the way to the device. */
export const loses = (type: RelayFrame['type']): Trick => ({
  toDevice: (frame) => (frame.type === type ? [] : [frame]),
})

/** Flips a bit in the body of frames of a type. */
export const garbles = (type: RelayFrame['type'], byteIn: (length: number) => number): Trick => ({
  toDevice(frame) {
    if (frame.type !== type) return [frame]
    const bytes = encodeRelayFrame(frame)
    return [flipped(bytes, 5 + byteIn(bytes.length - 5))]
  },
})

/** Gives every frame twice. */
export const repeats: Trick = { toDevice: (frame) => [frame, frame] }

/** Keeps what devices say; `release` passes it on in order, on lines that still stand. */
export function holdsBack(): { readonly trick: Trick; readonly release: () => void } {
  const held: { readonly caller: Caller; readonly frame: DeviceFrame }[] = []
  let isHolding = true
  return {
    trick: {
      toRelay(frame, caller) {
        if (!isHolding) return [frame]
        held.push({ caller, frame })
        return []
      },
    },
    release() {
      isHolding = false
      for (const { caller, frame } of held) caller.tellRelay(frame)
    },
  }
}

/** Names another head wherever one is named, and signs that. */
export const misstates = (lie: (head: Head) => Head, sign: (head: Head) => Bytes): Trick => ({
  toDevice(frame) {
    if (frame.type !== 'welcome' && frame.type !== 'subscribed' && frame.type !== 'headIs') return [frame]
    const { seq, hash } = lie({ seq: frame.body.seq, hash: frame.body.hash })
    const vouched = { seq, hash, receipt: sign({ seq, hash }) }
    if (frame.type === 'welcome') return [{ ...frame, body: { ...frame.body, ...vouched } }]
    return [{ ...frame, body: vouched }]
  },
})

/**
 * Answers appends without keeping them, in the chain that the device itself goes on with. `sign` gives the receipt. The
 * line then stands still, as the device knows of entries that nobody else does.
 */
export const keepsNothing = (sign: (head: Head) => Bytes): Trick => {
  const heads = new Map<Caller, Head>()
  return {
    toDevice(frame, caller) {
      if (frame.type === 'welcome') heads.set(caller, { seq: frame.body.seq, hash: frame.body.hash })
      return [frame]
    },
    toRelay(frame, caller) {
      const before = heads.get(caller)
      if (frame.type !== 'append' || before === undefined) return [frame]
      const after = frame.body.envelopes.reduce((head, one) => chainNext(head, envHash(one)), before)
      heads.set(caller, after)
      const seqs = frame.body.envelopes.map((_, i) => before.seq + 1 + i)
      caller.tellDevice({
        type: 'appended',
        request: frame.request,
        body: { seqs, hash: after.hash, receipt: sign(after) },
      })
      return []
    },
  }
}
