/**
 * Answers that are not kept yet, so that a lock, a failure or a look at another screen loses none of them. In the
 * memory of this page only: they are gone with the tab, and with “unsafe to answer”.
 */
import { effect, signal } from '@preact/signals'
import { noAnswers, type CheckInAnswers, type Item } from '@alongside/practice/check-in/answers.ts'
import { view } from '../../device/client.ts'

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

const drafts = signal<ReadonlyMap<string, Draft>>(new Map())

effect(() => {
  if (view.value.type === 'empty') drafts.value = new Map()
})

export const draftOf = (key: string): Draft => drafts.value.get(key) ?? EMPTY

export function keepDraft(key: string, change: Partial<Draft>): void {
  drafts.value = new Map(drafts.peek()).set(key, { ...(drafts.peek().get(key) ?? EMPTY), ...change })
}

export function dropDraft(key: string): void {
  const rest = new Map(drafts.peek())
  rest.delete(key)
  drafts.value = rest
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
