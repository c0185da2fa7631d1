/** The words of an agreement line: its own text, or the shipped ready text that it binds by id and version. */
import type { Line } from '@alongside/practice/agreement/state.ts'
import { language } from '../../words/locale.ts'
import { textFor } from '../../words/t.ts'

/** Raised when the meaning of a ready text changes in any language. */
export const READY_VERSION = 1

export const SECTION_NUMBERS = Array.from({ length: 15 }, (_, at) => at + 1)

export const sectionTitle = (section: number): string => textFor(`agreement.section.${section}`) ?? ''

/** The ready text of a section in the language in use. */
export const readyText = (section: number): string => textFor(`agreement.ready.${section}`) ?? ''

/** Ready text may be offered as it is only where it leaves nothing to fill in. */
export const isWhole = (text: string): boolean => !text.includes('…')

/** What a line says, in the reader's language where it was bound in that language. */
export function lineText(line: Line): string {
  if (line.ready !== null) return readyText(line.section)
  if (line.second !== null && line.second.language === language.value) return line.second.text
  return line.text
}
