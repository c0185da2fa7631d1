/**
 * The first meeting in real Chromium: a practitioner and a person with a browser profile of their own each, through a
 * relay process that can read nothing. Once in each language by touch, and in English and Arabic by keyboard alone.
 */
import { test } from '@playwright/test'
import { startRelayProcess } from '../story/relay-process.ts'
import { Actor, PHONE, WIDE, type Hands } from './support/actor.ts'
import { speak, type Language } from '../story/words.ts'
import type { Stage } from './story/stage.ts'
import { STEPS } from './story/steps.ts'

const RUNS: readonly { language: Language; hands: Hands }[] = [
  { language: 'en', hands: 'touch' },
  { language: 'es', hands: 'touch' },
  { language: 'ar', hands: 'touch' },
  { language: 'en', hands: 'keyboard' },
  { language: 'ar', hands: 'keyboard' },
]

for (const { language, hands } of RUNS) {
  test(`a first meeting, in ${language}, by ${hands}`, async ({ browser }) => {
    await speak(language)
    const relay = await startRelayProcess()
    const options = { locale: language, baseURL: relay.url, acceptDownloads: true }
    const bea = await Actor.arrive('Bea', await browser.newContext({ ...options, viewport: WIDE }), hands)
    const amal = await Actor.arrive(
      'Amal',
      await browser.newContext({ ...options, viewport: PHONE, hasTouch: true }),
      hands,
    )
    const pictures = language !== 'es' && hands === 'touch'
    const stage: Stage = {
      relay,
      amal,
      bea,
      language,
      looks: hands === 'touch' && process.env['LOOKS'] !== '0',
      pictures,
      say: (words) => words,
    }
    try {
      for (const [name, step] of STEPS) await test.step(name, () => step(stage))
    } finally {
      await amal.page.context().close()
      await bea.page.context().close()
      await relay.stop()
    }
  })
}
