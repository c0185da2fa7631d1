/** Rosa begins, fills her page and opens a place on it. */
import { emptyPage, type Limit } from '@alongside/practice/page/page.ts'
import { textFor } from '../../words/t.ts'
import { PASSPHRASE } from '../seats.ts'
import { get } from './player.ts'
import type { Telling } from './tell.ts'

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
  const { how, why, who, what, controls, cannotMove, whoseSide, whoPays, whoGains, givesBack } = words
  const { training, oversight, complaint, place } = words
  get(
    await rosa.api.savePage({
      ...emptyPage(words.rosa, language),
      ...{ how, why, who, what, controls, cannotMove, whoseSide, whoPays, whoGains, givesBack },
      ...{ training, oversight, complaint, place },
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
