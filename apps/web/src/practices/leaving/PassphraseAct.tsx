/** Something only the passphrase opens: the field, what went wrong, and the button. What was typed is cleared when it is done. */
import { useSignal } from '@preact/signals'
import { Button, type ButtonLook } from '../../components/button/Button.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Passphrase } from '../../components/passphrase/Passphrase.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'

export interface PassphraseActProps {
  readonly id: string
  readonly button: string
  readonly look?: ButtonLook
  /** Said to screen readers when it is done. */
  readonly done: string
  readonly onGo: (passphrase: string) => Promise<FailureValue | null>
}

export function PassphraseAct({ id, button, look = 'strong', done, onGo }: PassphraseActProps) {
  const passphrase = useSignal('')
  const busy = useSignal(false)
  const error = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const press = async () => {
    if (busy.peek()) return
    error.value = passphrase.value === '' ? t('leaving.passphraseEmpty') : undefined
    failure.value = null
    if (error.value !== undefined) {
      document.getElementById(id)?.focus()
      return
    }
    busy.value = true
    failure.value = await onGo(passphrase.value)
    busy.value = false
    if (failure.value !== null) return
    passphrase.value = ''
    say(done)
  }
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void press()
      }}
    >
      <Passphrase
        id={id}
        label={t('leaving.passphrase')}
        hint={t('leaving.passphraseHint')}
        error={error.value}
        value={passphrase.value}
        onInput={(value) => (passphrase.value = value)}
      />
      <Failure failure={failure.value} />
      <Button type="submit" look={look}>
        {busy.value ? t('leaving.working') : button}
      </Button>
    </form>
  )
}
