/** Words that the ways screens share. */
import type { CircleView } from '@alongside/device/api.ts'
import type { Choice, Way } from '@alongside/practice/ways/state.ts'
import { nameIn } from '../../device/people.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'

/** Whose choice it is, by name. */
export const whoseWords = (circle: CircleView, choice: Choice): string =>
  t('ways.whoseIs', { n: choice.whose.length, names: formatList(choice.whose.map((member) => nameIn(circle, member))) })

/** What a way is called: not now in the reader's own language, the others in their author's words. */
export const wayTitle = (way: Way): string => (way.notNow ? t('ways.notNow') : way.text)
