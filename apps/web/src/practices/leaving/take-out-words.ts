/** The words of the copy that is taken out, in the language in use: those the screens already have, and its own. */
import {
  TAKE_OUT_WORDS,
  type TakeOutTexts,
  type TakeOutWord,
  type TakeOutWords,
} from '@alongside/device/take-out/words.ts'
import { STEPS, type Item } from '@alongside/practice/check-in/answers.ts'
import { loadWords, textFor } from '../../words/t.ts'

/** Message folders that a copy speaks with besides its own. */
const FOLDERS = ['leaving', 'agreement', 'check-in', 'meet', 'own']

/** Words that a screen already says in the same sense. */
const SAME: Partial<Record<TakeOutWord, string>> = {
  agreement: 'agreement.title',
  checkIns: 'check-in.allTitle',
  notTested: 'check-in.status',
  oneStep: 'check-in.changeAsked',
  worth: 'check-in.item.worth',
  voice: 'check-in.item.voice',
  openItem: 'check-in.item.open',
  choice: 'check-in.item.choice',
  free: 'check-in.item.free',
  skipped: 'check-in.skipped',
  line: 'check-in.line',
  power: 'check-in.powerName',
  privateNotes: 'own.title',
}

const wordFor = (word: TakeOutWord): string =>
  textFor(SAME[word] ?? `leaving.takeOut.${word}`) ?? textFor(`meet.text.${word}`) ?? ''

/** An item's own answers, from the mark 0 to 4; two of them read the same for every item. */
const answersTo = (item: Item): readonly string[] =>
  [0, 1, 2, 3, 4].map((mark) => textFor(`check-in.answer.${item}.${mark}`) ?? textFor(`check-in.answer.${mark}`) ?? '')

const SECTIONS = Array.from({ length: 15 }, (_, at) => at + 1)

/** Loads and gathers them; whatever has no text is left out rather than guessed. */
export async function takeOutTexts(): Promise<TakeOutTexts> {
  await loadWords(FOLDERS)
  const words = Object.fromEntries(TAKE_OUT_WORDS.map((word) => [word, wordFor(word)]))
  const readyIds = SECTIONS.map((section) => `agreement.ready.${section}`)
  return {
    words: words as TakeOutWords, // every word of the list has just been put in
    sections: SECTIONS.map((section) => textFor(`agreement.section.${section}`) ?? ''),
    ready: Object.fromEntries(readyIds.map((id) => [id, textFor(id) ?? ''])),
    steps: Object.fromEntries(STEPS.map((step) => [step, textFor(`check-in.step.${step}`) ?? ''])),
    answers: {
      worth: answersTo('worth'),
      voice: answersTo('voice'),
      open: answersTo('open'),
      choice: answersTo('choice'),
      free: answersTo('free'),
    },
    nothingToChoose: textFor('check-in.nothingToChoose') ?? '',
  }
}
