import { describe, expect, it } from 'vitest'
import { createAddressLimiter, createBucket, dayOf, untilTomorrowMs } from './limits.ts'

describe('a rate', () => {
  it('lets a burst through, then so many a second, and says how long to wait', () => {
    const bucket = createBucket({ perSecond: 2, burst: 3 })
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([null, null, null, 500])
    expect([bucket.take(500), bucket.take(500)]).toEqual([null, 500])
  })

  it('is not upset by a clock that is set back', () => {
    const bucket = createBucket({ perSecond: 1, burst: 1 })
    expect(bucket.take(10_000)).toBeNull()
    expect(bucket.take(0)).toBe(1_000)
    expect(bucket.take(11_000)).toBeNull()
  })

  it('is kept per address, and per network for IPv6', () => {
    const limiter = createAddressLimiter({ perSecond: 1, burst: 1 }, { now: () => 0 })
    expect([limiter.take('192.0.2.1'), limiter.take('192.0.2.1'), limiter.take('192.0.2.2')]).toEqual([
      null,
      1_000,
      null,
    ])
    expect([limiter.take('2001:db8:0:1::1'), limiter.take('2001:db8:0:1::2')]).toEqual([null, 1_000])
    // Both are 2001:db8:0:0, however few of its zeros are written.
    expect([limiter.take('2001:db8::1'), limiter.take('2001:db8::2'), limiter.take('2001:db8::a:1:2:3')]).toEqual([
      null,
      1_000,
      1_000,
    ])
  })
})

describe('days', () => {
  it('are whole days since 1970', () => {
    expect([dayOf(0), dayOf(86_399_999), dayOf(86_400_000)]).toEqual([0, 0, 1])
    expect(untilTomorrowMs(86_400_000 - 5)).toBe(5)
  })
})
