/** The languages, each by its own name and in its own script; the change is live and kept on this device. */
import { useSignal } from '@preact/signals'
import { Choice } from '../../components/choice/Choice.tsx'
import { device, view } from '../../device/client.ts'
import { keepLanguage, language, LANGUAGES, type Language } from '../../words/locale.ts'
import { changeLanguage, t } from '../../words/t.ts'
import { openStorage } from '../preferences.ts'

/** A language's name in that language: the same whatever the screen speaks. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', ar: 'العربية' }

export function LanguageChoice() {
  // The button pressed stays pressed while the words of the new language are on their way.
  const chosen = useSignal<Language | null>(null)
  const failed = useSignal(false)
  const change = async (wanted: Language): Promise<void> => {
    const changed = await changeLanguage(wanted)
    chosen.value = null
    failed.value = !changed
    if (!changed) return
    keepLanguage(openStorage(), wanted)
    if (view.value.type === 'open') void device().changeSettings({ language: wanted })
  }
  return (
    <Choice
      id="language"
      label={t('shell.language')}
      across
      error={failed.value ? t('shell.languageFailed') : undefined}
      options={LANGUAGES.map((each) => ({ value: each, label: NAMES[each], lang: each }))}
      value={chosen.value ?? language.value}
      onChange={(wanted) => {
        chosen.value = wanted
        void change(wanted)
      }}
    />
  )
}
