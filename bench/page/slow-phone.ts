/** A phone as in a drawer somewhere: 390 px, a processor six times slower, 1.6 Mbit/s with 150 ms there and back. */
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { haveChromium } from '../../tools/lib/chromium.ts'
import type { Figures } from '../lib/work.ts'

const SLOWER = 6
const BYTES_PER_SECOND = 1_600_000 / 8
const LATENCY_MS = 150

export async function launch(): Promise<Browser> {
  const found = await haveChromium()
  if (!('path' in found)) throw new Error(found.why)
  return chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] })
}

export const phone = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en', hasTouch: true })

/** Slows a page down; gives how many bytes have come since. */
export async function slow(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page)
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength))
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return () => bytes
}

/** Opens an address as if for the first time; `usable` is when a first heading stands and the page answers again. */
export async function openFirst(browser: Browser, url: string): Promise<Figures> {
  const context = await phone(browser)
  try {
    const page = await context.newPage()
    const bytes = await slow(page)
    await page.goto(url, { waitUntil: 'commit' })
    await page.waitForFunction(() => document.querySelector('#app h1, #app h2') !== null, undefined, { polling: 'raf' })
    const { usable, painted } = await page.evaluate(
      () =>
        new Promise<{ usable: number; painted: number }>((done) => {
          // two frames later the heading is on the screen, and whatever kept the page busy is over
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN
              done({ usable: performance.now(), painted })
            }),
          )
        }),
    )
    return { painted, usable, bytes: bytes() / 1024 }
  } finally {
    await context.close()
  }
}
