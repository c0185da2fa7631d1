/**
 * Daily work: a relay in this process with its data in `.data/dev`, and Vite's development server in front,
 * passing `/v1` on to it (WebSocket too). Stop with Ctrl-C.
 */
import { join } from 'node:path'
import { createServer } from 'vite'
import { readConfig } from '@alongside/relay/config.ts'
import { startRelay } from '@alongside/relay/server.ts'

const root = join(import.meta.dirname, '../..')
const env = { ALONGSIDE_PORT: '0', ALONGSIDE_DATA: '.data/dev', ...process.env, ALONGSIDE_WEB: '' }
const config = readConfig(env, root)
if (!config.ok) {
  for (const error of config.error) console.error(JSON.stringify(error))
  process.exit(2)
}
const relay = await startRelay(config.value)
const port = Number(process.env['PORT'] ?? 5173)
const vite = await createServer({
  configFile: join(import.meta.dirname, 'vite.config.ts'),
  server: { port, proxy: { '/v1': { target: relay.url, ws: true } } },
})
await vite.listen()
vite.printUrls()

const stop = async (): Promise<void> => {
  await vite.close()
  await relay.close()
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
