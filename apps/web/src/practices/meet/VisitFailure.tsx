/** What went wrong while visiting. Before a yes nothing is kept here, so the shared words about what is saved would not be true. */
import { failureText } from '../../components/failure/Failure.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import type { Failure } from '../../device/act.ts'
import { t, textFor } from '../../words/t.ts'

export const visitFailureText = (failure: Failure): string =>
  textFor(`meet.fault.${failure.type}`) ?? failureText(failure)

export function VisitFailure({ failure }: { readonly failure: Failure | null }) {
  if (failure === null) return null
  return (
    <Notice kind="fix" alert title={t('meet.failedTitle')}>
      <p>{visitFailureText(failure)}</p>
    </Notice>
  )
}
