/** A relay inside the test's process, on a free port, with a clock the test sets and a folder of its own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RelayConfig } from '../config.ts'
import type { RelayEvent } from '../events.ts'
import { DEFAULT_QUOTAS } from '../limits.ts'
import { startRelay, type Relay, type RelayWorld } from '../server.ts'

export interface TestRelay extends Relay {
  readonly folder: string
  readonly events: readonly RelayEvent[]
  /** Sets the clock forward. */
  pass(ms: number): void
  /** Closes and starts again on the same folder. */
  restart(): Promise<TestRelay>
  /** Closes and removes the folder. */
  remove(): Promise<void>
  /** Whether this text is anywhere in the folder's files. */
  isOnDisk(marker: string): boolean
}

export const testConfig = (folder: string, change: Partial<RelayConfig> = {}): RelayConfig => ({
  host: '127.0.0.1',
  port: 0,
  dataFolder: folder,
  code: null,
  webFolder: null,
  behindProxy: false,
  quotas: DEFAULT_QUOTAS,
  maxFileBytes: null,
  ...change,
})

export async function startTestRelay(
  change: Partial<RelayConfig> = {},
  world: Partial<RelayWorld> = {},
): Promise<TestRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-relay-'))
  let now = 20_000 * 86_400_000
  const events: RelayEvent[] = []
  const start = async (): Promise<TestRelay> => {
    const relay = await startRelay(testConfig(folder, change), {
      clock: { now: () => now },
      report: (event) => events.push(event),
      ...world,
    })
    return {
      ...relay,
      folder,
      events,
      pass: (ms) => (now += ms),
      async restart() {
        await relay.close()
        return start()
      },
      async remove() {
        await relay.close()
        rmSync(folder, { recursive: true, force: true })
      },
      isOnDisk: (marker) => readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(marker)),
    }
  }
  return start()
}
