/** The languages, each by its own name and in its own script; the change is live and kept on this device. */
import { Choice } from '../../components/choice/Choice.tsx'
import { device, view } from '../../device/client.ts'
import { keepLanguage, language, LANGUAGES, type Language } from '../../words/locale.ts'
import { changeLanguage, t } from '../../words/t.ts'
import { openStorage } from '../preferences.ts'

/** A language's name in that language: the same whatever the screen speaks. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', ar: 'العربية' }

export function LanguageChoice() {
  return (
    <Choice
      id="language"
      label={t('shell.language')}
      across
      options={LANGUAGES.map((each) => ({ value: each, label: NAMES[each], lang: each }))}
      value={language.value}
      onChange={(chosen) => {
        keepLanguage(openStorage(), chosen)
        void changeLanguage(chosen)
        if (view.value.type === 'open') void device().changeSettings({ language: chosen })
      }}
    />
  )
}
