/**
 * How much a relay takes in: quotas per box, kept with the box by the day, and rates per connection and address, kept in
 * memory only and forgotten at restart. Source: protocol section 2.16.
 */
import type { Clock } from '@alongside/base/world.ts'

export interface Quotas {
  readonly entriesPerDay: number
  readonly bytesPerDay: number
  readonly boxBytes: number
}

export const DEFAULT_QUOTAS: Quotas = { entriesPerDay: 2_000, bytesPerDay: 50_000_000, boxBytes: 1_000_000_000 }

const DAY_MS = 86_400_000

/** Whole days since 1970: the finest time the relay writes down. */
export const dayOf = (nowMs: number): number => Math.floor(nowMs / DAY_MS)

/** Milliseconds until the next day begins, when the quotas start again. */
export const untilTomorrowMs = (nowMs: number): number => DAY_MS - (nowMs % DAY_MS)

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** A token bucket: `take` gives null when there was a token, or the milliseconds until there is one. */
export interface Bucket {
  take(nowMs: number): number | null
}

export function createBucket({ perSecond, burst }: Rate): Bucket {
  let tokens = burst
  let at = Number.NEGATIVE_INFINITY
  return {
    take(nowMs) {
      // A clock set back gives nothing; it must not take away either.
      if (nowMs > at) {
        if (at !== Number.NEGATIVE_INFINITY) tokens = Math.min(burst, tokens + ((nowMs - at) / 1000) * perSecond)
        at = nowMs
      }
      if (tokens >= 1) {
        tokens -= 1
        return null
      }
      return Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
  }
}

export interface AddressLimiter {
  /** Null when this address may go on, or the milliseconds to wait. */
  take(address: string): number | null
}

const MOST_ADDRESSES = 20_000

/** What counts as one asker: an IPv4 address, or the /64 of an IPv6 one, however its zeros are written. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}

/** One bucket per address, or per /64 for IPv6. Bounded: the address not seen for longest is forgotten first. */
export function createAddressLimiter(rate: Rate, clock: Clock): AddressLimiter {
  const buckets = new Map<string, Bucket>()
  return {
    take(address) {
      const group = networkOf(address)
      const bucket = buckets.get(group) ?? createBucket(rate)
      buckets.delete(group)
      buckets.set(group, bucket)
      if (buckets.size > MOST_ADDRESSES) buckets.delete(buckets.keys().next().value as string)
      return bucket.take(clock.now())
    },
  }
}
