/**
 * HTTP requests in and replies out, for the routes: bodies with a limit, refusals as status and bytes (the one place that
 * turns a refusal into a status), and the headers that every reply carries. There are no cookies.
 */
import type { IncomingMessage } from 'node:http'
import { concat, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { BINARY, refusalBody } from '@alongside/wire/http.ts'
import { MAX_BODY_BYTES } from '@alongside/wire/limits.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** One request, as a route sees it. */
export interface Asked {
  readonly url: URL
  readonly method: string
  readonly header: (name: string) => string
  /** The whole body, or `TooLarge`. */
  body(): Promise<Result<Bytes, Refusal>>
  /** What the path's pattern caught. */
  readonly caught: readonly string[]
}

export interface Route {
  readonly method: string
  /** Matched against the whole path. */
  readonly path: RegExp
  handle(asked: Asked): Promise<Reply>
}

const STATUS: Readonly<Record<Refusal['type'], number>> = {
  Malformed: 400,
  WrongVersion: 426,
  NotAdmitted: 403,
  Superseded: 409,
  HeadMoved: 409,
  OwnerMustSign: 403,
  OwnerCounterUsed: 409,
  Ending: 409,
  Ended: 410,
  OverQuota: 429,
  TooFast: 429,
  CouldNotKeep: 507,
  TooManyDrafts: 409,
  CodeNeeded: 402,
  IdInUse: 409,
  NoSuchPlace: 404,
  PageIsNewer: 409,
  PlaceTaken: 409,
  MailboxFull: 409,
  NotFound: 404,
  InsecureTransport: 403,
  TooLarge: 413,
}

const API_HEADERS = { 'content-type': BINARY, 'cache-control': 'no-store' } as const

/** A successful answer of the API. */
export const answer = (body: Uint8Array, status = 200): Reply => ({ status, headers: API_HEADERS, body })

/** A refusal, as its status and bytes. */
export function refuse(refusal: Refusal): Reply {
  const wait = 'retryAfterMs' in refusal ? { 'retry-after': String(Math.ceil(refusal.retryAfterMs / 1000)) } : {}
  return { status: STATUS[refusal.type], headers: { ...API_HEADERS, ...wait }, body: refusalBody.encode(refusal) }
}

/** Text for people, with its type. */
export const page = (status: number, type: string, text: string): Reply => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
  body: utf8(text),
})

/** On every reply, whatever it is. */
export function everyHeader(isTls: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(self), accelerometer=(), autoplay=(), display-capture=(), encrypted-media=(), fullscreen=(), ' +
      'geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), ' +
      'publickey-credentials-get=(), usb=(), xr-spatial-tracking=()',
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ...(isTls ? { 'strict-transport-security': 'max-age=63072000' } : {}),
  }
}

/** Reads a body of at most `MAX_BODY_BYTES`; what a slow sender may take is bounded by the server's timeouts. */
export async function readBody(request: IncomingMessage): Promise<Result<Bytes, Refusal>> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return err({ type: 'TooLarge' })
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of request) {
      if (!(part instanceof Uint8Array)) return err({ type: 'Malformed' })
      size += part.length
      if (size > MAX_BODY_BYTES) return err({ type: 'TooLarge' })
      parts.push(part)
    }
  } catch {
    return err({ type: 'Malformed' }) // gone before the end
  }
  return ok(concat(...parts))
}
