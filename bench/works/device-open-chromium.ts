/** As `device-open`, in Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { writeRecord } from '@alongside/device/testing/long-record.ts'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../../tools/lib/chromium.ts'
import type { Page as BenchPage, RecordText, Turn } from '../pages/open.ts'
import type { Work } from '../lib/work.ts'

const ENTRIES = 10_000
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Builds the page and serves it on loopback, where a browser lets it use its cryptography. */
async function servePage() {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-page-'))
  const root = join(import.meta.dirname, '..', 'pages')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, rolldownOptions: { input: join(root, 'open.html') } },
  })
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    try {
      const body = readFileSync(join(folder, path))
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `http://127.0.0.1:${port}/open.html`, close }
}

export const work: Work = {
  name: 'device-open-chromium',
  what:
    'Opens the same 10,000 entries in headless Chromium, every check done, two workers reading ahead. ' +
    'Raw: two workers derive each key, open, parse and verify with WebCrypto, 64 at a time, and nothing else.',
  figures: [{ name: 'time', unit: 'ms' }],
  ratios: [
    { goal: 'P5', figure: 'time', ours: 'ours', against: 'raw', atMost: 1.25 },
    { goal: '–', figure: 'time', ours: 'ours', against: 'ours, one thread' },
  ],
  open: async () => {
    const path = findChromium()
    if (path === null) throw new Error('No Chromium was found. Set CHROMIUM_PATH to one.')
    const record = await writeRecord(ENTRIES)
    const text: RecordText = {
      circleId: base64(record.circleId),
      boxId: record.boxId,
      secrets: record.secrets.map(base64),
      signers: record.writers.map((one) => [one.deviceId, base64(one.device.signing.publicKey)]),
      sizes: record.envelopes.map((one) => one.length),
      envelopes: base64(Buffer.concat(record.envelopes)),
    }
    const served = await servePage()
    const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] })
    const page = await browser.newPage()
    await page.goto(served.url)
    await page.waitForFunction(() => 'bench' in globalThis)
    await page.evaluate((given) => (globalThis as unknown as { bench: BenchPage }).bench.take(given), text)
    const side = (name: Turn) => ({
      name,
      turn: async () => ({
        time: await page.evaluate((which) => (globalThis as unknown as { bench: BenchPage }).bench.turn(which), name),
      }),
    })
    return {
      sides: [side('ours'), side('raw'), side('ours, one thread')],
      notes: [`Chromium ${browser.version()}`, `${record.bytes} bytes of envelopes`],
      close: async () => {
        await browser.close()
        served.close()
      },
    }
  },
}
