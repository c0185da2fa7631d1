/**
 * Every size and count that device and relay agree on. A relay refuses what goes past them; a device never sends it.
 * Quotas per day are the relay's own affair and come in `welcome`. Sources: protocol sections 2.6, 2.16 and 2.18.
 */

/** The only lengths an envelope can have: overhead 78 plus one of eight buckets (protocol section 2.6). */
export const ENVELOPE_SIZES: readonly number[] = [590, 1102, 2126, 4174, 8270, 16462, 32846, 61518]

const envelopeSizes = new Set(ENVELOPE_SIZES)

/** Whether a length is one an envelope can have. */
export const isEnvelopeSize = (size: number): boolean => envelopeSizes.has(size)

/** Envelopes in one `append` or `rekey`. */
export const MAX_ENVELOPES = 64
/** One WebSocket frame either way, in bytes. A device splits what does not fit. */
export const MAX_FRAME_BYTES = 1_048_576
/** Entries that one `range` may ask for; ask again from where it ended. */
export const MAX_RANGE = 10_000
/** Requests that a device may have unanswered on one connection before the relay stops reading from it. */
export const MAX_IN_FLIGHT = 256

/** A shared draft, sealed, in bytes; and how many a box holds. */
export const MAX_DRAFT_BYTES = 61_518
export const MAX_DRAFTS = 32

/** A live frame has exactly this many bytes, and a connection may send this many of them. */
export const LIVE_BYTES = 4_096
export const LIVE_PER_SECOND = 10
export const LIVE_BURST = 40

/** A sealed practice page, in bytes: 64 KiB and what sealing adds. */
export const MAX_PAGE_BYTES = 65_536 + 1_024
/** A message in a place's mailbox has exactly this many bytes; each side may leave this many, the link's last being a yes. */
export const MESSAGE_BYTES = 8_192
export const MAX_MESSAGES = 8
/** One-use tickets that a place may bring with it. */
export const MAX_TICKETS = 4
/** An HTTP request body, in bytes. */
export const MAX_BODY_BYTES = 72 * 1_024

/** How long things stay, in whole days. */
export const PLACE_DAYS = 90
export const MAILBOX_DAYS = 7
export const END_DAYS = 7
export const TOMBSTONE_DAYS = 30

/** How long a nonce from `GET /v1/nonce` is good for, once. */
export const NONCE_LIFE_MS = 120_000

/** What the relay says when it closes a WebSocket (RFC 6455 section 7.4.2, private range). */
export const CLOSE = {
  malformed: 4400,
  notAdmitted: 4403,
  handshakeTimeout: 4408,
  superseded: 4409,
  ended: 4410,
  tooSlow: 4413,
  wrongVersion: 4426,
  stopping: 4503,
} as const
