/**
 * The door by which the app comes to its device: there is none on a device that fails its own test. Nothing was written then
 * and nothing opened, so what is kept is as it was. SPEC CRY-5.
 */
import { ok, type Result } from '@alongside/base/result.ts'
import { selfTest, type SelfTestError } from '@alongside/record/self-test.ts'
import { createAlongside, type Alongside, type Setting } from './alongside.ts'
import type { World } from './core.ts'

/** A whole device on a store and a network, after its self-test; the reason when it must not start. */
export function startAlongside(world: World, setting: Setting): Result<Alongside, SelfTestError> {
  const tested = selfTest(world.random)
  return tested.ok ? ok(createAlongside(world, setting)) : tested
}
