/** A browser whose source of chance is stuck: the device does not start, and the screen says so in plain words. */
import { expect, test } from '@playwright/test'
import { t } from '../apps/web/src/words/t.ts'
import { startRelayProcess } from '../story/relay-process.ts'
import { speak, type Language } from '../story/words.ts'
import { watchful } from './support/watchful.ts'

for (const language of ['en', 'es', 'ar'] as const satisfies readonly Language[])
  test(`[CRY-5] ADV-52 chance that repeats itself stops the device at its start, and people are told in ${language}`, async ({
    browser,
  }) => {
    await speak(language)
    const relay = await startRelayProcess()
    const context = await browser.newContext({ locale: language, baseURL: relay.url, serviceWorkers: 'block' })
    const watched = await watchful(context, relay.url)
    // the worker's own file, with a platform below it that gives the same bytes each time
    await context.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
      const answer = await route.fetch()
      const stuck = 'crypto.getRandomValues = (array) => array.fill(7);'
      await route.fulfill({ response: answer, body: `${await answer.text()}\n`.replace(/^/, stuck) })
    })
    const page = await context.newPage()
    for (const path of ['/', '/start', '/meet#x']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1, name: t('begin.noStorage.title') })).toBeVisible()
      await expect(page.getByText(t('begin.noStorage.why', { why: 'unsafe' }))).toBeVisible()
      await expect(page.getByText(t('begin.noStorage.unsafe2'))).toBeVisible()
    }
    watched.clean()
    await context.close()
    await relay.stop()
  })
