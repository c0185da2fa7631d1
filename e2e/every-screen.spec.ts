/** Every screen there is, with something on it: axe finds nothing, at both widths and in both directions. */
import { expect, test } from '@playwright/test'
import { type Language, language } from '../apps/web/src/words/locale.ts'
import { t } from '../apps/web/src/words/t.ts'
import { speak } from '../story/words.ts'
import { madeCircle } from './support/made-circle.ts'
import { arriveAt, everyPath } from './support/paths.ts'
import { circleOfTwo } from './support/people.ts'

const DIRECTIONS: readonly Language[] = ['en', 'ar']

test('axe finds nothing on any screen, at both widths and in both directions', async ({ browser }) => {
  await speak('en')
  const at = await circleOfTwo(browser)
  const { amal, bea } = at
  const ids = await madeCircle(bea)
  await amal.link('Alongside')
  for (const each of DIRECTIONS) {
    await arriveAt(amal.page, '/settings')
    await amal.heading(t('settings.title'))
    await amal.pick(each === 'ar' ? 'العربية' : 'English')
    await expect(amal.page.locator('html')).toHaveAttribute('dir', each === 'ar' ? 'rtl' : 'ltr')
    await speak(each)
    for (const path of everyPath(ids)) {
      await test.step(`${path} in ${each}`, async () => {
        await amal.page.mouse.wheel(0, 1) // somebody is here: it must not lock
        await arriveAt(amal.page, path)
        await expect(amal.page).toHaveURL(new RegExp(`${path}$`))
        await amal.look(`${each} ${path}`)
      })
    }
  }
  language.value = 'en'
  at.watched.clean()
  await at.end()
})
