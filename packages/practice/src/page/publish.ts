/**
 * What a practice page must say before anybody sees it, and how a line of its draft agreement becomes a proposal.
 * Source: page/SPEC.md; the sentences follow from pitfalls that people met when limits and power were told too late.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { Events } from '../define.ts'
import { isBlank } from '../shapes.ts'
import type { DraftLine, LimitKind, PracticePage } from './page.ts'

/** The parts without which a page is not published. */
export type MissingField = 'limits' | 'power' | 'dutyToWarn' | 'whoseSide'

/** What one limit still lacks. */
export interface LimitGap {
  readonly row: number
  readonly what: 'text' | 'duty' | 'source' | 'checkedOn'
}

/** Limits that a law or a professional duty decides; the others say how things are done here. */
export const BY_DUTY: readonly LimitKind[] = ['child', 'relyOnCare', 'endLife', 'hurtOther']

/** PAG-2: what the limits of a page still lack, row by row. */
export function gapsInLimits(page: PracticePage): readonly LimitGap[] {
  const gaps: LimitGap[] = []
  for (const [row, limit] of page.limits.entries()) {
    const byDuty = BY_DUTY.includes(limit.kind)
    if (!byDuty && limit.duty === null && isBlank(limit.text)) gaps.push({ row, what: 'text' })
    if (byDuty && limit.duty === null) gaps.push({ row, what: 'duty' })
    if ((byDuty || limit.duty !== null) && isBlank(limit.source)) gaps.push({ row, what: 'source' })
    if ((byDuty || limit.duty !== null) && limit.checkedOn === null) gaps.push({ row, what: 'checkedOn' })
  }
  return gaps
}

/** The parts that keep a page from being published, in the order they are asked; empty when it can be. */
export function missingToPublish(page: PracticePage): readonly MissingField[] {
  const missing: MissingField[] = []
  // PAG-1: limits, each finished
  if (page.limits.length === 0 || gapsInLimits(page).length > 0) missing.push('limits')
  // PAG-3: what they control
  if (isBlank(page.controls)) missing.push('power')
  // PAG-4: a choice with source and day, and never a guess from the limits
  const warn = page.dutyToWarn
  if (warn === null || isBlank(warn.source) || warn.checkedOn === null) missing.push('dutyToWarn')
  // PAG-5: whose side
  if (isBlank(page.whoseSide)) missing.push('whoseSide')
  // PAG-6: nothing else
  return missing
}

/**
 * PAG-10: a line of the draft as the proposal it would be. Both texts of a page in two languages go with it.
 * `line` is a fresh random id; `row` counts from 0. Null when the page has no such row or the row is empty.
 */
export function proposalFrom(
  page: PracticePage,
  row: number,
  ids: { readonly line: Id; readonly person: Id; readonly practitioner: Id },
): Events['LineProposed'] | null {
  const draft = page.draft[row]
  if (draft === undefined || (draft.ready === null && isBlank(draft.text))) return null
  const other = page.secondLanguage
  const second = other?.draft[row]
  const own = draft.ready === null
  return {
    type: 'LineProposed',
    line: ids.line,
    section: draft.section,
    text: own ? draft.text : '',
    language: page.language,
    second: own && other && second && !isBlank(second) ? { language: other.language, text: second } : null,
    asks: askedBy(draft, ids),
    refusable: draft.refusable,
    why: draft.why,
    review: null,
    replaces: null,
    ready: draft.ready,
  }
}

function askedBy(draft: DraftLine, ids: { readonly person: Id; readonly practitioner: Id }): readonly Id[] {
  const asked = {
    practitioner: [ids.practitioner],
    person: [ids.person],
    both: [ids.person, ids.practitioner],
    nobody: [],
  }
  return asked[draft.asks]
}
