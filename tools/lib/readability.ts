/**
 * How hard English text is to read, by the Flesch–Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word
 * − 15.59. Syllables are counted by groups of vowels, which is right for most plain words and close for the others.
 */

/** Words whose spelling misleads the count. */
const KNOWN: Readonly<Record<string, number>> = {
  area: 3,
  being: 2,
  create: 2,
  created: 3,
  idea: 3,
  ideas: 3,
  people: 2,
  quiet: 2,
  something: 2,
  someone: 2,
  sometimes: 2,
  somewhere: 2,
  everyone: 3,
  everything: 3,
  every: 2,
  themselves: 2,
  yourself: 2,
  real: 1,
  really: 2,
  doing: 2,
  going: 2,
  seeing: 2,
  saying: 2,
  trying: 2,
  agreeing: 3,
  safety: 2,
  safely: 2,
  nicely: 2,
  device: 2,
  devices: 3,
  page: 1,
  pages: 2,
}

export function syllablesOf(word: string): number {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '')
  if (plain === '') return 1
  const known = KNOWN[plain]
  if (known !== undefined) return known
  if (plain.length <= 3) return 1
  const spoken = (/[^aeiouyl]les?$/.test(plain) ? plain : withoutSilentEnd(plain)).replace(/^y/, '')
  // A silent e before an ending: hopeful, useless, statement.
  const joined = spoken.replace(/([aeiouy][^aeiouyl])e(?=(?:ful|less|ment|ly|ness)$)/, '$1')
  return Math.max(1, joined.match(/[aeiouy]{1,2}/g)?.length ?? 1)
}

/** A last e is silent, and so mostly are -es and -ed. */
function withoutSilentEnd(word: string): string {
  if (/(?:[sxzcg]|ch|sh)es$/.test(word)) return word
  if (/[^td]ed$/.test(word)) return word.slice(0, -2)
  return word.replace(/([^aeiouy])es?$/, '$1')
}

const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?…:;])["”’)]*\s+|\n+/).filter((part) => /[a-z]/i.test(part))
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []

export interface Reading {
  readonly words: number
  readonly sentences: number
  /** The school grade at which it reads; can be below zero for very short text. */
  readonly grade: number
  /** Words of the longest sentence. */
  readonly longest: number
}

/** The reading of a text. Lines and sentences end alike. */
export function readingOf(text: string): Reading {
  const sentences = sentencesOf(text)
  const words = wordsOf(text)
  if (words.length === 0 || sentences.length === 0) return { words: 0, sentences: 0, grade: 0, longest: 0 }
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  const grade = 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
  const longest = Math.max(...sentences.map((sentence) => wordsOf(sentence).length))
  return { words: words.length, sentences: sentences.length, grade, longest }
}
