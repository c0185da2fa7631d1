/** Bea starts on her device, writes her page and opens a place. */
import { expect } from '@playwright/test'
import { t, textFor } from '../../apps/web/src/words/t.ts'
import { look, PASS, type Stage } from './stage.ts'

export async function practicePage(stage: Stage): Promise<void> {
  const { bea } = stage
  await bea.page.goto('/')
  await bea.heading(t('shell.welcome.title'))
  await look(stage, bea, 'welcome')
  await bea.link(t('shell.welcome.start'))
  await bea.heading(t('begin.start.title'))
  await look(stage, bea, 'start')
  await bea.write(t('begin.start.name'), 'Bea')
  await bea.write(t('begin.start.passphrase'), PASS.bea)
  await bea.button(t('begin.start.go'))
  await bea.page.getByRole('navigation').waitFor()
  await look(stage, bea, 'today-empty')

  await bea.tab(t('shell.tab.more'))
  await look(stage, bea, 'more')
  await bea.page
    .getByRole('link', { name: t('page.title') })
    .first()
    .waitFor()
  await bea.press(bea.page.getByRole('link', { name: t('page.title') }).first())
  await bea.heading(t('page.title'))
  await bea.sees(t('page.missingTitle', { n: 4 }))
  await look(stage, bea, 'page')
  expect(await bea.the('button', t('page.toPlaces')).getAttribute('aria-disabled')).toBe('true')

  // limits: each of the four that a law decides
  await bea.press(bea.page.getByRole('link', { name: t('meet.limits') }).first())
  for (const kind of ['child', 'relyOnCare', 'endLife', 'hurtOther'] as const) {
    await bea.heading(t('meet.limits'))
    await bea.press(bea.page.getByRole('link', { name: textFor(`meet.limit.${kind}`) ?? '' }).first())
    await bea.heading(textFor(`meet.limit.${kind}`))
    await bea.pick(t('meet.legal.duty', { duty: kind === 'child' ? 'must' : 'may' }))
    await bea.write(t('page.limitText', { name: 'text' }), stage.say('I tell the county office.', 8))
    await bea.write(t('page.limitText', { name: 'first' }), stage.say('I tell you first.', 8))
    await bea.write(t('page.limitText', { name: 'youCan' }), stage.say('Have someone with you.', 8))
    await bea.write(t('page.source'), stage.say('County act 12', 2))
    await bea.button(t('page.checkedToday'))
    await look(stage, bea, 'page-limit')
    await bea.link(t('page.backToLimits'))
  }
  await bea.heading(t('meet.limits'))
  await look(stage, bea, 'page-limits')
  await bea.link(t('page.thenWarn'))
  await bea.heading(t('meet.warn'))
  await bea.pick(t('page.warnDuty', { duty: 'may' }))
  await bea.write(t('page.source'), stage.say('County act 14', 2))
  await bea.button(t('page.checkedToday'))
  await look(stage, bea, 'page-warn')
  await bea.link(t('page.backToParts'))

  const parts = [
    ['me', { place: stage.say('I have not been through asylum. I ask before I guess.', 10) }],
    [
      'work',
      {
        how: stage.say('We sit side by side.', 10),
        why: stage.say('It is fair.', 10),
        who: stage.say('You and me.', 10),
        what: stage.say('You start.', 10),
      },
    ],
    [
      'power',
      { controls: stage.say('I write the housing report.', 10), cannotMove: stage.say('The waiting list.', 10) },
    ],
    ['side', { whoseSide: stage.say('Yours, up to my limits.', 10) }],
    [
      'money',
      {
        whoPays: stage.say('The council pays me.', 10),
        whoGains: stage.say('The council.', 10),
        givesBack: stage.say('Two evenings a month.', 10),
      },
    ],
    [
      'care',
      {
        training: stage.say('Three years.', 10),
        oversight: stage.say('My team.', 10),
        complaint: stage.say('Call 555 0100.', 10),
      },
    ],
  ] as const
  for (const [part, texts] of parts) {
    await bea.heading(t('page.title'))
    await bea.press(bea.page.getByRole('link', { name: textFor(`meet.part.${part}`) ?? '' }).first())
    await bea.heading(textFor(`meet.part.${part}`))
    for (const [name, text] of Object.entries(texts)) await bea.write(textFor(`meet.text.${name}`) ?? '', text)
    if (part === 'power') await look(stage, bea, 'page-power')
    await bea.link(t('page.backToParts'))
  }
  await bea.heading(t('page.title'))
  await bea.sees(t('page.ready'))
  await bea.link(t('page.see'))
  await bea.sees(stage.say('I write the housing report.', 10))
  await look(stage, bea, 'page-see')
  await bea.page.goBack()
  await bea.heading(t('page.title'))
  await bea.button(t('page.toPlaces'))
  await bea.heading(t('page.places'))
  await look(stage, bea, 'places')
  await bea.button(t('page.openPlace'))
  await bea.page.locator('.link-text').waitFor()
  await look(stage, bea, 'place')
  stage.link = (await bea.page.locator('.link-text').textContent())?.trim() ?? ''
  expect(stage.link).toContain('/#')
  await bea.link(t('page.sheet'))
  await bea.heading()
  await look(stage, bea, 'place-sheet')
  await bea.page.goBack()
}
