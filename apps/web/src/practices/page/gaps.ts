/** What a page still lacks before anybody can see it, with the rule that says so and the screen where it is filled. */
import { gapsInLimits, missingToPublish, type MissingField } from '@alongside/practice/page/publish.ts'
import type { PracticePage } from '@alongside/practice/page/page.ts'
import { PARTS, type PartName } from '../meet/shown.ts'
import { t, textFor } from '../../words/t.ts'
import { hasBlanks } from './page-edit.ts'

const RULES: Readonly<Record<MissingField, { readonly rule: string; readonly href: string }>> = {
  limits: { rule: 'PAG-1', href: '/page/limits' },
  power: { rule: 'PAG-3', href: '/page/power' },
  dutyToWarn: { rule: 'PAG-4', href: '/page/warn' },
  whoseSide: { rule: 'PAG-5', href: '/page/side' },
}

export const ruleOf = (field: MissingField): string => RULES[field].rule
export const hrefOf = (field: MissingField): string => RULES[field].href

/** The rule's sentence with its id. */
export const ruleText = (rule: string): string =>
  t('failure.byRule', { sentence: textFor(`page.rule.${rule}`) ?? '', rule })

export const missingIn = (page: PracticePage): readonly MissingField[] => missingToPublish(page)

/** What one limit lacks, in words; empty when it is finished. */
export const limitGaps = (page: PracticePage, row: number): readonly string[] =>
  gapsInLimits(page)
    .filter((gap) => gap.row === row)
    .map((gap) => t('page.limitGap', { what: gap.what }))

export type PartState = 'missing' | 'blanks' | 'filled' | 'empty'

export const stateOfTexts = (texts: readonly string[], missing: boolean): PartState => {
  if (missing) return 'missing'
  if (texts.some(hasBlanks)) return 'blanks'
  return texts.some((text) => text.trim() !== '') ? 'filled' : 'empty'
}

export function partState(page: PracticePage, part: PartName): PartState {
  const names = PARTS.find((each) => each.part === part)?.texts ?? []
  const missing = missingIn(page)
  const needed = (part === 'power' && missing.includes('power')) || (part === 'side' && missing.includes('whoseSide'))
  return stateOfTexts(
    names.map((name) => page[name]),
    needed,
  )
}

/** Whether blanks (…) of ready words are left anywhere on the page. */
export const blanksLeft = (page: PracticePage): boolean =>
  [
    ...PARTS.flatMap(({ texts }) => texts.map((name) => page[name])),
    ...page.limits.flatMap((row) => [row.text, row.first, row.youCan]),
    ...page.draft.map((line) => line.text),
  ].some(hasBlanks)
