/**
 * Keeps English text at reading grade 6, and text about the law at grade 8. Measured over the running text of each
 * message file, and over each long message by itself; short labels say too little for the measure to mean anything.
 */
import { type Check, runAlone } from './lib/check.ts'
import { type Message, readMessages } from './lib/messages.ts'
import { readingOf } from './lib/readability.ts'

const GRADE = 6
const LEGAL_GRADE = 8
/** Shorter texts are labels, not prose. */
const PROSE_WORDS = 5
/** From this length on a message is measured by itself. */
const LONG_WORDS = 20
const SENTENCE_WORDS = 20

/** Keys whose text must name the law as it is. */
const isLegal = (key: string): boolean => /(?:^|\.)legal(?:\.|$)/.test(key)

const limitOf = (key: string): number => (isLegal(key) ? LEGAL_GRADE : GRADE)

/** Faults and notes of the English messages of one file. */
export function readingFaults(path: string, messages: readonly Message[]): { faults: string[]; notes: string[] } {
  const faults: string[] = []
  const notes: string[] = []
  for (const { key, texts } of messages)
    for (const text of texts) {
      const { words, grade, longest } = readingOf(text)
      if (words >= LONG_WORDS && grade > limitOf(key))
        faults.push(`${path}: ${key} reads at grade ${grade.toFixed(1)}, at most ${limitOf(key)}`)
      if (longest > SENTENCE_WORDS) notes.push(`${path}: ${key} has a sentence of ${longest} words`)
    }
  for (const legal of [false, true]) {
    const prose = messages
      .filter(({ key }) => isLegal(key) === legal)
      .map(({ texts }) => texts.at(-1) ?? '')
      .filter((text) => readingOf(text).words >= PROSE_WORDS)
    const { grade } = readingOf(prose.join('\n'))
    const limit = legal ? LEGAL_GRADE : GRADE
    if (grade > limit)
      faults.push(
        `${path}: the ${legal ? 'legal text' : 'text'} as a whole reads at grade ${grade.toFixed(1)}, at most ${limit}`,
      )
  }
  return { faults, notes }
}

export const reading: Check = (root) => {
  const english = readMessages(root).filter(({ language }) => language === 'en')
  const faults: string[] = []
  const notes: string[] = []
  for (const path of new Set(english.map((message) => message.path))) {
    const found = readingFaults(
      path,
      english.filter((message) => message.path === path),
    )
    faults.push(...found.faults)
    notes.push(...found.notes)
  }
  return { looked: english.length, what: 'English messages', faults, notes }
}

await runAlone(import.meta, reading)
