/**
 * What went wrong, in three parts: what happened, what is safe, what to do next. A refusal by a rule shows the rule's
 * sentence with its id, so that the screen and the specification point to the same line. Nothing typed is cleared.
 */
import type { Failure as FailureValue } from '../../device/act.ts'
import { t, textAmongLoaded, textFor } from '../../words/t.ts'
import { Notice } from '../notice/Notice.tsx'

export interface FailureProps {
  readonly failure: FailureValue | null
}

export function Failure({ failure }: FailureProps) {
  if (failure === null) return null
  return (
    <Notice kind="fix" alert title={t('failure.title')}>
      <p>{failureText(failure)}</p>
    </Notice>
  )
}

/**
 * The words for a failure; for a kind without words of its own, the plain general ones. A rule's sentence stands in the
 * words of the practice whose screen can meet it (`agreement.rule.AGR-3`), or here when any screen can.
 */
export function failureText(failure: FailureValue): string {
  if (failure.rule !== undefined) {
    const sentence = textAmongLoaded(`rule.${failure.rule}`) ?? t('failure.RuleRefused')
    return t('failure.byRule', { sentence, rule: failure.rule })
  }
  return textFor(`failure.${failure.type}`) ?? t('failure.other')
}
