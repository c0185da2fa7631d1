/** Frames as the load sends and tells them apart: by their first byte, without decoding what it does not look at. */
import { randomBytes } from 'node:crypto'
import { encodeDeviceFrame, encodeRelayFrame } from '@alongside/wire/messages.ts'
import { bodyAt, masked } from './raw-socket.ts'

/** The smallest envelope, which holds up to about 500 bytes of text. */
export const ENVELOPE_BYTES = 590

const placed = { seqs: [1], hash: new Uint8Array(32), receipt: new Uint8Array(64) }
export const APPENDED = encodeRelayFrame({ type: 'appended', request: 1, body: placed })[0]
export const ARRIVED = encodeRelayFrame({
  type: 'arrived',
  request: 0,
  body: { firstSeq: 1, envelopes: [new Uint8Array(ENVELOPE_BYTES)] },
})[0]
export const RANGE_END = encodeRelayFrame({ type: 'rangeEnd', request: 1, body: { next: 1, seq: 1 } })[0]

/** A masked `append` of so many envelopes that can be sent again and again, new each time. */
export function appendTemplate(envelopes: number): () => Buffer {
  const body = { envelopes: Array.from({ length: envelopes }, () => new Uint8Array(randomBytes(ENVELOPE_BYTES))) }
  const template = masked(encodeDeviceFrame({ type: 'append', request: 1, body }))
  const first = bodyAt(template) + 5 + 2
  let made = randomBytes(4).readUInt32BE() * 65_536
  return () => {
    const frame = Buffer.from(template)
    for (let i = 0; i < envelopes; i++) frame.writeUIntBE(made++, first + i * (ENVELOPE_BYTES + 2) + 8, 6)
    return frame
  }
}
