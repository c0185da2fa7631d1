/** The shipped words of the check-in: items, their own answers, and the small changes that can be asked for. */
import type { CheckInAnswers, Item, Step } from '@alongside/practice/check-in/answers.ts'
import { textFor } from '../../words/t.ts'

export const MARKS = [0, 1, 2, 3, 4] as const

export const itemName = (item: Item): string => textFor(`check-in.item.${item}`) ?? ''
export const itemQuestion = (item: Item): string => textFor(`check-in.question.${item}`) ?? ''

/** An item's own answer for a mark from 0 to 4; the second and fourth read the same for all items. */
export const answerText = (item: Item, mark: number): string =>
  textFor(`check-in.answer.${item}.${mark}`) ?? textFor(`check-in.answer.${mark}`) ?? ''

/** What somebody answered to an item, in words; empty when they skipped it. */
export function answered(item: Item, answers: CheckInAnswers): string {
  if (item === 'choice' && answers.nothingToChoose) return textFor('check-in.nothingToChoose') ?? ''
  const mark = answers.items[item]
  return mark === null ? '' : answerText(item, mark)
}

export const stepText = (step: Step | null, words: string): string =>
  step === null ? '' : step === 'own' ? words : (textFor(`check-in.step.${step}`) ?? '')
