/**
 * The texts that people see: a `messages/<language>.json` of any folder of the web app, flat objects of key to ICU MessageFormat text.
 * Gives them as plain sentences, each branch of a plural or select written out, so that words and reading can be checked.
 */
import { readFiles, type Source } from './files.ts'

export const LANGUAGES = ['en', 'es', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

export interface Message {
  readonly path: string
  readonly language: Language
  readonly key: string
  /** The text as people may see it: one for each branch. */
  readonly texts: readonly string[]
}

const FILE = /^apps\/web\/src\/(?:.*\/)?messages\/(en|es|ar)\.json$/

/** What stands in for a value when a message is read as prose: short, like a name. */
const SAMPLE = 'Rosa'

/**
 * Every way a message can read: `{n, plural, one {a day} other {# days}}` gives two texts. A value becomes a sample
 * name, `#` a number. Text that is not well formed comes back as it is; the message compiler is what refuses it.
 */
export function variantsOf(message: string): string[] {
  const open = message.search(/\{/)
  if (open === -1) return [message.replaceAll("''", "'")]
  const close = closing(message, open)
  if (close === -1) return [message]
  const before = message.slice(0, open)
  const inside = message.slice(open + 1, close)
  const branched = /^\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,/.exec(inside)
  const here = branched === null ? [SAMPLE] : branchesOf(inside.slice(branched[0].length)).flatMap(variantsOf)
  const after = variantsOf(message.slice(close + 1))
  return here.flatMap((middle) => after.map((rest) => `${before}${middle}${rest}`))
}

/** The offset of the brace that closes the one at `open`, or -1. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i
  }
  return -1
}

function branchesOf(text: string): string[] {
  const branches: string[] = []
  let rest = text
  for (;;) {
    const open = rest.indexOf('{')
    const close = open === -1 ? -1 : closing(rest, open)
    if (close === -1) return branches
    branches.push(rest.slice(open + 1, close).replaceAll('#', '3'))
    rest = rest.slice(close + 1)
  }
}

/** The messages of one file. Nested objects are read as keys joined with dots. */
export function messagesOf(source: Source): Message[] {
  const language = FILE.exec(source.path)?.[1] as Language | undefined
  if (language === undefined) return []
  const found: Message[] = []
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') found.push({ path: source.path, language, key, texts: variantsOf(value) })
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, key === '' ? name : `${key}.${name}`)
  }
  walk(JSON.parse(source.text), '')
  return found
}

export const readMessages = (root: string): Message[] => readFiles(root, (path) => FILE.test(path)).flatMap(messagesOf)
