/**
 * What went wrong, in three parts: what happened, what is safe, what to do next. A refusal by a rule shows the rule's
 * sentence with its id, so that the screen and the specification point to the same line. Nothing typed is cleared.
 */
import type { Failure as FailureValue } from '../../device/act.ts'
import { t, textFor } from '../../words/t.ts'
import { Notice } from '../notice/Notice.tsx'

export interface FailureProps {
  readonly failure: FailureValue | null
  /** The message folder that holds the sentences of this practice's rules (`agreement.rule.AGR-3`). */
  readonly practice?: string
}

export function Failure({ failure, practice }: FailureProps) {
  if (failure === null) return null
  return (
    <Notice kind="fix" alert title={t('failure.title')}>
      <p>{failureText(failure, practice)}</p>
    </Notice>
  )
}

/** The words for a failure; for a kind without words of its own, the plain general ones. */
export function failureText(failure: FailureValue, practice?: string): string {
  if (failure.rule !== undefined) {
    const sentence =
      (practice === undefined ? undefined : textFor(`${practice}.rule.${failure.rule}`)) ??
      textFor(`failure.rule.${failure.rule}`) ??
      t('failure.RuleRefused')
    return t('failure.byRule', { sentence, rule: failure.rule })
  }
  return textFor(`failure.${failure.type}`) ?? t('failure.other')
}
