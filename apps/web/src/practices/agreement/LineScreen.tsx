/** Offering a line, or a change of one: own words or ready text, whom it asks, whether no costs anything; then check it. */
import { useSignal } from '@preact/signals'
import type { Line } from '@alongside/practice/agreement/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Checkbox } from '../../components/checkbox/Checkbox.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { Details } from '../../components/details/Details.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { SideBySide } from '../../components/side-by-side/SideBySide.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { othersIn, nameIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import { go } from '../../shell/route.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { isWhole, lineText, READY_VERSION, readyText, sectionTitle } from './texts.ts'
import './agreement.css'

const LANGUAGE_NAMES: Readonly<Record<string, string>> = { en: 'English', es: 'Español', ar: 'العربية' }

export function LineScreen({ params }: ScreenProps) {
  const here = circle.value
  if (here === null) return null
  const old: Line | null = here.state.agreement.lines[params['replaces'] ?? ''] ?? null
  const section = old?.section ?? Number(params['section'] ?? '1')
  return <LineForm key={`${section} ${old?.id ?? ''}`} section={section} old={old} />
}

function LineForm({ section, old }: { readonly section: number; readonly old: Line | null }) {
  const here = circle.value
  const ready = readyText(section)
  const start = old === null ? ready : lineText(old)
  const key = `${here?.id ?? ''}/agreement.line.${old?.id ?? section}`
  const text = draftOf(`${key}/text`, start)
  const secondText = draftOf(`${key}/second`)
  const secondLanguage = useSignal<string | null>(null)
  const asks = useSignal<readonly string[]>(
    old?.asks ?? (here === null ? [] : [here.me, ...othersIn(here).map((one) => one.id)]),
  )
  const refusable = useSignal<'yes' | 'no' | null>(old === null ? null : old.refusable ? 'yes' : 'no')
  const why = draftOf(`${key}/why`, old?.why ?? '')
  const review = useSignal(old?.review ?? '')
  const checking = useSignal(false)
  const faults = useSignal<readonly { field: string; text: string }[]>([])
  const failure = useSignal<FailureValue | null>(null)
  if (here === null) return null

  const unedited = text.value === ready && isWhole(ready)
  const everyone = [here.me, ...othersIn(here).map((one) => one.id)]

  const check = () => {
    const found: { field: string; text: string }[] = []
    if (text.value.trim() === '') found.push({ field: 'line-text', text: t('agreement.needsWords') })
    else if (!isWhole(text.value)) found.push({ field: 'line-text', text: t('agreement.stillBlank') })
    if (refusable.value === null) found.push({ field: 'line-refusable', text: t('agreement.needsRefusable') })
    faults.value = found
    checking.value = found.length === 0
  }

  const offer = async () => {
    failure.value = await act({
      type: 'LineProposed',
      line: newId(),
      section,
      text: unedited ? '' : text.value.trim(),
      language: language.value,
      second:
        unedited || secondLanguage.value === null || secondText.value.trim() === ''
          ? null
          : { language: secondLanguage.value, text: secondText.value.trim() },
      asks: asks.value,
      refusable: refusable.value === 'yes',
      why: why.value.trim(),
      review: review.value === '' ? null : review.value,
      replaces: old?.id ?? null,
      ready: unedited ? { id: `agreement.ready.${section}`, version: READY_VERSION } : null,
    })
    if (failure.value !== null) return
    forgetDrafts(`${key}/`)
    say(t('agreement.offeredNow'))
    go('/plan/agreement')
  }

  return (
    <>
      <Back href="/plan/agreement" />
      <ErrorSummary faults={faults.value} />
      <h1>
        {old === null
          ? t('agreement.newLineIn', { title: sectionTitle(section) })
          : t('agreement.changeIn', { title: sectionTitle(section) })}
      </h1>
      {checking.value ? (
        <>
          <h2>{t('agreement.checkFirst')}</h2>
          <SideBySide
            before={old === null ? '' : lineText(old)}
            after={text.value}
            beforeTitle={t('agreement.now')}
            afterTitle={t('agreement.offered')}
          />
          <p>{t('agreement.nothingUntilYes')}</p>
          <Failure failure={failure.value} />
          <div class="acts">
            <Button main onPress={() => void offer()}>
              {t('agreement.offer')}
            </Button>
            <Button look="quiet" onPress={() => (checking.value = false)}>
              {t('agreement.goBackEdit')}
            </Button>
          </div>
        </>
      ) : (
        <form
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            check()
          }}
        >
          <TextArea
            id="line-text"
            label={t('agreement.lineLabel')}
            hint={isWhole(ready) ? t('agreement.lineHint') : t('agreement.lineHintBlanks')}
            error={faults.value.find((fault) => fault.field === 'line-text')?.text}
            readers={t('agreement.readers')}
            value={text.value}
            onInput={(value) => (text.value = value)}
            rows={6}
            maxLength={4000}
            required
          />
          <fieldset class="field">
            <legend>{t('agreement.asksWhom')}</legend>
            <p class="hint">{t('agreement.asksHint')}</p>
            {everyone.map((member) => (
              <Checkbox
                key={member}
                id={`asks-${member}`}
                label={member === here.me ? t('agreement.you') : nameIn(here, member)}
                checked={asks.value.includes(member)}
                onChange={(on) =>
                  (asks.value = on ? [...asks.value, member] : asks.value.filter((one) => one !== member))
                }
              />
            ))}
          </fieldset>
          <Choice
            id="line-refusable"
            label={t('agreement.refusableQuestion')}
            hint={t('agreement.refusableHint')}
            error={faults.value.find((fault) => fault.field === 'line-refusable')?.text}
            options={[
              { value: 'yes', label: t('agreement.refusableYes') },
              { value: 'no', label: t('agreement.refusableNo') },
            ]}
            value={refusable.value}
            onChange={(value) => (refusable.value = value)}
          />
          <Field
            id="line-why"
            label={t('agreement.why')}
            value={why.value}
            onInput={(value) => (why.value = value)}
            maxLength={1000}
          />
          <DateField
            id="line-review"
            kind="date"
            label={t('agreement.reviewLabel')}
            value={review.value}
            onInput={(value) => (review.value = value)}
          />
          {!unedited && (
            <Details summary={t('agreement.secondLanguage')}>
              <Choice
                id="line-second-language"
                label={t('agreement.whichLanguage')}
                options={Object.entries(LANGUAGE_NAMES)
                  .filter(([code]) => code !== language.value)
                  .map(([code, name]) => ({ value: code, label: name, lang: code }))}
                value={secondLanguage.value}
                onChange={(value) => (secondLanguage.value = value)}
              />
              <TextArea
                id="line-second"
                label={t('agreement.secondText')}
                value={secondText.value}
                onInput={(value) => (secondText.value = value)}
                maxLength={4000}
              />
            </Details>
          )}
          <Button main type="submit">
            {t('agreement.check')}
          </Button>
        </form>
      )}
    </>
  )
}
