/**
 * Yes: the limits were read or heard, a name, and a passphrase for this device. Sending it founds the circle on this
 * device. If the network goes in between, nothing typed is lost and the same button tries again.
 */
import { useSignal } from '@preact/signals'
import type { Founding, Visit } from '@alongside/device/api.ts'
import { NAME_MOST } from '@alongside/practice/people/name.ts'
import { Button } from '../../components/button/Button.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Details } from '../../components/details/Details.tsx'
import { ErrorSummary, type FieldFault } from '../../components/error-summary/ErrorSummary.tsx'
import { nameError } from '../../components/failure/name-error.ts'
import { Field } from '../../components/field/Field.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { Passphrase } from '../../components/passphrase/Passphrase.tsx'
import type { Failure } from '../../device/act.ts'
import { chosenCircle, device, open, view } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { go } from '../../shell/route.ts'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { LimitsShown } from './PageShown.tsx'
import { NeedsLink } from './NeedsLink.tsx'
import { VisitFailure, visitFailureText } from './VisitFailure.tsx'
import { forgetVisit, visiting } from './visiting.ts'
import './meet.css'

const ABOUT_PASSPHRASE = ['WrongPassphrase', 'PassphraseTooShort']

export function YesScreen() {
  const now = visiting.value
  if (now.type !== 'read' || now.visit.taken) return <NeedsLink />
  return <YesForm visit={now.visit} />
}

function YesForm({ visit }: { readonly visit: Visit }) {
  const limits = useSignal<Founding['limits'] | null>(null)
  const name = useSignal(open.peek()?.me.name ?? '')
  const passphrase = useSignal('')
  const busy = useSignal(false)
  const tried = useSignal<string | null>(null)
  const failure = useSignal<Failure | null>(null)
  const inUse = view.value.type === 'open' || view.value.type === 'locked'
  const other = visit.page.name

  const faults: FieldFault[] = []
  const limitsError = tried.value !== null && limits.value === null ? t('meet.sayLimits') : undefined
  const wrongName = tried.value === null ? undefined : nameError(tried.value, t('meet.nameEmpty'))
  const wrong =
    failure.value !== null && ABOUT_PASSPHRASE.includes(failure.value.type)
      ? visitFailureText(failure.value)
      : undefined
  if (limitsError !== undefined) faults.push({ field: 'limits-known', text: limitsError })
  if (wrongName !== undefined) faults.push({ field: 'called', text: wrongName })
  if (wrong !== undefined) faults.push({ field: 'device-passphrase', text: wrong })

  const found = async (): Promise<void> => {
    if (busy.value) return
    const called = name.value.trim()
    tried.value = called
    failure.value = null
    if (limits.value === null || nameError(called, '') !== undefined) return
    busy.value = true
    const founded = await device().sayYes(visit.visit, {
      name: called,
      language: language.value,
      passphrase: passphrase.value,
      limits: limits.value,
    })
    busy.value = false
    if (!founded.ok) {
      failure.value = founded.error
      return
    }
    chosenCircle.value = founded.value.circle
    forgetVisit()
    go('/welcome-in', { replace: true })
  }

  return (
    <>
      <Back href="/meet">{t('meet.backToPage')}</Back>
      <ErrorSummary faults={faults} />
      <h1>{t('meet.yesTitle', { name: other })}</h1>
      <p class="measure">{t('meet.yesLead')}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void found()
        }}
      >
        <Details summary={t('meet.limitsAgain')}>
          <LimitsShown page={visit.page} />
        </Details>
        <Choice
          id="limits-known"
          label={t('meet.limitsQuestion')}
          hint={t('meet.limitsQuestionHint', { name: other })}
          error={limitsError}
          options={[
            { value: 'read', label: t('meet.limitsRead') },
            { value: 'heard', label: t('meet.limitsHeard') },
          ]}
          value={limits.value}
          onChange={(value) => {
            limits.value = value
          }}
        />
        <Field
          id="called"
          label={t('meet.called')}
          hint={t('meet.calledHint')}
          readers={t('meet.calledReaders', { name: other })}
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
          id="device-passphrase"
          label={inUse ? t('meet.passphraseKnown') : t('meet.passphrase')}
          hint={inUse ? t('meet.passphraseKnownHint') : t('meet.passphraseHint')}
          error={wrong}
          value={passphrase.value}
          onInput={(value) => {
            passphrase.value = value
          }}
          fresh={!inUse}
        />
        {!inUse && (
          <Notice kind="now">
            <p>{t('meet.noReset')}</p>
          </Notice>
        )}
        {wrong === undefined && <VisitFailure failure={failure.value} />}
        <Button type="submit" main>
          {busy.value ? t('meet.founding') : t('meet.found')}
        </Button>
        <p class="small soft measure">{t('meet.yesCanStop')}</p>
      </form>
    </>
  )
}
