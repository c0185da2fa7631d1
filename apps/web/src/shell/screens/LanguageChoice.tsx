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
  return (
    <Choice
      id="language"
      label={t('shell.language')}
      across
      options={LANGUAGES.map((each) => ({ value: each, label: NAMES[each], lang: each }))}
      value={chosen.value ?? language.value}
      onChange={(wanted) => {
        chosen.value = wanted
        keepLanguage(openStorage(), wanted)
        void changeLanguage(wanted).then(() => {
          chosen.value = null
        })
        if (view.value.type === 'open') void device().changeSettings({ language: wanted })
      }}
    />
  )
}
