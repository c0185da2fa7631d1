/** In the meeting: a note written together with both cursors, ways forward, promises from both sides. */
import { expect } from '@playwright/test'
import { t } from '../../apps/web/src/words/t.ts'
import type { Actor } from '../support/actor.ts'
import { look, type Stage } from './stage.ts'

const LOCK = 'The lock is broken since Sunday.'
const TAKEN = ' My cousin stays here.'

/** Puts the caret at the end of a live field and types. */
async function typeInto(actor: Actor, label: string, words: string): Promise<void> {
  const field = actor.field(label)
  await field.waitFor()
  await field.focus()
  await actor.page.keyboard.press('Control+End')
  await actor.page.keyboard.type(words)
}

export async function note(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  await bea.link(t('encounter.writeNote'))
  await amal.link(t('encounter.writeNote'))
  await bea.button(t('note.addShared'))
  const label = t('note.sharedLabel', { n: 1 })
  await typeInto(bea, label, LOCK)
  await expect(amal.field(label)).toHaveValue(LOCK)
  await typeInto(amal, label, TAKEN)
  await expect(bea.field(label)).toHaveValue(LOCK + TAKEN)
  await amal.sees(t('note.writingWith', { names: 'Bea' }))
  // each sees where the other writes
  await expect(bea.page.locator('.caret')).toHaveCount(1)
  await look(stage, amal, 'note')
  await look(stage, bea, 'note-wide')
  // a line taken out before keeping leaves no trace
  await amal.field(label).focus()
  await amal.page.keyboard.press('Control+End')
  for (let i = 0; i < TAKEN.length; i++) await amal.page.keyboard.press('Backspace')
  await expect(bea.field(label)).toHaveValue(LOCK)

  await bea.button(t('note.keepLong', { n: 1 }))
  await bea.sees(t('note.needTo'))
  await bea.sees(t('note.whoElse'))
  await look(stage, bea, 'note-keep')
  await bea.button(t('note.keepYes'))
  await expect(amal.page.getByText(LOCK).first()).toBeVisible()

  await amal.button(t('note.addOwn'))
  await typeInto(amal, t('note.ownLabelMine', { n: 1 }), 'I was scared to open the door.')
  // only its owner can write it: the other reads along
  await expect(bea.page.getByText('I was scared to open the door.')).toBeVisible()
  await expect(bea.page.getByLabel(t('note.ownLabelOf', { n: 1, name: 'Amal' }))).toHaveCount(0)
  await amal.button(t('note.keepLong', { n: 1 }))
  await amal.button(t('note.keepYes'))

  await amal.button(t('note.differLong', { start: LOCK }))
  await amal.write(t('note.differLabel'), stage.say('It was broken on Saturday.', 10))
  await amal.button(t('note.differSave'))
  await expect(bea.page.getByText(stage.say('It was broken on Saturday.', 10))).toBeVisible()
  await bea.button(t('note.signLong', { start: 'I was scared to open the door.' }))
  await expect(amal.page.getByText(t('note.signedBy', { name: 'Bea' }))).toBeVisible()
  await look(stage, amal, 'note-kept')
}

export async function ways(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  await bea.press(bea.page.getByRole('link', { name: t('note.addWays') }).first())
  await bea.heading(t('ways.newTitle'))
  await bea.write(t('ways.question'), stage.say('What do we do about the lock?', 5))
  await bea.tick(t('ways.theirs', { name: 'Amal' }))
  await look(stage, bea, 'ways-new')
  await bea.button(t('ways.openIt'))
  await bea.heading(stage.say('What do we do about the lock?', 5))
  await bea.sees(t('ways.addAnother'))
  await bea.write(t('ways.wayLabel'), stage.say('Write to the landlord', 5))
  await bea.button(t('ways.addWay'))
  await bea.page.getByRole('heading', { name: stage.say('Write to the landlord', 5) }).waitFor()

  await amal.tab(t('shell.tab.today'))
  await amal.press(
    amal.page.getByRole('link', {
      name: t('ways.turnChoose', { question: stage.say('What do we do about the lock?', 5) }),
    }),
  )
  await amal.heading(stage.say('What do we do about the lock?', 5))
  await look(stage, amal, 'ways')
  await amal.unfold(t('ways.take', { way: stage.say('Write to the landlord', 5) }))
  await amal.button(t('ways.takeIt'))
  await expect(bea.page.getByText(t('ways.whatWeChose'))).toBeVisible()
  await look(stage, bea, 'ways-chosen')
}

export async function promises(stage: Stage): Promise<void> {
  const { amal, bea } = stage
  for (const [actor, words, due] of [
    [bea, stage.say('Call legal aid', 5), '2026-01-05'],
    [amal, stage.say('Bring the letter', 5), ''],
  ] as const) {
    await actor.tab(t('shell.tab.plan'))
    await actor.press(actor.page.getByRole('link', { name: t('commitment.openAll') }).first())
    await actor.heading(t('commitment.title'))
    await actor.link(t('commitment.make'))
    await actor.heading(t('commitment.makeTitle'))
    await actor.write(t('commitment.textLabel'), words)
    if (due !== '') await actor.write(t('commitment.dueLabel'), due)
    await actor.button(t('commitment.makeIt'))
    await actor.heading(t('commitment.title'))
  }
  await expect(bea.page.getByText(stage.say('Bring the letter', 5))).toBeVisible()
  await look(stage, amal, 'promises')
  // the one who works beside the person is asked to own a missed promise first
  await bea.sees(t('commitment.askedTitle', { n: 1 }))
  await look(stage, bea, 'promises-own')
  await bea.link(stage.say('Call legal aid', 5))
  await bea.heading(t('commitment.oneTitle'))
  await bea.write(t('commitment.ownLabel'), stage.say('I forgot. I am sorry.', 10))
  await look(stage, bea, 'promise')
  await bea.button(t('commitment.ownIt'))
  await expect(amal.page.getByText(t('commitment.standing', { how: 'owned' })).first()).toBeVisible()
  await amal.button(t('commitment.keptLong', { text: stage.say('Bring the letter', 5) }))
}
