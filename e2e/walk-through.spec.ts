/**
 * The walk-through world in real Chromium: two seats that say they are invented, an act in one that arrives in the other,
 * and nothing of it left in the browser that showed it.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type FrameLocator, type Page } from '@playwright/test'
import { startRelayProcess, type RunningRelay } from '../story/relay-process.ts'
import { t } from '../apps/web/src/words/t.ts'
import { PHONE, WIDE } from './support/actor.ts'
import { speak, type Language } from '../story/words.ts'

let relay: RunningRelay
test.beforeAll(async () => {
  relay = await startRelayProcess()
})
test.afterAll(() => relay.stop())

const seat = (page: Page, which: 'amina' | 'rosa'): FrameLocator => page.frameLocator(`.seat.${which} iframe`)

/** Waits until both devices show the first screen of the story. */
async function told(page: Page): Promise<void> {
  await expect(page.locator('.seat')).toHaveCount(2, { timeout: 60_000 })
  for (const which of ['amina', 'rosa'] as const) await expect(seat(page, which).locator('h1')).toHaveCount(1)
}

/** What this browser keeps for the address, of every kind a device could be kept in. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const locks = await navigator.locks.query()
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      texts: Object.keys(localStorage).concat(Object.keys(sessionStorage)),
      locks: (locks.held ?? []).length,
      caches: await caches.keys(),
    }
  })
const NOTHING = { databases: [], texts: [], locks: 0, caches: [] }

/** How many rows this browser's own databases hold. */
const rows = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    let count = 0
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '')
        opening.addEventListener('success', () => resolve(opening.result))
        opening.addEventListener('error', () => reject(new Error('not opened')))
      })
      for (const store of db.objectStoreNames)
        count += await new Promise<number>((resolve) => {
          const counting = db.transaction(store).objectStore(store).count()
          counting.addEventListener('success', () => resolve(counting.result))
        })
      db.close()
    }
    return count
  })

/** Each seat is a page of its own, so each is looked at by itself, and then what stands around them. */
async function axe(page: Page, at: string, seats: readonly ('amina' | 'rosa')[]): Promise<void> {
  const frames = seats.map((which): { fromFrames: [string, string] } => ({
    fromFrames: [`.seat.${which} iframe`, 'html'],
  }))
  const around = new AxeBuilder({ page }).exclude('iframe')
  for (const look of [around, ...frames.map((frame) => new AxeBuilder({ page }).include(frame))]) {
    const { violations } = await look.analyze()
    const problems = violations.map((one) => `${one.id}: ${one.nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    expect(problems, `axe on ${at}`).toEqual([])
  }
}

for (const language of ['en', 'es', 'ar'] satisfies Language[])
  test(`two invented people on two devices, in ${language}`, async ({ browser }) => {
    await speak(language)
    const context = await browser.newContext({ locale: language, baseURL: relay.url, viewport: WIDE })
    const page = await context.newPage()
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') broken.push(line.text())
    })
    await page.goto('/story')
    await told(page)
    const [amina, rosa] = [seat(page, 'amina'), seat(page, 'rosa')]

    await test.step('both seats say that they are invented, and show the story', async () => {
      for (const one of [amina, rosa]) await expect(one.getByText(t('walk-through.banner'))).toBeVisible()
      await expect(amina.getByText(t('walk-through.story.room')).first()).toBeVisible()
      await expect(rosa.getByText(t('walk-through.story.callAid')).first()).toBeVisible()
      await axe(page, 'a wide screen', ['amina', 'rosa'])
    })

    await test.step('what Amina promises arrives at Rosa’s', async () => {
      await amina
        .getByRole('navigation')
        .getByRole('link', { name: t('shell.tab.plan'), exact: true })
        .click()
      await amina.getByRole('link', { name: t('commitment.openAll'), exact: true }).click()
      await amina.getByRole('link', { name: t('commitment.make'), exact: true }).click()
      await amina.getByLabel(t('commitment.textLabel'), { exact: true }).fill('walk-through 7')
      await amina.getByRole('button', { name: t('commitment.makeIt'), exact: true }).click()
      await rosa
        .getByRole('navigation')
        .getByRole('link', { name: t('shell.tab.plan'), exact: true })
        .click()
      await rosa.getByRole('link', { name: t('commitment.openAll'), exact: true }).click()
      await expect(rosa.getByText('walk-through 7').first()).toBeVisible()
    })

    await test.step('a link opened in a seat stays inside it, and a seat comes back after a reload', async () => {
      const frames = page.frames().map((frame) => new URL(frame.url()).pathname)
      expect(frames[0]).toBe('/story')
      expect(frames.slice(1).every((path) => path.startsWith('/story/seat/'))).toBe(true)
      await amina.getByRole('link', { name: t('shell.tab.today'), exact: true }).click({ modifiers: ['ControlOrMeta'] })
      expect(context.pages()).toHaveLength(1)
      await page.frames()[1]?.evaluate(() => location.reload())
      await expect(amina.getByText('walk-through 7').first()).toBeVisible()
    })

    await test.step('on a phone one seat shows at a time', async () => {
      await page.setViewportSize(PHONE)
      await expect(page.locator('.seat.rosa')).toBeHidden()
      await page.getByRole('button', { name: t('walk-through.seat.rosa') }).click()
      await expect(page.locator('.seat.amina')).toBeHidden()
      await expect(rosa.getByText(t('walk-through.banner'))).toBeVisible()
      await axe(page, 'a phone', ['rosa'])
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(sideways).toBeLessThanOrEqual(0)
    })

    expect(await kept(page)).toEqual(NOTHING)
    expect(broken).toEqual([])
    await context.close()
  })

test('it begins again with nothing of before, and leads back to the real start', async ({ browser }) => {
  await speak('en')
  const context = await browser.newContext({ locale: 'en', baseURL: relay.url, viewport: WIDE })
  const page = await context.newPage()
  await page.goto('/story/seat/amina') // a seat alone is not to be had
  await told(page)
  expect(new URL(page.url()).pathname).toBe('/story')
  const amina = seat(page, 'amina')
  await amina.getByRole('link', { name: t('shell.tab.more'), exact: true }).click()
  await page.getByRole('button', { name: t('walk-through.again') }).click()
  await expect(page.locator('.seat')).toHaveCount(0)
  await told(page)
  await expect(amina.getByText(t('walk-through.story.room')).first()).toBeVisible()
  expect(await kept(page)).toEqual(NOTHING)
  await page.getByRole('link', { name: t('walk-through.back') }).click()
  await expect(page.getByRole('heading', { name: t('shell.welcome.title') })).toBeVisible()
  await context.close()
})

test('leaving fast from a seat leaves the whole page', async ({ browser }) => {
  await speak('en')
  const context = await browser.newContext({ locale: 'en', baseURL: relay.url, viewport: PHONE })
  const page = await context.newPage()
  await page.goto('/story')
  await told(page)
  await seat(page, 'amina')
    .getByRole('button', { name: t('shell.leave') })
    .click()
  await page.waitForURL('**/blank.html')
  await context.close()
})

test('where a relay asks for a code, it says so', async ({ browser }) => {
  await speak('en')
  const guarded = await startRelayProcess({ ALONGSIDE_CODE: 'only for those who know' })
  const context = await browser.newContext({ locale: 'en', baseURL: guarded.url, viewport: PHONE })
  const page = await context.newPage()
  await page.goto('/story')
  await expect(page.getByRole('alert').getByText(t('walk-through.codeNeeded'))).toBeVisible()
  await expect(page.locator('.seat')).toHaveCount(0)
  await axe(page, 'a relay with a code', [])
  expect(await kept(page)).toEqual(NOTHING)
  await context.close()
  await guarded.stop()
})

test('a device of this browser is neither asked nor locked by it', async ({ browser }) => {
  await speak('en')
  const context = await browser.newContext({ locale: 'en', baseURL: relay.url, viewport: WIDE })
  const real = await context.newPage()
  await real.goto('/start')
  await real.getByLabel(t('begin.start.name'), { exact: true }).fill('Somebody')
  await real.getByLabel(t('begin.start.passphrase'), { exact: true }).fill('three blue boats at dawn')
  await real.getByRole('button', { name: t('begin.start.go') }).click()
  await real.getByRole('navigation', { name: t('shell.tabs') }).waitFor()
  const before = await rows(real)
  const page = await context.newPage()
  await page.goto('/story')
  await told(page)
  await expect(seat(page, 'rosa').getByText('Somebody')).toHaveCount(0)
  await expect(real.getByRole('navigation', { name: t('shell.tabs') })).toBeVisible()
  expect(await rows(real)).toBe(before)
  // The app itself runs in no frame, so a seat that went astray would show nothing.
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.frame().url().endsWith('/plan')) asked.push(new URL(request.url()).pathname)
  })
  await page.evaluate(
    () =>
      new Promise((loaded) => {
        const frame = document.createElement('iframe')
        frame.src = '/plan'
        frame.id = 'astray'
        frame.addEventListener('load', loaded, { once: true })
        document.body.append(frame)
      }),
  )
  await expect(page.frameLocator('#astray').locator('#app')).toBeEmpty()
  expect(asked.some((path) => path.endsWith('.js'))).toBe(true)
  expect(asked.filter((path) => /words-|worker/.test(path))).toEqual([])
  await context.close()
})
