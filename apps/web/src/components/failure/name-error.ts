/** What a form says about a name before anything is made with it. */
import { NAME_MOST, nameFault } from '@alongside/practice/people/name.ts'
import { t } from '../../words/t.ts'

/** What to say beside the field; `empty` is what the form asks for. Undefined when the name will do. */
export function nameError(name: string, empty: string): string | undefined {
  if (name.length > NAME_MOST) return t('failure.NameLong')
  switch (nameFault(name)) {
    case 'blank':
      return empty
    case 'hidden':
      return t('failure.NameHidden')
    case null:
      return undefined
  }
}
