/**
 * Leave fast, from every screen there is: the page is covered in the same moment, the device locks, the neutral page takes
 * the place of the screen in the history, and Back shows nothing of what was there.
 */
import { expect, test, type Page } from '@playwright/test'
import { LINE_TEXT, madeCircle } from './support/made-circle.ts'
import { t } from '../apps/web/src/words/t.ts'
import type { Actor } from './support/actor.ts'
import { arriveAt, everyPath } from './support/paths.ts'
import { circleOfTwo, newLink, shellKept, unlock } from './support/people.ts'
import { speak } from '../story/words.ts'

test.beforeAll(() => speak('en'))

/** Presses Leave fast and says what can be seen in the very same task, before anything else had a turn. */
const pressAndLook = (page: Page): Promise<{ readonly text: string; readonly title: string }> =>
  page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('button.leave')]
    buttons.at(-1)?.click()
    return { text: document.body.innerText.trim(), title: document.title.trim() }
  })

async function isLeft(actor: Actor): Promise<void> {
  await actor.page.waitForURL('**/blank.html')
  expect(await actor.page.title()).toBe('New tab')
  expect(await actor.page.locator('body').innerText()).toBe('')
}

async function backShowsNothing(actor: Actor): Promise<void> {
  await actor.page.goBack()
  await actor.heading(t('shell.unlock.title'))
  await expect(actor.page.getByText(LINE_TEXT)).toHaveCount(0)
  await expect(actor.page.getByText('Bea', { exact: true })).toHaveCount(0)
  expect(await actor.page.title()).toBe('Alongside')
}

test('every screen has it in reach, and it covers, locks, leaves, and Back shows nothing', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const { amal, bea } = at
  const ids = await madeCircle(bea)
  await shellKept(amal.page)
  await amal.link('Alongside')
  for (const path of everyPath(ids)) {
    await test.step(path, async () => {
      await arriveAt(amal.page, path)
      await expect(amal.page).toHaveURL(new RegExp(`${path}$`))
      const leave = amal.the('button', t('shell.leave'))
      await leave.click({ trial: true }) // in sight, and nothing lies over it
      const box = await leave.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
      expect(await pressAndLook(amal.page)).toEqual({ text: '', title: '' })
      await isLeft(amal)
      await backShowsNothing(amal)
      await unlock(amal)
    })
  }
  at.watched.clean()
  await at.end()
})

test('three presses of Shift do the same, also in the middle of a word, and in a question that must be answered', async ({
  browser,
}) => {
  const at = await circleOfTwo(browser)
  const { amal, bea } = at
  await madeCircle(bea)
  const { page } = amal
  await amal.link('Alongside')
  await arriveAt(page, '/agenda')
  await amal.sees(LINE_TEXT)
  await amal.field(t('encounter.addLabel')).pressSequentially('Half a wo')
  await page.keyboard.press('Shift')
  await page.keyboard.press('Shift')
  await expect(page.locator('[aria-live=assertive]')).toHaveText(t('shell.leaveMore', { n: 1 }))
  await page.keyboard.press('Shift')
  await isLeft(amal)
  await backShowsNothing(amal)

  // capital letters are no reason to leave
  await unlock(amal)
  await arriveAt(page, '/agenda')
  await expect(amal.field(t('encounter.addLabel')), 'what was half typed was saved first').toHaveValue('Half a wo')
  await amal.field(t('encounter.addLabel')).pressSequentially('ABC Def G')
  await expect(amal.field(t('encounter.addLabel'))).toHaveValue(/ABC Def G/)

  // a question over the page keeps the way out in reach
  await amal.page.goto('/')
  await amal.heading(t('shell.unlock.title'))
  await amal.unfold(t('shell.unlock.forgot'))
  await amal.button(t('shell.unlock.wipe'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t('shell.leave'), exact: true }).click()
  await isLeft(amal)
  at.watched.clean()
  await at.end()
})

test('it is there before anything is kept: while reading a page, asking, and answering yes', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const link = await newLink(at.bea)
  const { page } = at.amal
  for (const [path, to] of [
    ['read', null],
    ['yes', t('meet.yes')],
    ['ask', t('meet.ask')],
  ] as const) {
    await test.step(path, async () => {
      await page.goto('/blank.html')
      await page.goto(link)
      await at.amal.heading('Bea')
      if (to !== null) await at.amal.link(to)
      await page.locator('h1').first().waitFor()
      expect(await pressAndLook(page)).toEqual({ text: '', title: '' })
      await isLeft(at.amal)
      await page.goBack()
      await expect(page.getByText('County act 12')).toHaveCount(0)
      expect(page.url()).not.toContain('#')
    })
  }
  at.watched.clean()
  await at.end()
})

test('it goes where the person says, and an address that is none is refused with nothing lost', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const { amal, context } = at
  await context.route('https://weather.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' }),
  )
  await amal.page.goto('/settings')
  await amal.write(t('settings.leavePage'), 'not an address')
  await amal.button(t('settings.save'))
  await amal.sees(t('settings.leavePageWrong'))
  await expect(amal.field(t('settings.leavePage'))).toHaveValue('not an address')
  await amal.write(t('settings.leavePage'), 'weather.example')
  await amal.button(t('settings.save'))
  await amal.page.reload()
  await amal.button(t('shell.leave'))
  await amal.page.waitForURL('https://weather.example/')
  await amal.page.goBack()
  await expect(amal.page.getByText(LINE_TEXT)).toHaveCount(0)
  at.watched.clean([/a request to https:\/\/weather\.example/])
  await at.end()
})
