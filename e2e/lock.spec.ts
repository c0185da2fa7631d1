/**
 * Locking: by itself after two minutes without a touch or out of sight, after twenty in a meeting. What is being typed is
 * saved first. While it is locked nothing of the record can be read on the screen, in the page, or in the browser's files.
 */
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelayProcess } from '../story/relay-process.ts'
import { speak } from '../story/words.ts'
import { t } from '../apps/web/src/words/t.ts'
import { Actor, PHONE } from './support/actor.ts'
import { circleOfTwo, comeIn, newLink, PASSPHRASE, practitioner, unlock } from './support/people.ts'
import { watchful } from './support/watchful.ts'

test.beforeAll(() => speak('en'))

const HALF = 'Half a sentence about the lan'

/** The agenda, with half a line typed, on a page whose clock is the test's. */
async function halfTyped(amal: Actor): Promise<void> {
  await amal.page.clock.install()
  await amal.page.goto('/agenda')
  await unlock(amal)
  await amal.write(t('encounter.addLabel'), 'A line that is said')
  await amal.button(t('encounter.add'))
  await expect(amal.page.locator('.agenda-line')).toHaveCount(1)
  await amal.write(t('encounter.addLabel'), HALF)
}

async function isLocked(amal: Actor): Promise<void> {
  await amal.heading(t('shell.unlock.title'))
  const page = await amal.page.content()
  expect(page).not.toContain('A line that is said')
  expect(page).not.toContain(HALF)
}

async function stillTyped(amal: Actor): Promise<void> {
  await unlock(amal)
  await expect(amal.field(t('encounter.addLabel'))).toHaveValue(HALF)
  await expect(amal.page.locator('.agenda-line')).toHaveCount(1)
}

function showAs(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((is) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => is })
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (is ? 'hidden' : 'visible') })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

test('two minutes without a touch, or out of sight: it warns, saves, locks, and gives back what was typed', async ({
  browser,
}) => {
  const at = await circleOfTwo(browser)
  const { amal } = at
  const { clock } = amal.page
  await halfTyped(amal)
  await clock.fastForward('01:45')
  await amal.sees(t('shell.lockSoon'))
  await amal.page.mouse.click(5, 400)
  await amal.seesNot(t('shell.lockSoon'))
  await clock.fastForward('01:45')
  await amal.sees(t('shell.lockSoon'))
  await clock.fastForward('00:20')
  await isLocked(amal)
  await stillTyped(amal)

  await showAs(amal.page, true)
  await clock.fastForward('02:05')
  await showAs(amal.page, false)
  await isLocked(amal)
  await stillTyped(amal)
  at.watched.clean()
  await at.end()
})

test('in a meeting it stays open for twenty minutes, and not longer', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const { amal } = at
  await amal.page.clock.install()
  await amal.page.goto('/')
  await unlock(amal)
  await amal.button(t('encounter.meetNow'))
  await amal.button(t('encounter.markMet'))
  await amal.page.getByRole('button', { name: t('encounter.weAreMeeting'), pressed: true }).waitFor()
  await amal.page.clock.fastForward('19:00')
  await amal.heading()
  await expect(amal.page.getByRole('heading', { name: t('shell.unlock.title'), exact: true })).toHaveCount(0)
  await amal.page.clock.fastForward('01:05')
  await amal.heading(t('shell.unlock.title'))
  at.watched.clean()
  await at.end()
})

/** How many sealed values the browser holds. */
const rows = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        const opening = indexedDB.open('data')
        opening.onsuccess = () => {
          const counting = opening.result.transaction('v').objectStore('v').count()
          counting.onsuccess = () => {
            opening.result.close()
            done(counting.result)
          }
        }
      }),
  )

test('a tab that is gone in the middle of a word: the words come back when it is opened again', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const { amal, context } = at
  await amal.page.goto('/agenda')
  await unlock(amal)
  const before = await rows(amal.page)
  await amal.write(t('encounter.addLabel'), HALF)
  await expect.poll(() => rows(amal.page)).toBe(before + 1)
  await amal.page.close()
  const again = await amal.beside(context)
  await again.page.goto('/agenda')
  await unlock(again)
  await expect(again.field(t('encounter.addLabel'))).toHaveValue(HALF)
  // said once, it is let go of
  await again.button(t('encounter.add'))
  await expect(again.page.locator('.agenda-line')).toHaveCount(1)
  await expect(again.field(t('encounter.addLabel'))).toHaveValue('')
  await expect(again.page.locator('.agenda-line')).toContainText(t('components.noWordYet', { name: 'Bea' }))
  await again.page.reload()
  await unlock(again)
  await expect(again.page.locator('.agenda-line')).toHaveCount(1)
  await expect(again.field(t('encounter.addLabel'))).toHaveValue('')
  at.watched.clean()
  await at.end()
})

/** Which words stand anywhere in the files of a folder, as UTF-8 or UTF-16. */
function found(folder: string, words: readonly string[]): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const hits: string[] = []
  for (const file of files) {
    let bytes: Buffer
    try {
      bytes = readFileSync(join(file.parentPath, file.name))
    } catch {
      continue // a file of the browser that is gone meanwhile
    }
    for (const word of words)
      if (bytes.includes(Buffer.from(word, 'utf8')) || bytes.includes(Buffer.from(word, 'utf16le')))
        hits.push(`${word} in ${file.parentPath.slice(folder.length)}/${file.name}`)
  }
  return hits
}

test('while it is locked, the files of the browser hold nothing that can be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'))
  const relay = await startRelayProcess()
  const bea = await practitioner(relay, 'Beaquokka')
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    ...test.info().project.use.launchOptions,
    locale: 'en',
    baseURL: relay.url,
    viewport: PHONE,
    hasTouch: true,
  })
  const watched = await watchful(context, relay.url)
  const amal = await Actor.arrive('Amal', context, 'touch')
  const words = ['Amalwombat', 'Beaquokka', 'agendanumbat', 'privatebilby', 'draftdingo', 'housing report', PASSPHRASE]
  const [person = '', , line = '', own = '', half = ''] = words
  await comeIn(amal, await newLink(bea), person)
  await amal.link('Alongside')
  await amal.button(t('encounter.meetNow'))
  await amal.write(t('encounter.addLabel'), line)
  await amal.button(t('encounter.add'))
  await expect(
    amal.page.locator('.agenda-line', { hasText: t('components.noWordYet', { name: 'Beaquokka' }) }),
  ).toHaveCount(1)
  await amal.write(t('encounter.addLabel'), half)
  await amal.tab(t('shell.tab.notes'))
  await amal.press(amal.the('link', t('own.open')))
  await amal.write(t('own.label'), own)
  await amal.button(t('own.keep'))
  await expect(amal.page.getByText(own)).toHaveCount(1)
  await amal.page.goto('/settings')
  await amal.pick(t('settings.textLarger'))
  // a passphrase that was made visible is no word for the browser to remember either
  await amal.page.goto('/more')
  await amal.tick(t('components.showPassphrase'))
  await unlock(amal)
  await amal.button(t('shell.lockNow'))
  await amal.heading(t('shell.unlock.title'))

  expect(await amal.page.title()).toBe('Alongside')
  const plain = await amal.page.evaluate(async () => {
    const inCaches: string[] = []
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) inCaches.push(request.url)
    }
    return JSON.stringify([
      location.href,
      history.state,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      inCaches,
      document.documentElement.outerHTML,
    ])
  })
  for (const word of words) expect(plain).not.toContain(word)
  expect(found(folder, words)).toEqual([])
  await context.close()
  // written out to the last byte: the text size, which may be read, shows that the search finds things
  expect(found(folder, ['alongside.text']).length).toBeGreaterThan(0)
  expect(found(folder, words)).toEqual([])
  watched.clean()
  rmSync(folder, { recursive: true, force: true })
  await bea.api.lock()
  await relay.stop()
})
