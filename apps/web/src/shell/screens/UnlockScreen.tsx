/**
 * Opens the device: one field. The screen is neutral: it names no one and says nothing about what is kept.
 * A wrong passphrase changes nothing and clears nothing that is stored.
 */
import { useSignal } from '@preact/signals'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Dialog } from '../../components/dialog/Dialog.tsx'
import { failureText } from '../../components/failure/Failure.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Passphrase } from '../../components/passphrase/Passphrase.tsx'
import type { Failure } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { hasScreen } from '../outlet.ts'
import { LanguageChoice } from './LanguageChoice.tsx'

export function UnlockScreen() {
  const typed = useSignal('')
  const busy = useSignal(false)
  const fault = useSignal<Failure | null>(null)
  const asking = useSignal(false)

  const unlock = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    fault.value = null
    const opened = await device().unlock(typed.value)
    busy.value = false
    if (!opened.ok) fault.value = opened.error
  }

  const error = fault.value === null ? undefined : failureText(fault.value)
  return (
    <>
      <ErrorSummary faults={error === undefined ? [] : [{ field: 'passphrase', text: error }]} />
      <h1>{t('shell.unlock.title')}</h1>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void unlock()
        }}
      >
        <Passphrase
          id="passphrase"
          label={t('shell.unlock.label')}
          error={error}
          value={typed.value}
          onInput={(value) => {
            typed.value = value
          }}
        />
        <Button type="submit" main>
          {busy.value ? t('shell.unlock.opening') : t('shell.unlock.open')}
        </Button>
      </form>
      <Details summary={t('shell.unlock.forgot')}>
        <p>{t('shell.unlock.forgotHelp')}</p>
        {hasScreen('/come-back') && (
          <LinkButton href="/come-back" look="quiet">
            {t('shell.welcome.wayBack')}
          </LinkButton>
        )}
        <Button
          look="fix"
          onPress={() => {
            asking.value = true
          }}
        >
          {t('shell.unlock.wipe')}
        </Button>
      </Details>
      <Details summary={t('shell.language')}>
        <LanguageChoice />
      </Details>
      <Dialog
        open={asking.value}
        title={t('shell.unlock.wipeAsk')}
        onClose={() => {
          asking.value = false
        }}
      >
        <p>{t('shell.unlock.wipeHelp')}</p>
        <div class="acts">
          <Button
            look="quiet"
            onPress={() => {
              asking.value = false
            }}
          >
            {t('shell.unlock.wipeNo')}
          </Button>
          <Button look="fix" onPress={() => void device().wipe()}>
            {t('shell.unlock.wipeYes')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
