/**
 * The relay's command line. `main.ts` starts it; `main.ts inspect` prints everything its files hold, also while it runs.
 * Exit codes: 0 stopped cleanly, 1 could not start, 2 the settings or the command make no sense.
 */
import { resolve } from 'node:path'
import { explainConfigError, readConfig, type RelayConfig } from './config.ts'
import { describeHeld } from './inspect.ts'
import { startRelay } from './server.ts'
import { inspectSqliteFolder } from './store/sqlite.ts'

/** The folder that relative settings start from: the repository's. */
const root = resolve(import.meta.dirname, '../../..')

async function start(config: RelayConfig): Promise<void> {
  const relay = await startRelay(config)
  process.stdout.write(`Alongside relay at ${relay.url}\n`)
  const stop = () => void relay.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function fail(code: number, lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exit(code)
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'

const config = readConfig(process.env, root)
if (!config.ok) fail(2, config.error.map(explainConfigError))
const command = process.argv[2] ?? 'start'
if (command === 'start')
  await start(config.value).catch((error: unknown) => fail(1, [`The relay could not start: ${reasonOf(error)}`]))
else if (command === 'inspect')
  try {
    process.stdout.write(`${describeHeld(inspectSqliteFolder(config.value.dataFolder))}\n`)
  } catch (error) {
    fail(1, [`Nothing to inspect in ${config.value.dataFolder}: ${reasonOf(error)}`])
  }
else fail(2, [`Unknown command. Say: start, inspect.`])
