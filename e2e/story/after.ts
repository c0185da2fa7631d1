/** After the meeting: the sealed check-in, Today, a copy, and stopping. */
import { expect } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { t, textFor } from '../../apps/web/src/words/t.ts'
import type { Actor } from '../support/actor.ts'
import { look, PASS, type Stage } from './stage.ts'

const answer = (item: string, mark: number): string =>
  textFor(`check-in.answer.${item}.${mark}`) ?? textFor(`check-in.answer.${mark}`) ?? ''

async function openCheckIn(actor: Actor): Promise<void> {
  await actor.tab(t('shell.tab.today'))
  await actor.link(t('encounter.openLast'))
  await actor.page.getByRole('heading', { name: t('encounter.agenda') }).waitFor()
  await actor.link(t('encounter.lookBack'))
  await actor.heading(t('check-in.title'))
}

async function answerAll(
  stage: Stage,
  actor: Actor,
  step: string | null,
  marks: Record<string, number>,
): Promise<void> {
  await openCheckIn(actor)
  await look(stage, actor, 'check-in')
  if (step === null) await actor.button(t('check-in.skip'))
  else {
    await actor.pick(textFor(`check-in.step.${step}`) ?? '')
    await actor.button(t('check-in.next'))
  }
  for (const [n, item] of ['worth', 'voice', 'open', 'choice', 'free'].entries()) {
    await actor.heading(t('check-in.itemTitle', { n: n + 1, name: textFor(`check-in.item.${item}`) ?? '' }))
    await actor.pick(answer(item, marks[item] ?? 4))
    if (item === 'voice') await look(stage, actor, 'check-in-item')
    await actor.button(t('check-in.next'))
  }
  await actor.heading(t('check-in.powerTitle'))
  await actor.button(t('check-in.skip'))
  await actor.heading(t('check-in.checkTitle'))
}

export async function checkIn(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  await answerAll(stage, bea, null, {})
  await look(stage, bea, 'check-in-check')
  await bea.button(t('check-in.keep'))
  await bea.sees(t('check-in.keptTitle'))
  await bea.sees(t('check-in.noSharedAnswer'))

  await answerAll(stage, amal, 'showScreen', { voice: 2, open: 2 })
  await amal.pick(t('check-in.who.me'))
  await amal.button(t('check-in.keep'))
  await amal.sees(t('check-in.keptTitle'))
  // Bea's answers open to Amal; Amal's stay closed to Bea and look like none
  await expect(amal.page.getByRole('heading', { name: t('check-in.besideTitle') })).toBeVisible()
  await bea.sees(t('check-in.noSharedAnswer'))
  await look(stage, amal, 'check-in-private')
  await amal.button(t('check-in.showAnswers'))
  await expect(bea.page.getByRole('heading', { name: t('check-in.besideTitle') })).toBeVisible()
  await look(stage, bea, 'check-in-both')
  await look(stage, amal, 'check-in-shown')
  // the change asked for gets a dated reply
  await bea.pick(t('check-in.willDo'))
  await bea.write(t('check-in.replyWords'), stage.say('I will turn the screen to you.', 10))
  await bea.button(t('check-in.reply'))
  await expect(amal.page.getByText(stage.say('I will turn the screen to you.', 10))).toBeVisible()
  await amal.link(t('check-in.all'))
  await amal.heading(t('check-in.allTitle'))
  await look(stage, amal, 'check-ins')
}

export async function today(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  await bea.link(t('check-in.all'))
  await bea.heading(t('check-in.allTitle'))
  await bea.tab(t('shell.tab.today'))
  await bea.link(t('encounter.plan'))
  await bea.write(t('encounter.day'), '2030-01-17')
  await bea.button(t('encounter.savePlan'))
  await bea.page.getByRole('heading', { name: t('encounter.agenda') }).waitFor()
  await amal.tab(t('shell.tab.today'))
  await amal.sees(t('encounter.last'))
  await amal.page.getByRole('link', { name: t('encounter.talkAbout', { n: 1 }) }).waitFor()
  await look(stage, amal, 'today-full')
  await bea.tab(t('shell.tab.today'))
  await look(stage, bea, 'today-practitioner')
  await amal.tab(t('shell.tab.notes'))
  await look(stage, amal, 'notes')
  await amal.tab(t('shell.tab.plan'))
  await look(stage, amal, 'our-plan')
  await amal.tab(t('shell.tab.more'))
  await amal.link(t('who.open'))
  await amal.heading(t('who.title'))
  await look(stage, amal, 'who')
  await amal.link(t('who.rights'))
  await amal.heading(t('rights.title'))
  await look(stage, amal, 'rights')
}

export async function leaving(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  await amal.tab(t('shell.tab.more'))
  await amal.link(t('who.open'))
  await amal.link(t('who.leave'))
  await amal.heading(t('leaving.titlePerson'))
  await look(stage, amal, 'leave')
  await amal.button(t('leaving.makeCopy'))
  const saved = async (button: string): Promise<string> => {
    const [file] = await Promise.all([amal.page.waitForEvent('download'), amal.link(button)])
    return readFile(await file.path(), 'utf8')
  }
  const copy = await saved(t('leaving.savePage'))
  for (const words of [
    'The lock is broken since Sunday.',
    stage.say('It was broken on Saturday.', 10),
    stage.say('We meet on Thursdays at the library.'),
  ])
    expect(copy).toContain(words)
  expect(copy).not.toContain('cousin')
  expect(copy).not.toMatch(/<script|https?:\/\//)
  expect(JSON.parse(await saved(t('leaving.saveData')))).toMatchObject({ format: 'alongside-take-out', version: 1 })
  // opened without our software: a page of its own, from the file alone
  const alone = await amal.page.context().newPage()
  await alone.setContent(copy)
  await expect(alone.getByText('The lock is broken since Sunday.').first()).toBeVisible()
  await alone.close()

  // stop sharing, at once
  const stop = amal.page.getByRole('region', { name: t('leaving.stopWith', { name: 'Bea' }) })
  await amal.write(t('leaving.passphrase'), PASS.amal, stop)
  await amal.button(t('leaving.stopButton', { name: 'Bea' }), stop)
  await expect(stop).toHaveCount(0)
  await bea.tab(t('shell.tab.more'))
  await bea.link(t('who.open'))
  await bea.link(t('who.leave'))
  await expect(bea.page.getByText(t('leaving.phase', { phase: 'removedMe' })).first()).toBeVisible()
  await look(stage, bea, 'removed')

  // the circle opens, edits and exports without a practitioner
  await amal.tab(t('shell.tab.today'))
  await amal.press(amal.page.getByRole('link', { name: t('encounter.talkAbout', { n: 1 }) }))
  await amal.write(t('encounter.addLabel'), stage.say('Without Bea', 5))
  await amal.button(t('encounter.add'))
  await amal.sees(stage.say('Without Bea', 5))

  await amal.tab(t('shell.tab.more'))
  await amal.link(t('who.open'))
  await amal.link(t('who.leave'))
  const end = amal.page.getByRole('region', { name: t('leaving.endTitle') })
  await amal.pick(t('leaving.endNow'), end)
  await amal.write(t('leaving.passphrase'), PASS.amal, end)
  await amal.press(end.getByRole('button').last())
  await expect(amal.page.getByText(t('leaving.phase', { phase: 'ended' })).first()).toBeVisible()
  await look(stage, amal, 'ended')
}

/** Leave fast: the page is covered and gone, and coming back shows a locked device. */
export async function leaveFast(stage: Stage): Promise<void> {
  const { bea } = stage
  await bea.tab(t('shell.tab.today'))
  await bea.button(t('shell.leave'))
  await bea.page.waitForURL(/blank\.html|about:blank/)
  await bea.page.goto('/')
  await bea.heading(t('shell.unlock.title'))
}
