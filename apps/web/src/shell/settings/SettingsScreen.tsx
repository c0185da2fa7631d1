/** What this device does for the one who holds it: language, text size, where Leave fast goes; when it locks is shown. */
import { useSignal } from '@preact/signals'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Field } from '../../components/field/Field.tsx'
import { device, open } from '../../device/client.ts'
import { language, numerals } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { Back } from '../frame/Back.tsx'
import { IDLE_MS, MEETING_MS } from '../idle.ts'
import { say } from '../live.ts'
import {
  keepLeavePage,
  keepTextSize,
  leavePage,
  NEUTRAL_PAGE,
  openStorage,
  parseLeavePage,
  textSize,
} from '../preferences.ts'
import { LanguageChoice } from '../screens/LanguageChoice.tsx'

/** The device keeps the size as a factor of the browser's own text size. */
const FACTORS = { normal: 1, large: 1.25, larger: 1.5 } as const

export function SettingsScreen() {
  return (
    <>
      <Back href={open.value === null ? '/' : '/more'} />
      <h1>{t('settings.title')}</h1>
      <Card>
        <LanguageChoice />
        <Choice
          id="text-size"
          label={t('settings.textSize')}
          across
          options={[
            { value: 'normal', label: t('settings.textNormal') },
            { value: 'large', label: t('settings.textLarge') },
            { value: 'larger', label: t('settings.textLarger') },
          ]}
          value={textSize.value}
          onChange={(size) => {
            keepTextSize(openStorage(), size)
            if (open.value !== null) void device().changeSettings({ textSize: FACTORS[size] })
          }}
        />
        {language.value === 'ar' && (
          <Choice
            id="numerals"
            label={t('settings.numerals')}
            across
            options={[
              { value: 'latn', label: '123' },
              { value: 'arab', label: '١٢٣' },
            ]}
            value={numerals.value ?? 'latn'}
            onChange={(chosen) => {
              numerals.value = chosen
              if (open.value !== null) void device().changeSettings({ numerals: chosen })
            }}
          />
        )}
      </Card>
      <LeavePage />
      <Card title={t('settings.lock')}>
        <p>{t('settings.lockHelp', { idle: IDLE_MS / 60_000, meeting: MEETING_MS / 60_000 })}</p>
      </Card>
    </>
  )
}

function LeavePage() {
  const typed = useSignal(leavePage.peek() === NEUTRAL_PAGE ? '' : leavePage.peek())
  const wrong = useSignal(false)
  const keep = (): void => {
    const parsed = parseLeavePage(typed.value)
    wrong.value = !parsed.ok
    if (!parsed.ok) return
    keepLeavePage(openStorage(), parsed.value)
    if (open.value !== null)
      void device().changeSettings({ leaveTo: parsed.value === NEUTRAL_PAGE ? null : parsed.value })
    say(t('settings.saved'))
  }
  return (
    <Card title={t('shell.leave')}>
      <p>{t('settings.leaveHelp')}</p>
      <form
        class="stack near"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <Field
          id="leave-page"
          label={t('settings.leavePage')}
          hint={t('settings.leavePageHint')}
          error={wrong.value ? t('settings.leavePageWrong') : undefined}
          value={typed.value}
          onInput={(value) => {
            typed.value = value
          }}
          inputMode="url"
          dir="ltr"
        />
        <div>
          <Button type="submit" look="quiet">
            {t('settings.save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
