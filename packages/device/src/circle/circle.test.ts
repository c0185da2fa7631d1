import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { must } from '@alongside/base/result.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { agenda, inStep, item, pair, PASS, reopen, type Pair } from '../testing/pair.ts'
import { until } from '../testing/world.ts'

let relay: TestRelay
let both: Pair

beforeEach(async () => {
  relay = await startTestRelay()
  both = await pair(relay)
})

afterEach(async () => {
  both.amal.core.close()
  both.bea.core.close()
  await relay.remove()
})

describe('two devices and a relay', () => {
  it('what one says the other has, in the same order, with the same head and state', async () => {
    must(await both.amal.circle.act([item(1)]))
    must(await both.bea.circle.act([item(2)]))
    await inStep(both)
    expect(agenda(both.amal.circle)).toEqual(agenda(both.bea.circle))
    expect(agenda(both.amal.circle).length).toBe(2)
    expect(both.amal.circle.now().confirmed.head).toEqual(both.bea.circle.now().confirmed.head)
  })
})
