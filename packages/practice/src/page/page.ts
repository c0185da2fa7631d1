/**
 * The practice page: who the practitioner is, how they work, what they control, what they cannot keep to themselves,
 * what it costs. A draft may leave anything empty; what must be filled before it goes out is in `publish.ts`.
 * Each text is bounded here, and the whole in `bytes.ts`, which screens do not need.
 */
import { bool, list, maybe, oneOf, record, text, type Of } from '@alongside/base/codec.ts'
import { readyText, SECTIONS } from '../agreement/events.ts'
import { language } from '../people/events.ts'
import { memberName } from '../people/name.ts'
import { between, day, isBlank } from '../shapes.ts'

/** What a limit is about: what could make the practitioner tell somebody, or who else can see something. */
export const LIMIT_KINDS = [
  'child',
  'relyOnCare',
  'endLife',
  'hurtOther',
  'court',
  'boss',
  'funders',
  'notChosen',
  'under',
  'group',
  'app',
] as const
export type LimitKind = (typeof LIMIT_KINDS)[number]

export const DUTIES = ['must', 'may', 'notSettled', 'never'] as const
export const WARN_DUTIES = ['must', 'may', 'notSettled'] as const
export const TIERS = ['full', 'middle', 'low', 'free'] as const
/** Whom a line of the draft agreement asks something of. */
export const DRAFT_ASKS = ['practitioner', 'person', 'both', 'nobody'] as const

const long = text(4000)
const middle = text(2000)
const short = text(300)

/** The page's own texts, in the order they are shown. */
const words = {
  how: long,
  why: long,
  who: long,
  what: long,
  controls: long,
  cannotMove: long,
  whoseSide: middle,
  whoPays: middle,
  whoGains: middle,
  givesBack: middle,
  training: middle,
  oversight: middle,
  complaint: middle,
  /** What they choose to share about their own place in the world. */
  place: long,
}
export const PAGE_TEXTS = Object.keys(words) as readonly (keyof typeof words)[]

const limitWords = { text: middle, first: middle, youCan: middle }

const limit = record({
  kind: oneOf(LIMIT_KINDS),
  duty: maybe(oneOf(DUTIES)),
  ...limitWords,
  source: short,
  checkedOn: maybe(day),
  checkedBy: short,
})
export type Limit = Of<typeof limit>

const warning = record({ duty: oneOf(WARN_DUTIES), source: short, checkedOn: maybe(day) })

const draftLine = record({
  section: between(1, SECTIONS),
  text: middle,
  asks: oneOf(DRAFT_ASKS),
  refusable: bool,
  why: text(1000),
  ready: maybe(readyText),
})
export type DraftLine = Of<typeof draftLine>

const MAX_LIMITS = 16
const MAX_DRAFT = 30

/** The shape of a page; its order of fields is the format. */
export const page = record({
  form: between(1, 1),
  name: memberName,
  language,
  ...words,
  limits: list(limit, MAX_LIMITS),
  dutyToWarn: maybe(warning),
  cost: list(record({ tier: oneOf(TIERS), amount: text(200) }), TIERS.length),
  draft: list(draftLine, MAX_DRAFT),
  /** The same in a second language; rows stand beside the rows of the first, in order. */
  secondLanguage: maybe(
    record({
      language,
      ...words,
      limits: list(record(limitWords), MAX_LIMITS),
      cost: list(text(200), TIERS.length),
      draft: list(middle, MAX_DRAFT),
    }),
  ),
})
export type PracticePage = Of<typeof page>

/** A page on which nothing is filled but the name. */
export function emptyPage(name: string, language: string): PracticePage {
  const none = Object.fromEntries(PAGE_TEXTS.map((field) => [field, ''])) as Record<keyof typeof words, string>
  return {
    form: 1,
    name,
    language,
    ...none,
    limits: [],
    dutyToWarn: null,
    cost: [],
    draft: [],
    secondLanguage: null,
  }
}

/** PAG-9: the page as read in a language: the second one's texts where it has them, else the first one's. */
export function pageIn(value: PracticePage, wanted: string): PracticePage {
  const second = value.secondLanguage
  if (second === null || second.language !== wanted) return value
  const or = (text: string | undefined, first: string) => (text === undefined || isBlank(text) ? first : text)
  const texts = Object.fromEntries(PAGE_TEXTS.map((field) => [field, or(second[field], value[field])]))
  return {
    ...value,
    ...texts,
    limits: value.limits.map((row, i) => ({
      ...row,
      text: or(second.limits[i]?.text, row.text),
      first: or(second.limits[i]?.first, row.first),
      youCan: or(second.limits[i]?.youCan, row.youCan),
    })),
    cost: value.cost.map((row, i) => ({ ...row, amount: or(second.cost[i], row.amount) })),
    draft: value.draft.map((row, i) => ({ ...row, text: or(second.draft[i], row.text) })),
  }
}
