/** The agreement line by line, and one agenda for the meeting. */
import { expect } from '@playwright/test'
import { t, textFor } from '../../apps/web/src/words/t.ts'
import type { Actor } from '../support/actor.ts'
import { look, type Stage } from './stage.ts'

async function offer(actor: Actor, section: number, text: string | null): Promise<void> {
  const title = textFor(`agreement.section.${section}`) ?? ''
  await actor.link(t('agreement.offerLineIn', { title }))
  await actor.heading(t('agreement.newLineIn', { title }))
  if (text !== null) await actor.write(t('agreement.lineLabel'), text)
}

async function finish(actor: Actor): Promise<void> {
  await actor.pick(t('agreement.refusableYes'))
  await actor.button(t('agreement.check'))
  await actor.sees(t('agreement.nothingUntilYes'))
}

/** The card of one section. */
const section = (actor: Actor, n: number) =>
  actor.page.getByRole('region', {
    name: t('agreement.sectionTitle', { n, title: textFor(`agreement.section.${n}`) ?? '' }),
  })

export async function agreement(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  await bea.tab(t('shell.tab.plan'))
  await look(stage, bea, 'plan')
  await bea.link(t('agreement.open'))
  await bea.heading(t('agreement.title'))
  await look(stage, bea, 'agreement-empty')
  // ready text as it is, bound in every language; then own words
  await offer(bea, 9, null)
  await finish(bea)
  await bea.button(t('agreement.offer'))
  await bea.heading(t('agreement.title'))
  await offer(bea, 6, stage.say('We meet on Tuesdays at the library.', 10))
  await look(stage, bea, 'agreement-line')
  await finish(bea)
  await look(stage, bea, 'agreement-check')
  await bea.button(t('agreement.offer'))
  await bea.heading(t('agreement.title'))

  await amal.tab(t('shell.tab.today'))
  await amal.sees(t('agreement.waitsForYou', { n: 2 }))
  await look(stage, amal, 'today-turn')
  await amal.press(amal.page.getByRole('link', { name: t('agreement.waitsForYou', { n: 2 }) }))
  await amal.heading(t('agreement.title'))
  await look(stage, amal, 'agreement')
  await amal.button(t('agreement.yes'), section(amal, 6))
  await expect(section(amal, 6).getByText(t('agreement.statusWord', { status: 'live' }))).toBeVisible()
  await amal.button(t('agreement.leaveOff'), section(amal, 9))
  await expect(section(amal, 9).getByText(t('agreement.nothingYet'))).toBeVisible()
  await expect(section(bea, 6).getByText(t('agreement.statusWord', { status: 'live' }))).toBeVisible()

  // a change: old and new side by side, and nothing changes until both have said yes
  await amal.link(t('agreement.suggestChange'), section(amal, 6))
  await amal.heading()
  await amal.write(t('agreement.lineLabel'), stage.say('We meet on Thursdays at the library.', 10))
  await amal.button(t('agreement.check'))
  await amal.button(t('agreement.offer'))
  await amal.heading(t('agreement.title'))
  await expect(section(bea, 6).getByText(t('agreement.offered'), { exact: true })).toBeVisible()
  await look(stage, bea, 'agreement-change')
  await bea.button(t('agreement.yes'), section(bea, 6))
  await expect(section(amal, 6).locator('.line')).toHaveCount(1)
  await expect(section(amal, 6).getByText(stage.say('We meet on Thursdays at the library.', 10))).toBeVisible()
}

export async function meeting(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  await bea.tab(t('shell.tab.today'))
  await bea.link(t('encounter.plan'))
  await bea.heading(t('encounter.planTitle'))
  await look(stage, bea, 'meeting-plan')
  await bea.write(t('encounter.day'), '2030-01-10')
  await bea.write(t('encounter.time'), '10:00')
  await bea.write(t('encounter.place'), stage.say('The library, Mill Street', 5))
  await bea.button(t('encounter.savePlan'))
  await bea.page.getByRole('heading', { name: t('encounter.agenda') }).waitFor()
  await bea.write(t('encounter.addLabel'), stage.say('The housing form', 5))
  await bea.button(t('encounter.add'))
  await bea.sees(stage.say('The housing form', 5))
  await bea.unfold(t('encounter.intentionChoose'))
  await bea.pick(textFor('encounter.act.askFirst') ?? '')
  await bea.button(t('encounter.intentionSave'))
  await look(stage, bea, 'meeting')

  await amal.tab(t('shell.tab.today'))
  await amal.sees(t('encounter.nextWith', { name: 'Bea' }))
  await look(stage, amal, 'today')
  await amal.link(t('encounter.talkAbout', { n: 1 }))
  await amal.page.getByRole('heading', { name: t('encounter.agenda') }).waitFor()
  await amal.write(t('encounter.addLabel'), stage.say('The broken lock', 5))
  await amal.button(t('encounter.add'))
  await expect(bea.page.locator('.agenda-line').first()).toContainText(stage.say('The broken lock', 5))
  await look(stage, amal, 'meeting-before')
  await bea.button(t('encounter.markMet'))
  await bea.sees(t('encounter.status', { status: 'met' }))
  await expect(amal.page.getByText(t('encounter.status', { status: 'met' }), { exact: true })).toBeVisible()
  await amal.button(t('encounter.markTalkedLong', { line: stage.say('The broken lock', 5) }))
  await expect(bea.page.getByText(t('encounter.talked'), { exact: true }).first()).toBeVisible()
  await look(stage, bea, 'meeting-now')
}
