/** The practice page in the reader's language, and its texts as they are read aloud. */
import { pageIn, type Limit, type LimitKind, type PracticePage } from '@alongside/practice/page/page.ts'
import { formatDay } from '../../words/format.ts'
import { language } from '../../words/locale.ts'
import { t, textFor } from '../../words/t.ts'

export interface ShownPage {
  readonly page: PracticePage
  /** The language its own texts are in. */
  readonly lang: string
}

/** PAG-9: the second language where the reader speaks it, else the first. */
export function shownIn(page: PracticePage): ShownPage {
  const second = page.secondLanguage
  const lang = second !== null && second.language === language.value ? second.language : page.language
  return { page: pageIn(page, language.value), lang }
}

export const limitTitle = (kind: LimitKind): string => textFor(`meet.limit.${kind}`) ?? ''

/** Source, day and checker in one sentence; empty when neither source nor day is given. */
export function sourceText(row: Pick<Limit, 'source' | 'checkedOn'> & { readonly checkedBy?: string }): string {
  if (row.checkedOn === null) return row.source === '' ? '' : t('meet.source', { source: row.source })
  const day = formatDay(row.checkedOn, 'long')
  const by = row.checkedBy ?? ''
  if (row.source === '') return t('meet.checkedOn', { day })
  return by === ''
    ? t('meet.sourceChecked', { source: row.source, day })
    : t('meet.sourceCheckedBy', { source: row.source, day, name: by })
}

/** The limits as one text to listen to. */
export function limitsAloud(page: PracticePage): string {
  const rows = page.limits.flatMap((limit) => [
    limitTitle(limit.kind),
    limit.duty === null ? '' : t('meet.legal.duty', { duty: limit.duty }),
    limit.text,
    limit.first,
    limit.youCan,
  ])
  return [t('meet.limitsLead'), ...rows].filter((text) => text !== '').join('\n')
}

/** The parts of the page in the order they are shown, each with its heading; parts left empty are left out. */
export const PARTS = [
  { part: 'me', texts: ['place'] },
  { part: 'work', texts: ['how', 'why', 'who', 'what'] },
  { part: 'power', texts: ['controls', 'cannotMove'] },
  { part: 'side', texts: ['whoseSide'] },
  { part: 'money', texts: ['whoPays', 'whoGains', 'givesBack'] },
  { part: 'care', texts: ['training', 'oversight', 'complaint'] },
] as const

export type PartName = (typeof PARTS)[number]['part']
export type TextName = (typeof PARTS)[number]['texts'][number]

export const partTitle = (part: PartName): string => textFor(`meet.part.${part}`) ?? ''
export const textTitle = (name: TextName): string => textFor(`meet.text.${name}`) ?? ''

/** The rest of the page as one text to listen to. */
export function partsAloud(page: PracticePage): string {
  return PARTS.flatMap(({ texts }) =>
    texts.flatMap((name) => (page[name] === '' ? [] : [textTitle(name), page[name]])),
  ).join('\n')
}
