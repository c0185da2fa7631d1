/** A circle is called by the names of the others in it, in the language of the screen. */
import type { CircleView } from '@alongside/device/api.ts'
import { isGone, othersIn } from '../../device/people.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'

export function circleName(circle: CircleView): string {
  const names = othersIn(circle).map((member) => member.name)
  if (isGone(circle)) return t('shell.circleOver')
  return names.length === 0 ? t('shell.circleAlone') : formatList(names)
}
