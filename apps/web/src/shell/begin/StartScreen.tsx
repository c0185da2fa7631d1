/** Someone who works beside people starts on this device: a chosen name and a passphrase, nothing else. */
import { useSignal } from '@preact/signals'
import { NAME_MOST } from '@alongside/practice/people/name.ts'
import { Button } from '../../components/button/Button.tsx'
import { failureText } from '../../components/failure/Failure.tsx'
import { nameError } from '../../components/failure/name-error.ts'
import { ErrorSummary, type FieldFault } from '../../components/error-summary/ErrorSummary.tsx'
import { Field } from '../../components/field/Field.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { Passphrase } from '../../components/passphrase/Passphrase.tsx'
import type { Failure } from '../../device/act.ts'
import { device, view } from '../../device/client.ts'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { Back } from '../frame/Back.tsx'
import { go } from '../route.ts'

export function StartScreen() {
  const name = useSignal('')
  const passphrase = useSignal('')
  const busy = useSignal(false)
  const tried = useSignal<string | null>(null)
  const fault = useSignal<Failure | null>(null)

  const start = async (): Promise<void> => {
    if (busy.value) return
    const called = name.value.trim()
    tried.value = called
    fault.value = null
    if (nameError(called, '') !== undefined) return
    busy.value = true
    const made = await device().create({
      name: called,
      language: language.value,
      passphrase: passphrase.value,
    })
    busy.value = false
    if (made.ok) go('/', { replace: true })
    else fault.value = made.error
  }

  if (view.value.type === 'open' || view.value.type === 'locked') return <AlreadyStarted />
  const wrong = fault.value === null ? undefined : failureText(fault.value)
  const faults: FieldFault[] = []
  const wrongName = tried.value === null ? undefined : nameError(tried.value, t('begin.start.nameEmpty'))
  if (wrongName !== undefined) faults.push({ field: 'name', text: wrongName })
  if (wrong !== undefined) faults.push({ field: 'passphrase', text: wrong })
  return (
    <>
      <Back href="/" />
      <ErrorSummary faults={faults} />
      <h1>{t('begin.start.title')}</h1>
      <p class="measure">{t('begin.start.help')}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <Field
          id="name"
          label={t('begin.start.name')}
          hint={t('begin.start.nameHint')}
          error={wrongName}
          value={name.value}
          onInput={(value) => {
            name.value = value
          }}
          autocomplete="nickname"
          maxLength={NAME_MOST}
          required
        />
        <Passphrase
          id="passphrase"
          label={t('begin.start.passphrase')}
          hint={t('begin.start.passphraseHint')}
          error={wrong}
          value={passphrase.value}
          onInput={(value) => {
            passphrase.value = value
          }}
          fresh
        />
        <Notice kind="now">
          <p>{t('begin.start.noReset')}</p>
        </Notice>
        <Button type="submit" main>
          {busy.value ? t('begin.start.making') : t('begin.start.go')}
        </Button>
      </form>
    </>
  )
}

function AlreadyStarted() {
  return (
    <>
      <Back href="/" />
      <h1>{t('begin.start.already')}</h1>
      <p>{t('begin.start.alreadyHelp')}</p>
    </>
  )
}
