/** Reading a reply later, with the link and the code that was written down. The code alone opens nothing. */
import { useSignal } from '@preact/signals'
import { Button } from '../../components/button/Button.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Field } from '../../components/field/Field.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { t } from '../../words/t.ts'
import { NeedsLink } from './NeedsLink.tsx'
import { Replies } from './Replies.tsx'
import { visiting } from './visiting.ts'
import './meet.css'

/** Twelve signs, whatever the case, spaces and dashes. */
const SIGNS = 12

export function ReplyScreen() {
  const typed = useSignal('')
  const code = useSignal<string | null>(null)
  const wrong = useSignal(false)
  const now = visiting.value
  if (now.type !== 'read') return <NeedsLink />
  const error = wrong.value ? t('meet.codeWrong') : undefined
  return (
    <>
      <Back href="/meet" />
      <ErrorSummary faults={error === undefined ? [] : [{ field: 'reply-code', text: error }]} />
      <h1>{t('meet.replyTitle')}</h1>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          wrong.value = typed.value.replace(/[\s-]/g, '').length !== SIGNS
          code.value = wrong.value ? null : typed.value
        }}
      >
        <Field
          id="reply-code"
          label={t('meet.replyCode')}
          hint={t('meet.replyCodeHint')}
          error={error}
          value={typed.value}
          onInput={(value) => {
            typed.value = value
            code.value = null
          }}
          dir="ltr"
          required
        />
        {code.value === null && (
          <Button type="submit" main>
            {t('meet.useCode')}
          </Button>
        )}
      </form>
      {code.value !== null && (
        <Replies key={code.value} link={now.link} code={code.value} name={now.visit.page.name} atOnce />
      )}
    </>
  )
}
