/**
 * Answers that are not kept yet, so that a lock, a failure or a look at another screen loses none of them. They lie sealed
 * on this device like everything half typed, and are gone with “unsafe to answer”.
 */
import { noAnswers, type CheckInAnswers, type Item } from '@alongside/practice/check-in/answers.ts'
import { draftOf as textOf, forgetDrafts } from '../../device/drafts.ts'

/** `trusted` keeps the answers private like `me`, and offers a page to print or show. */
export const WHO = ['me', 'topics', 'answers', 'trusted'] as const
export type Who = (typeof WHO)[number]

export interface Draft {
  /** Which step of the form is open, from 0. */
  readonly step: number
  readonly answers: CheckInAnswers
  readonly who: Who | null
  /** What to talk about, when only that is shown; null until it was chosen by hand. */
  readonly topics: readonly Item[] | null
}

const EMPTY: Draft = { step: 0, answers: noAnswers, who: null, topics: null }

const keyOf = (key: string): string => `${key} check-in`

export function draftOf(key: string): Draft {
  const text = textOf(keyOf(key)).value
  return text === '' ? EMPTY : (JSON.parse(text) as Draft) // only `keepDraft` writes it, and the device keeps it sealed
}

export function keepDraft(key: string, change: Partial<Draft>): void {
  const text = textOf(keyOf(key))
  text.value = JSON.stringify({ ...draftOf(key), ...change })
}

export function dropDraft(key: string): void {
  forgetDrafts(keyOf(key))
}

/** Answers as they can be kept: a step of one's own has words, and only that has (CHK-9). */
export function tidy(answers: CheckInAnswers): CheckInAnswers {
  const words = answers.oneStepWords.trim()
  const own = answers.oneStep === 'own'
  return {
    ...answers,
    oneStep: own && words === '' ? null : answers.oneStep,
    oneStepWords: own ? words : '',
    line: answers.line.trim(),
    power: answers.power.trim(),
  }
}
