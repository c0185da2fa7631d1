/**
 * Changes to a practice page, as pure functions: rows keep the order of the format's own lists, and the texts of a second
 * language stay beside the rows they translate (PAG-9) whatever comes and goes.
 */
import {
  LIMIT_KINDS,
  PAGE_TEXTS,
  TIERS,
  type DraftLine,
  type Limit,
  type LimitKind,
  type PracticePage,
} from '@alongside/practice/page/page.ts'

export type PageText = (typeof PAGE_TEXTS)[number]
export type Tier = (typeof TIERS)[number]
export type SecondLanguage = NonNullable<PracticePage['secondLanguage']>
type SecondLimit = SecondLanguage['limits'][number]

const BLANK_LIMIT: SecondLimit = { text: '', first: '', youCan: '' }

function splice<T>(rows: readonly T[], at: number, remove: number, add: readonly T[]): readonly T[] {
  return [...rows.slice(0, at), ...add, ...rows.slice(at + remove)]
}

/** Where a row belongs: the index of the row with the same key, or where a new one goes in, by the order of `order`. */
function seat<K>(keys: readonly K[], key: K, order: readonly K[]): { readonly at: number; readonly old: 0 | 1 } {
  const same = keys.indexOf(key)
  if (same >= 0) return { at: same, old: 1 }
  const after = keys.findIndex((each) => order.indexOf(each) > order.indexOf(key))
  return { at: after < 0 ? keys.length : after, old: 0 }
}

/** A second language with exactly one place for each row of the page. */
export function aligned(page: PracticePage, second: SecondLanguage): SecondLanguage {
  return {
    ...second,
    limits: page.limits.map((_, row) => second.limits[row] ?? BLANK_LIMIT),
    cost: page.cost.map((_, row) => second.cost[row] ?? ''),
    draft: page.draft.map((_, row) => second.draft[row] ?? ''),
  }
}

const second = (page: PracticePage, change: (second: SecondLanguage) => SecondLanguage): SecondLanguage | null =>
  page.secondLanguage === null ? null : change(aligned(page, page.secondLanguage))

/** Puts a limit in place of the one of its kind, or adds it. */
export function withLimit(page: PracticePage, limit: Limit): PracticePage {
  const { at, old } = seat(
    page.limits.map((row) => row.kind),
    limit.kind,
    LIMIT_KINDS,
  )
  return {
    ...page,
    limits: splice(page.limits, at, old, [limit]),
    secondLanguage: second(page, (two) => ({
      ...two,
      limits: old === 1 ? two.limits : splice(two.limits, at, 0, [BLANK_LIMIT]),
    })),
  }
}

export function withoutLimit(page: PracticePage, kind: LimitKind): PracticePage {
  const at = page.limits.findIndex((row) => row.kind === kind)
  if (at < 0) return page
  return {
    ...page,
    limits: splice(page.limits, at, 1, []),
    secondLanguage: second(page, (two) => ({ ...two, limits: splice(two.limits, at, 1, []) })),
  }
}

/** Sets what a tier costs; an empty amount takes the tier off. */
export function withCost(page: PracticePage, tier: Tier, amount: string): PracticePage {
  const { at, old } = seat(
    page.cost.map((row) => row.tier),
    tier,
    TIERS,
  )
  const gone = amount === ''
  const beside = (two: SecondLanguage): SecondLanguage => {
    if (gone) return { ...two, cost: splice(two.cost, at, old, []) }
    return old === 1 ? two : { ...two, cost: splice(two.cost, at, 0, ['']) }
  }
  return {
    ...page,
    cost: splice(page.cost, at, old, gone ? [] : [{ tier, amount }]),
    secondLanguage: second(page, beside),
  }
}

/** The row of the draft agreement that a section has; one line a section is offered here, more can be proposed later. */
export const offerRow = (page: PracticePage, section: number): number =>
  page.draft.findIndex((line) => line.section === section)

/** Puts a line in place of its section's, or adds it. */
export function withOffer(page: PracticePage, line: DraftLine): PracticePage {
  const sections = page.draft.map((row) => row.section)
  const { at, old } = seat(
    sections,
    line.section,
    [...new Set([...sections, line.section])].sort((a, b) => a - b),
  )
  return {
    ...page,
    draft: splice(page.draft, at, old, [line]),
    secondLanguage: second(page, (two) => ({ ...two, draft: old === 1 ? two.draft : splice(two.draft, at, 0, ['']) })),
  }
}

export function withoutOffer(page: PracticePage, section: number): PracticePage {
  const at = offerRow(page, section)
  if (at < 0) return page
  return {
    ...page,
    draft: splice(page.draft, at, 1, []),
    secondLanguage: second(page, (two) => ({ ...two, draft: splice(two.draft, at, 1, []) })),
  }
}

/** Begins a second language, or none. Texts already written in another second language are let go only by this. */
export function withSecond(page: PracticePage, language: string | null): PracticePage {
  if (language === null) return { ...page, secondLanguage: null }
  if (page.secondLanguage !== null) return { ...page, secondLanguage: { ...page.secondLanguage, language } }
  const none = Object.fromEntries(PAGE_TEXTS.map((name) => [name, ''])) as Record<PageText, string>
  return { ...page, secondLanguage: aligned(page, { language, ...none, limits: [], cost: [], draft: [] }) }
}

/** Whether a text still has places to fill in. */
export const hasBlanks = (text: string): boolean => text.includes('…')
