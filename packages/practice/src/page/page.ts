/**
 * The practice page: who the practitioner is, how they work, what they control, what they cannot keep to themselves,
 * what it costs. A draft may leave anything empty; what must be filled before it goes out is in `publish.ts`.
 * The order of fields is the format. Each text is bounded, and the whole is (`encodePage`).
 */
import { decodeCbor, encodeCbor, type CborError } from '@alongside/base/cbor.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import { bool, list, maybe, oneOf, record, text, type CodecError, type Of } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { readyText, SECTIONS } from '../agreement/events.ts'
import { language, memberName } from '../people/events.ts'
import { between, day } from '../shapes.ts'

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
export type DutyToWarn = Of<typeof warning>

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

const page = record({
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

/** PAG-7: 48 KiB. */
export const MAX_PAGE = 48 * 1024

export type PageTooLong = { readonly type: 'PageTooLong'; readonly bytes: number; readonly max: number }
export type PageError = PageTooLong | CborError | CodecError

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

/** A page, finished or not, as bytes; or what does not fit. */
export function encodePage(value: PracticePage): Result<Bytes, PageError> {
  const plain = page.encode(value)
  const fits = page.decode(plain, 'page')
  if (!fits.ok) return fits
  const bytes = encodeCbor(plain)
  return bytes.length <= MAX_PAGE ? ok(bytes) : err({ type: 'PageTooLong', bytes: bytes.length, max: MAX_PAGE })
}

/** Bytes from anywhere as a page. Total. Whether it is finished is another question: `readPublishedPage`. */
export function decodePage(bytes: Uint8Array): Result<PracticePage, PageError> {
  if (bytes.length > MAX_PAGE) return err({ type: 'PageTooLong', bytes: bytes.length, max: MAX_PAGE })
  const plain = decodeCbor(bytes)
  return plain.ok ? page.decode(plain.value, 'page') : plain
}

/** PAG-9: the page as read in a language: the second one's texts where it has them, else the first one's. */
export function pageIn(value: PracticePage, wanted: string): PracticePage {
  const second = value.secondLanguage
  if (second === null || second.language !== wanted) return value
  const or = (text: string | undefined, first: string) => (text === undefined || text.trim() === '' ? first : text)
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
