/**
 * `t('agreement.title', {…})`: the text of a message in the language in use. Keys and parameters are typed
 * from the message files. A screen that calls `t` follows a change of language by itself.
 *
 * Messages come per feature. The router loads a screen's before it shows the screen; if a key of a feature
 * that is not there yet is asked for, it is loaded and the screen draws again, and until then the text is empty.
 * A text that cannot be fetched in the language in use is said in English: a screen is never left without words.
 */
import { signal } from '@preact/signals'
import { language, type Language } from './locale.ts'
import type { Messages } from './messages.gen.ts'

export type MessageKey = keyof Messages

type Parameters<K extends MessageKey> = Messages[K] extends null ? [] : [Messages[K]]
type Entry = string | ((parameters: never) => string)

/** Messages of one feature in one language, as compiled. */
export type Dictionary = Readonly<Record<string, Entry>>
export type DictionaryLoader = (language: Language, feature: string) => Promise<Dictionary | null>

/** Kept on every device with the app itself, so it is there when another language is not. */
const FALLBACK: Language = 'en'

const loaded = signal<ReadonlyMap<string, Dictionary>>(new Map())
const asked = new Map<string, Promise<boolean>>()
let loader: DictionaryLoader = () => Promise.resolve(null)

const place = (each: Language, feature: string): string => `${each}/${feature}`

/** Says where dictionaries come from: once at start (and in tests). */
export function provideWords(load: DictionaryLoader): void {
  loader = load
  asked.clear()
  loaded.value = new Map()
}

/** Fetches one feature in one language, once; whether it is there. A fetch that failed may be tried again. */
function fetchWords(each: Language, feature: string): Promise<boolean> {
  const key = place(each, feature)
  const before = asked.get(key)
  if (before !== undefined) return before
  const fetching = loader(each, feature).then(
    (dictionary) => {
      if (dictionary !== null) loaded.value = new Map(loaded.peek()).set(key, dictionary)
      return true
    },
    () => {
      asked.delete(key)
      return false
    },
  )
  asked.set(key, fetching)
  return fetching
}

/** Loads the messages of these features in a language, or in English where that fails; resolves when `t` can answer for them. */
export async function loadWords(features: readonly string[], each: Language = language.peek()): Promise<void> {
  await Promise.all(
    features.map(async (feature) => {
      if (!(await fetchWords(each, feature)) && each !== FALLBACK) await fetchWords(FALLBACK, feature)
    }),
  )
}

/**
 * Loads every feature now in use in the new language, then changes over in one step. False if some could not be
 * fetched: then the language stays as it was.
 */
export async function changeLanguage(to: Language): Promise<boolean> {
  const features = new Set([...loaded.peek().keys()].map((key) => key.slice(key.indexOf('/') + 1)))
  const fetched = await Promise.all([...features].map((feature) => fetchWords(to, feature)))
  if (fetched.includes(false)) return false
  language.value = to
  return true
}

function find(key: string): Entry | undefined {
  const feature = key.slice(0, key.indexOf('.'))
  const own = loaded.value.get(place(language.value, feature))
  if (own === undefined) void loadWords([feature])
  const dictionary = own ?? loaded.value.get(place(FALLBACK, feature))
  return dictionary !== undefined && Object.hasOwn(dictionary, key) ? dictionary[key] : undefined
}

export function t<K extends MessageKey>(key: K, ...parameters: Parameters<K>): string {
  const entry = find(key)
  if (entry === undefined) return ''
  // The generated types tie a key to its parameters; the dictionary itself cannot carry that.
  return typeof entry === 'string' ? entry : entry(parameters[0] as never)
}

/** The text of a key made at run time (a rule's id, a ready text) that takes no parameters; `undefined` if there is none. */
export function textFor(key: string): string | undefined {
  const entry = find(key)
  return typeof entry === 'string' ? entry : undefined
}

/** The text that some feature already loaded has under `<feature>.<rest>`; for what no screen knows the owner of. */
export function textAmongLoaded(rest: string): string | undefined {
  for (const where of loaded.value.keys()) {
    const [each, feature] = where.split('/')
    const entry = each === language.value ? textFor(`${feature}.${rest}`) : undefined
    if (entry !== undefined) return entry
  }
  return undefined
}
