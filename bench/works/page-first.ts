/** The first page on a slow phone, beside the same words in bare Preact (P16). */
import { buildIfStale } from '../../tools/lib/web-build.ts'
import type { Opened, Work } from '../lib/work.ts'
import { startRelayProcess } from '../lib/relay-process.ts'
import { buildBarePage, type Piece } from '../page/bare-page.ts'
import { launch, openFirst, phone } from '../page/slow-phone.ts'
import { resolve } from 'node:path'
import type { Browser } from '@playwright/test'

const DIST = resolve(import.meta.dirname, '../../apps/web/dist')

/** Everything the welcome page says, piece by piece. */
async function wordsOf(browser: Browser, url: string): Promise<readonly Piece[]> {
  const context = await phone(browser)
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForSelector('#app h1, #app h2')
  const pieces = await page.evaluate(() => {
    const own = (element: Element): string =>
      [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent?.trim() ?? '')
        .join(' ')
        .trim()
    return [...document.querySelectorAll('#app *')]
      .map((element): [string, string] => [element.tagName.toLowerCase(), own(element)])
      .filter(([tag, text]) => text !== '' && tag !== 'svg' && tag !== 'script')
  })
  await context.close()
  return pieces
}

export const work: Work = {
  name: 'page-first',
  what: 'The welcome page for the first time: 390 px, 6× slowed processor, 1.6 Mbit/s, 150 ms there and back, nothing cached.',
  figures: [
    { name: 'painted', unit: 'ms to the first paint with content' },
    { name: 'usable', unit: 'ms to the heading and a free page' },
    { name: 'bytes', unit: 'KiB until then' },
  ],
  ratios: [
    { goal: 'P16', figure: 'usable', ours: 'ours', against: 'bare Preact', atMost: 1.3 },
    { goal: 'P16', figure: 'bytes', ours: 'ours', against: 'bare Preact' },
  ],
  async open(): Promise<Opened> {
    const built = await buildIfStale()
    if (built !== null && built.code !== 0) throw new Error(`the web app was not built: ${built.output.slice(-300)}`)
    const browser = await launch()
    const relay = await startRelayProcess({ ALONGSIDE_WEB: DIST })
    const pieces = await wordsOf(browser, relay.url)
    const page = await buildBarePage(pieces)
    const bare = await startRelayProcess({ ALONGSIDE_WEB: page.folder })
    return {
      sides: [
        { name: 'ours', turn: () => openFirst(browser, relay.url) },
        { name: 'bare Preact', turn: () => openFirst(browser, bare.url) },
      ],
      notes: [
        `Chromium ${browser.version()}; both pages are served by our relay, compressed with brotli`,
        `the bare page says the same ${pieces.length} pieces of text with our stylesheet, and does nothing else`,
      ],
      close: async () => {
        await browser.close()
        await relay.end()
        await bare.end()
        page.remove()
      },
    }
  },
}
