/**
 * A phone is gone and the paper is there: the person comes back with a new device. It reads and writes at once; a yes from it
 * waits until the other, who sees that it is new, says whose it is. Then the same yes counts.
 */
import { expect, test, type Page } from '@playwright/test'
import { t } from '../apps/web/src/words/t.ts'
import { speak, type Language } from '../story/words.ts'
import { Actor, PHONE } from './support/actor.ts'
import { madeCircle } from './support/made-circle.ts'
import { arriveAt } from './support/paths.ts'
import { circleOfTwo, PASSPHRASE } from './support/people.ts'
import { watchful } from './support/watchful.ts'

/** Makes a way back on the screens; gives its text. */
async function wayBack(amal: Actor): Promise<string> {
  await arriveAt(amal.page, '/way-back')
  await amal.heading(t('coming-in.wayBack'))
  await amal.write(t('coming-in.wayPassphrase'), PASSPHRASE)
  await amal.button(t('coming-in.makeWayBack'))
  await amal.heading(t('coming-in.wayBackReady'))
  return (await amal.page.locator('.way-text').innerText()).trim()
}

async function comeBack(actor: Actor, text: string): Promise<void> {
  await actor.page.goto('/come-back')
  await actor.write(t('coming-in.wayText'), text)
  await actor.write(t('coming-in.wayOldPassphrase'), PASSPHRASE)
  await actor.write(t('coming-in.devicePassphrase'), 'four new words here')
  await actor.button(t('coming-in.comeBackNow'))
  await actor.page.getByRole('navigation').waitFor()
}

const agreement = (page: Page): Promise<void> => arriveAt(page, '/plan/agreement')

for (const language of ['en', 'ar'] as const satisfies readonly Language[])
  test(`[PEO-18] [PEO-19] ADV-25 back with a paper, in ${language}: a yes from the new phone counts once it is known`, async ({
    browser,
  }) => {
    await speak(language)
    const at = await circleOfTwo(browser, { locale: language })
    await at.amal.link('Alongside')
    await madeCircle(at.bea)
    const text = await wayBack(at.amal)

    const context = await browser.newContext({
      locale: language,
      baseURL: at.relay.url,
      viewport: PHONE,
      hasTouch: true,
    })
    const watched = await watchful(context, at.relay.url)
    const again = await Actor.arrive('Amal', context, 'touch')
    await comeBack(again, text)
    await arriveAt(again.page, '/')
    await again.sees(t('coming-in.newDeviceThis'))
    await again.look(`${language} new device, itself`)
    await agreement(again.page)
    await again.heading(t('agreement.title'))
    await again.button(t('agreement.yes'))
    await again.sees(t('failure.rule.PEO-18'))
    await again.look(`${language} yes from a new device`)

    // the phone that was thought lost shows it too, and lets its owner say whose it is
    await arriveAt(at.amal.page, '/')
    await at.amal.sees(t('coming-in.newDeviceMine'))
    await at.amal.look(`${language} new device, mine`)
    await at.amal.button(t('coming-in.newDeviceIsMine'))
    await at.amal.seesNot(t('coming-in.newDeviceMine'))
    await again.button(t('agreement.yes'))
    await expect(again.page.getByText(t('agreement.statusWord', { status: 'live' }))).toBeVisible()
    watched.clean()
    at.watched.clean()
    await context.close()
    await at.end()
  })
