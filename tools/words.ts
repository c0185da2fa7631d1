/**
 * Keeps words that rank, blame or hide power off the screens, in every language, and keeps all visible words in message
 * files: a word written straight into markup can never be translated.
 */
import { BANNED, BANNED_IN_TALK_OFFERS, type Banned } from './data/banned-words.ts'
import { type Check, runAlone } from './lib/check.ts'
import { isTest, readFiles } from './lib/files.ts'
import { type Language, type Message, readMessages } from './lib/messages.ts'
import { wordsInMarkup } from './lib/source.ts'

/** Our name is the same in every language. */
const NAME = 'Alongside'

/** Arabic joins "and", "to", "the" and their like to the word that follows. */
const JOINED: Readonly<Record<Language, string>> = { en: '', es: '', ar: '[وفبكل]{0,2}(?:ال|لل)?' }

const patternOf = (language: Language, word: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${JOINED[language]}(?:${word})(?![\\p{L}\\p{N}])`, 'iu')

/** Vowel signs and the joining line of Arabic do not make another word. */
const bare = (text: string): string => text.replace(/[\u064b-\u0652\u0640]/gu, '').replaceAll('’', "'")

/** The banned words of a text, as they stand in it. */
export function bannedIn(text: string, language: Language, list: readonly Banned[]): string[] {
  const found: string[] = []
  for (const { word, except = [] } of list) {
    let rest = bare(text).toLowerCase()
    for (const phrase of except) rest = rest.replaceAll(phrase, '…')
    const match = patternOf(language, word).exec(rest)
    if (match !== null) found.push(match[0])
  }
  return found
}

const isTalkOffer = (key: string): boolean => /talk-?offer/i.test(key)

/** The faults of one message. */
export function faultsOf({ path, key, language, texts }: Message): string[] {
  const list = isTalkOffer(key) ? [...BANNED[language], ...BANNED_IN_TALK_OFFERS[language]] : BANNED[language]
  const words = new Set(texts.flatMap((text) => bannedIn(text, language, list)))
  return [...words].map((word) => `${path}: ${key} says “${word}”`)
}

export const words: Check = (root) => {
  const messages = readMessages(root)
  const screens = readFiles(
    root,
    (path) => /^apps\/web\/src\/.*\.tsx$/.test(path) && !isTest(path) && !path.endsWith('/examples.tsx'),
  )
  const faults = messages.flatMap(faultsOf)
  for (const screen of screens)
    for (const { where, text } of wordsInMarkup(screen).filter((each) => each.text !== NAME))
      faults.push(`${where}: “${text}” belongs in a message file`)
  if (messages.length === 0) faults.push('apps/web: has no message files')
  return {
    looked: Math.min(messages.length, screens.length) && messages.length + screens.length,
    what: 'messages and screens',
    faults,
  }
}

await runAlone(import.meta, words)
