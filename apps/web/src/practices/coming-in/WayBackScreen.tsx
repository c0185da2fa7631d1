/**
 * A way back: a code to print or save, locked by a passphrase. It is offered and never required. The code is on this screen
 * only; leaving the screen lets it go, and another can be made.
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { failureText, Failure } from '../../components/failure/Failure.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { Passphrase } from '../../components/passphrase/Passphrase.tsx'
import { QrCode } from '../../components/qr-code/QrCode.tsx'
import { Steps } from '../../components/steps/Steps.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { circle, device } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { focusHeading } from '../../shell/frame/Frame.tsx'
import { go } from '../../shell/route.ts'
import { t } from '../../words/t.ts'
import './coming-in.css'

const ABOUT_PASSPHRASE = ['WrongPassphrase', 'PassphraseTooShort']

export function WayBackScreen() {
  const here = circle.value
  const made = useSignal<string | null>(null)
  if (here === null) return null
  return made.value === null ? (
    <Make
      circle={here.id}
      onMade={(text) => {
        made.value = text
      }}
    />
  ) : (
    <Made text={made.value} />
  )
}

function Make({ circle: id, onMade }: { readonly circle: string; readonly onMade: (text: string) => void }) {
  const passphrase = useSignal('')
  const busy = useSignal(false)
  const failure = useSignal<FailureValue | null>(null)
  const make = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    failure.value = null
    const made = await device().makeWayBack(id, passphrase.value)
    busy.value = false
    if (made.ok) onMade(made.value.text)
    else failure.value = made.error
  }
  const wrong =
    failure.value !== null && ABOUT_PASSPHRASE.includes(failure.value.type) ? failureText(failure.value) : undefined
  return (
    <>
      <Back href="/more" />
      <ErrorSummary faults={wrong === undefined ? [] : [{ field: 'way-passphrase', text: wrong }]} />
      <h1>{t('coming-in.wayBack')}</h1>
      <p class="measure">{t('coming-in.wayBackLead')}</p>
      <Notice>
        <p>{t('coming-in.wayBackFree')}</p>
      </Notice>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <Passphrase
          id="way-passphrase"
          label={t('coming-in.wayPassphrase')}
          hint={t('coming-in.wayPassphraseHint')}
          error={wrong}
          value={passphrase.value}
          onInput={(value) => {
            passphrase.value = value
          }}
        />
        {wrong === undefined && <Failure failure={failure.value} />}
        <Button type="submit" main>
          {busy.value ? t('coming-in.making') : t('coming-in.makeWayBack')}
        </Button>
      </form>
    </>
  )
}

function Made({ text }: { readonly text: string }) {
  const file = useSignal<string | null>(null)
  useEffect(focusHeading, [])
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    file.value = url
    return () => URL.revokeObjectURL(url)
  }, [text])
  return (
    <>
      <h1>{t('coming-in.wayBackReady')}</h1>
      <p class="measure">{t('coming-in.wayBackReadyHelp')}</p>
      <div class="stack two even way-made">
        <Card>
          <div class="way-card">
            <QrCode content={text.replace(/\s+/g, '')} label={t('coming-in.wayQrLabel')} />
            <p class="way-text" dir="ltr">
              {text}
            </p>
          </div>
        </Card>
        <div class="stack side">
          <div class="acts no-print">
            <Button icon="print" onPress={() => window.print()}>
              {t('coming-in.print')}
            </Button>
            {file.value !== null && (
              <LinkButton href={file.value} download="way-back.txt" look="quiet">
                {t('coming-in.saveFile')}
              </LinkButton>
            )}
          </div>
          <Steps
            steps={['print', 'away', 'passphrase'].map((step) => ({ content: t('coming-in.wayStep', { step }) }))}
          />
          <Button main look="quiet" onPress={() => go('/', { replace: true })}>
            {t('coming-in.putAway')}
          </Button>
        </div>
      </div>
    </>
  )
}
