/** The app on a phone: what it keeps of itself, that it opens without a network, and that it can be put on the home screen. */
import { expect, test } from '@playwright/test'
import { t } from '../apps/web/src/words/t.ts'
import { circleOfTwo, shellKept, unlock } from './support/people.ts'
import { speak } from '../story/words.ts'

test.beforeAll(() => speak('en'))

test('after the first load every screen opens without a network, and only the shell is kept in caches', async ({
  browser,
}) => {
  const at = await circleOfTwo(browser)
  const { amal, context } = at
  const { page } = amal
  await shellKept(page)

  await context.setOffline(true)
  for (const deep of ['/plan/agreement', '/who', '/notes', '/settings', '/']) {
    await page.goto(deep)
    if (deep !== '/settings') await unlock(amal)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expect(page.getByText(t('shell.loadFailed'))).toHaveCount(0)
    await amal.sees(t('shell.offline'))
  }

  const kept = await page.evaluate(async () => {
    const found: { readonly url: string; readonly text: string }[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        found.push({ url: new URL(request.url).pathname, text: (await answer?.text()) ?? '' })
      }
    }
    return found
  })
  expect(kept.length).toBeGreaterThan(20)
  const foreign = kept.filter(({ url }) => !/^\/(assets\/|icon|manifest\.webmanifest$|blank\.html$|$)/.test(url))
  expect(foreign.map(({ url }) => url)).toEqual([])
  expect(kept.filter(({ text }) => text.includes('I write the housing report'))).toEqual([])

  await context.setOffline(false)
  at.watched.clean()
  await at.end()
})

test('the manifest can be installed, with a name and icons, and asks for nothing else', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const devtools = await at.context.newCDPSession(at.amal.page)
  const manifest = await devtools.send('Page.getAppManifest')
  expect(manifest.errors).toEqual([])
  const said: { name: string; icons: { sizes: string }[]; start_url: string } = JSON.parse(manifest.data ?? '{}')
  expect(said.name).toBe('Alongside')
  expect(said.start_url).toBe('/')
  expect(said.icons.map((icon) => icon.sizes)).toContain('192x192')
  for (const icon of ['/icon-192.png', '/icon-512.png', '/icon.svg'])
    expect((await at.amal.page.request.get(icon)).status(), icon).toBe(200)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.map((one) => one.errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  at.watched.clean()
  await at.end()
})
