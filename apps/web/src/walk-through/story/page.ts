/** Rosa begins, fills her page and opens a place on it. */
import { emptyPage, PAGE_TEXTS, type Limit } from '@alongside/practice/page/page.ts'
import { textFor } from '../../words/t.ts'
import { PASSPHRASE } from '../seats.ts'
import { get } from './player.ts'
import type { Telling } from './telling.ts'

const KINDS = ['child', 'relyOnCare', 'endLife', 'hurtOther'] as const
const MUST = ['child', 'relyOnCare']

/** Gives the link to the place. */
export async function writePage({ rosa, words, language, day }: Telling): Promise<string> {
  const checked = { source: words.source, checkedOn: day(-30), checkedBy: words.rosa }
  const limits = KINDS.map((kind): Limit => {
    const ready = (part: 'first' | 'youCan') => textFor(`page.ready.limit.${kind}.${part}`) ?? ''
    const duty = MUST.includes(kind) ? 'must' : 'may'
    return { kind, duty, text: words[`limit.${kind}`], first: ready('first'), youCan: ready('youCan'), ...checked }
  })
  get(await rosa.api.create({ name: words.rosa, language, passphrase: PASSPHRASE }))
  const texts = Object.fromEntries(PAGE_TEXTS.map((field) => [field, words[field]]))
  get(
    await rosa.api.savePage({
      ...emptyPage(words.rosa, language),
      ...texts,
      limits,
      dutyToWarn: { duty: 'may', source: words.source, checkedOn: checked.checkedOn },
      cost: [
        { tier: 'full', amount: words.costFull },
        { tier: 'free', amount: words.costFree },
      ],
    }),
  )
  return get(await rosa.api.openPlace({ code: null })).link
}
