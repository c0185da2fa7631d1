/**
 * Starts Alongside on this machine: builds the web app if its sources changed, starts the relay that serves it, prints
 * the address, and stops both on Ctrl-C. Run by `npm start`, which has installed everything before.
 */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ourPath, ROOT } from './lib/install.mjs'
import { buildIfStale, isBuildStale } from './lib/web-build.ts'

const HELP = `npm start -- [options]

  --port N     the port to listen on (8787; 0 takes a free one)
  --host H     the address to listen on (127.0.0.1, this machine only; any other also needs an
               instance code in ALONGSIDE_CODE, and a proxy with TLS in front)
  --story      also print the address of an invented world to walk through
  --help       this text
`

export interface Options {
  readonly port: number
  readonly host: string
  readonly story: boolean
  readonly help: boolean
}

/** The options of a command line, or why they cannot be read. */
export function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8787' },
        host: { type: 'string', default: '127.0.0.1' },
        story: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!/^\d+$/.test(values.port) || port > 65_535) return `${values.port} is not a port: a number from 0 to 65535.`
    return { port, host: values.host, story: values.story, help: values.help }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Why nothing can listen there, or null. */
export function whyBusy(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(`Port ${port} is taken. Try another: npm start -- --port ${port + 1}`)
      else if (error.code === 'EACCES') resolve(`This account may not listen on port ${port}. Try 8787.`)
      else if (error.code === 'EADDRNOTAVAIL') resolve(`This machine has no address ${host}.`)
      else resolve(error.message)
    })
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })
}

/** What a relay makes and throws away while people come in stays small, see its README. */
const SMALL_NURSERY = '--max-semi-space-size=4'

/** Runs the relay until it ends or is told to; gives its exit code. */
function runRelay(options: Options): Promise<number> {
  const env = ourPath({
    ALONGSIDE_HOST: options.host,
    ALONGSIDE_PORT: String(options.port),
    ALONGSIDE_DATA: process.env['ALONGSIDE_DATA'] ?? join(ROOT, '.data', 'relay'),
    ALONGSIDE_WEB: join(ROOT, 'apps', 'web', 'dist'),
  })
  const relay = spawn(process.execPath, [SMALL_NURSERY, join(ROOT, 'packages/relay/start.mjs')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let shown = false
  relay.stdout.setEncoding('utf8').on('data', (text: string) => {
    const address = /https?:\/\/[^\s/]+/.exec(text)?.[0]
    if (shown || address === undefined) process.stdout.write(text)
    else {
      shown = true
      console.log(`\nAlongside is ready:  ${address}/`)
      if (options.story) console.log(`An invented world to walk through:  ${address}/story`)
      console.log('Ctrl-C stops it.\n')
    }
  })
  const stop = () => relay.kill('SIGTERM')
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return new Promise((resolve) => {
    relay.on('exit', (code) => resolve(code ?? 0))
  })
}

/** Everything from the command line to the end; gives the exit code. */
async function serve(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') {
    console.error(`${options}\n\n${HELP}`)
    return 2
  }
  if (options.help) {
    console.log(HELP)
    return 0
  }
  const busy = await whyBusy(options.host, options.port)
  if (busy !== null) {
    console.error(busy)
    return 1
  }
  if (isBuildStale(ROOT)) console.log('Building the web app…')
  const built = await buildIfStale()
  if (built !== null && built.code !== 0) {
    console.error(`${built.output}\nThe web app could not be built; the reason is above.`)
    return 1
  }
  return runRelay(options)
}

if (import.meta.main) process.exitCode = await serve(process.argv.slice(2))
