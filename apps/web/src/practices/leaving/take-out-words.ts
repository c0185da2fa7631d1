/** The words of the copy that is taken out, in the language in use: those the screens already have, and its own. */
import {
  TAKE_OUT_WORDS,
  type TakeOutTexts,
  type TakeOutWord,
  type TakeOutWords,
} from '@alongside/device/take-out/words.ts'
import { STEPS } from '@alongside/practice/check-in/answers.ts'
import { loadWords, textFor } from '../../words/t.ts'

/** Message folders that a copy speaks with besides its own. */
const FOLDERS = ['leaving', 'agreement', 'check-in', 'meet']

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
}

const wordFor = (word: TakeOutWord): string =>
  textFor(SAME[word] ?? `leaving.takeOut.${word}`) ?? textFor(`meet.text.${word}`) ?? ''

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
  }
}
