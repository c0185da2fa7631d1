/** Coming back with a way back: its text pasted, typed, scanned or opened from a file, its passphrase, and one for this device. */
import { useSignal } from '@preact/signals'
import { Button } from '../../components/button/Button.tsx'
import { Details } from '../../components/details/Details.tsx'
import { ErrorSummary, type FieldFault } from '../../components/error-summary/ErrorSummary.tsx'
import { failureText } from '../../components/failure/Failure.tsx'
import { FieldFrame } from '../../components/field/FieldFrame.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { Passphrase } from '../../components/passphrase/Passphrase.tsx'
import { PhotoField } from '../../components/photo-field/PhotoField.tsx'
import type { Failure } from '../../device/act.ts'
import { chosenCircle, device, view } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { go } from '../../shell/route.ts'
import { language } from '../../words/locale.ts'
import { t, textFor } from '../../words/t.ts'
import './coming-in.css'

/** The field a failure is about; the others are said on their own. */
const FIELD_OF: Readonly<Record<string, string>> = {
  LinkNotWhole: 'way-text',
  WrongPassphrase: 'way-passphrase',
  PassphraseTooShort: 'new-passphrase',
}

const comeBackFailure = (failure: Failure): string => textFor(`coming-in.fault.${failure.type}`) ?? failureText(failure)

export function ComeBackScreen() {
  const text = useSignal('')
  const passphrase = useSignal('')
  const devicePassphrase = useSignal('')
  const busy = useSignal(false)
  const empty = useSignal(false)
  const failure = useSignal<Failure | null>(null)
  const ready = view.value.type !== 'starting'
  const inUse = view.value.type === 'open' || view.value.type === 'locked'

  const come = async (): Promise<void> => {
    if (busy.value || !ready) return
    failure.value = null
    empty.value = text.value.trim() === ''
    if (empty.value) return
    busy.value = true
    const back = await device().comeBack(text.value, {
      passphrase: passphrase.value,
      devicePassphrase: devicePassphrase.value,
      language: language.value,
    })
    busy.value = false
    if (!back.ok) {
      failure.value = back.error
      return
    }
    chosenCircle.value = back.value.circle
    go('/', { replace: true })
  }

  const field = failure.value === null ? undefined : FIELD_OF[failure.value.type]
  const said = failure.value === null ? undefined : comeBackFailure(failure.value)
  const errorAt = (id: string): string | undefined => (field === id ? said : undefined)
  const textError = empty.value ? t('coming-in.wayTextEmpty') : errorAt('way-text')
  const faults: FieldFault[] = []
  if (empty.value) faults.push({ field: 'way-text', text: t('coming-in.wayTextEmpty') })
  if (field !== undefined && said !== undefined) faults.push({ field, text: said })
  return (
    <>
      <Back href="/" />
      <ErrorSummary faults={faults} />
      <h1>{t('coming-in.comeBack')}</h1>
      <p class="measure">{t('coming-in.comeBackLead')}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void come()
        }}
      >
        <TextArea
          id="way-text"
          label={t('coming-in.wayText')}
          hint={t('coming-in.wayTextHint')}
          error={textError}
          value={text.value}
          onInput={(value) => {
            text.value = value
          }}
          rows={5}
          required
        />
        <Details summary={t('coming-in.otherWays')}>
          <PhotoField
            id="way-photo"
            label={t('coming-in.wayPhoto')}
            onText={(found) => {
              text.value = found
            }}
          />
          <FieldFrame words={{ id: 'way-file', label: t('coming-in.wayFile') }}>
            <input
              id="way-file"
              class="input"
              type="file"
              accept="text/plain,.txt"
              onChange={(event) => {
                void event.currentTarget.files?.[0]?.text().then((found) => {
                  text.value = found
                })
              }}
            />
          </FieldFrame>
        </Details>
        <Passphrase
          id="way-passphrase"
          label={t('coming-in.wayOldPassphrase')}
          hint={t('coming-in.wayOldPassphraseHint')}
          error={errorAt('way-passphrase')}
          value={passphrase.value}
          onInput={(value) => {
            passphrase.value = value
          }}
        />
        <Passphrase
          id="new-passphrase"
          label={inUse ? t('coming-in.devicePassphraseKnown') : t('coming-in.devicePassphrase')}
          hint={inUse ? undefined : t('coming-in.devicePassphraseHint')}
          error={errorAt('new-passphrase')}
          value={devicePassphrase.value}
          onInput={(value) => {
            devicePassphrase.value = value
          }}
          fresh={!inUse}
        />
        {failure.value !== null && field === undefined && (
          <Notice kind="fix" alert title={t('failure.title')}>
            <p>{said}</p>
          </Notice>
        )}
        <Button type="submit" main>
          {busy.value ? t('coming-in.comingBack') : t('coming-in.comeBackNow')}
        </Button>
      </form>
    </>
  )
}
