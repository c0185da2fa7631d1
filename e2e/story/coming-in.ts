/** Amal reads the page behind the link, asks without details, and says yes. */
import { expect } from '@playwright/test'
import { t } from '../../apps/web/src/words/t.ts'
import { look, PASS, type Stage } from './stage.ts'

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
  await amal.write(t('meet.question'), stage.say('What if someone sleeps in a car?', 10))
  await amal.button(t('meet.sendQuestion'))
  await amal.heading(t('meet.asked'))
  await look(stage, amal, 'asked')

  await bea.sees(stage.say('What if someone sleeps in a car?', 10))
  await bea.write(t('page.replyLabel', { n: 1 }), stage.say('I do not report that.', 10))
  await bea.button(t('page.reply'))
  await expect(async () => {
    const look = amal.the('button', t('meet.lookForReply'))
    if (await look.isVisible()) await amal.press(look)
    await expect(amal.page.getByText(stage.say('I do not report that.', 10))).toBeVisible({ timeout: 1_000 })
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

  await amal.heading(t('coming-in.youAreIn', { name: 'Amal' }))
  await amal.sees(t('agreement.floor.readAll'))
  await amal.sees(stage.say('Call 555 0100.', 10))
  await look(stage, amal, 'welcome-in')
  await look(stage, amal, 'way-back-offer')

  // a way back is offered, never required
  await amal.link(t('coming-in.makeWayBack'))
  await amal.heading(t('coming-in.wayBack'))
  await amal.write(t('coming-in.wayPassphrase'), PASS.amal)
  await look(stage, amal, 'way-back')
  await amal.button(t('coming-in.makeWayBack'))
  await amal.heading(t('coming-in.wayBackReady'))
  await look(stage, amal, 'way-back-made')
  await amal.page.goto('/')
  await unlock(amal, PASS.amal)

  // Bea's device has come in by itself; both compare the phrase
  const { bea } = stage
  await bea.page.goto('/')
  await unlock(bea, PASS.bea)
  await bea.press(bea.page.getByRole('link', { name: t('coming-in.compareWith', { name: 'Amal' }) }).first())
  await bea.heading(t('coming-in.compareTitle', { name: 'Amal' }))
  const said = await bea.page.locator('.digits').innerText()
  await amal.press(amal.page.getByRole('link', { name: t('coming-in.compareWith', { name: 'Bea' }) }).first())
  await amal.heading(t('coming-in.compareTitle', { name: 'Bea' }))
  expect(await amal.page.locator('.digits').innerText()).toBe(said)
  await look(stage, amal, 'compare')
  for (const actor of [amal, bea]) {
    await actor.pick(t('coming-in.seen', { value: 'inPerson' }))
    await actor.button(t('coming-in.keepCheck'))
  }
  await amal.sees(t('coming-in.theySay', { how: 'inPerson', name: 'Bea' }))
  await bea.sees(t('coming-in.theySay', { how: 'inPerson', name: 'Amal' }))
  await amal.page.goto('/')
  await unlock(amal, PASS.amal)
  await bea.page.goto('/')
  await unlock(bea, PASS.bea)
}

/** After a reload the device is locked; the passphrase opens it where it was. */
export async function unlock(actor: Stage['amal'], passphrase: string): Promise<void> {
  await actor.heading(t('shell.unlock.title'))
  await actor.write(t('shell.unlock.label'), passphrase)
  await actor.button(t('shell.unlock.open'))
  await actor.page.getByRole('navigation').waitFor()
}
