/** The language of the walk-through world: chosen for this visit only, and each by its own name. */
import { language, LANGUAGES, type Language } from '../words/locale.ts'
import { t } from '../words/t.ts'

const NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', ar: 'العربية' }

export function LanguageSelect({ onChange }: { readonly onChange: (wanted: string) => void }) {
  return (
    <>
      <label class="vh" for="world-language">
        {t('shell.language')}
      </label>
      <select
        id="world-language"
        class="input short"
        value={language.value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {LANGUAGES.map((each) => (
          <option key={each} value={each} lang={each}>
            {NAMES[each]}
          </option>
        ))}
      </select>
    </>
  )
}
