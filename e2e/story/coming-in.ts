/** Amal reads the page behind the link, asks without details, and says yes. */
import { expect } from '@playwright/test'
import { t } from '../../apps/web/src/words/t.ts'
import { PASS } from './page.ts'
import { look, type Stage } from './steps.ts'

export async function choosing(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  const link = stage.link ?? ''

  // a link cut short says so, and nothing was sent
  await amal.page.goto(link.slice(0, -5))
  await amal.sees(t('meet.fault.LinkNotWhole'))
  await look(stage, amal, 'link-cut')

  await amal.page.goto('/blank.html')
  await amal.page.goto(link)
  await amal.heading('Bea')
  expect(amal.page.url(), 'the secret leaves the address bar at once').not.toContain('#')
  await amal.sees(t('meet.limitsLead'))
  await look(stage, amal, 'meet')

  await amal.link(t('meet.ask'))
  await amal.heading(t('meet.askTitle'))
  await look(stage, amal, 'ask')
  await amal.write(t('meet.question'), 'What if someone sleeps in a car?')
  await amal.button(t('meet.sendQuestion'))
  await amal.heading(t('meet.asked'))
  await look(stage, amal, 'asked')

  await bea.sees('What if someone sleeps in a car?')
  await bea.write(t('page.replyLabel', { n: 1 }), 'I do not report that.')
  await bea.button(t('page.reply'))
  await expect(async () => {
    const look = amal.the('button', t('meet.lookForReply'))
    if (await look.isVisible()) await amal.press(look)
    await expect(amal.page.getByText('I do not report that.')).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await look(stage, amal, 'reply')
  await amal.link(t('meet.backToPage'))
}

export async function comingIn(stage: Stage): Promise<void> {
  const { amal } = stage
  await amal.heading('Bea')
  await amal.link(t('meet.yes'))
  await amal.heading(t('meet.yesTitle', { name: 'Bea' }))
  // the form says what it needs and clears nothing
  await amal.write(t('meet.called'), 'Amal')
  await amal.button(t('meet.found'))
  await amal.sees(t('meet.sayLimits'))
  await look(stage, amal, 'yes')
  await amal.pick(t('meet.limitsRead'))
  await amal.write(t('meet.passphrase'), PASS.amal)
  await amal.button(t('meet.found'))
}
