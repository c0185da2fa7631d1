/**
 * Turns message files (ICU MessageFormat in JSON) into checked ES modules. Promises that a message which
 * could go wrong on screen stops the build: a missing or extra key, a plural case the language needs and
 * does not have or has and does not use, parameters that differ between languages, a select without
 * `other`. Pure: reads no file. Parsing is `@messageformat/parser`'s; numbers and dates go through Intl.
 */
import { parse, type FunctionArg, type Select } from '@messageformat/parser'
import { LANGUAGES, SOURCE_LANGUAGE, type Language } from './languages.ts'
import { parametersOf, type Parameter, type Token } from './parameters.ts'

export type MessageFile = Readonly<Record<string, string>>
export type FeatureFiles = Readonly<Partial<Record<Language, MessageFile>>>

/** What is wrong with a message; `feature`, `language` and `key` say where. */
export type MessageProblem = { readonly feature: string; readonly language: Language; readonly key: string } & (
  | { readonly type: 'FileMissing' }
  | { readonly type: 'KeyMissing' }
  | { readonly type: 'KeyExtra' }
  | { readonly type: 'KeyOutsideFeature' }
  | { readonly type: 'Unreadable'; readonly why: string }
  | { readonly type: 'Empty' }
  | { readonly type: 'PluralCaseMissing'; readonly argument: string; readonly plural: string }
  | { readonly type: 'PluralCaseUnused'; readonly argument: string; readonly plural: string }
  | { readonly type: 'SelectWithoutOther'; readonly argument: string }
  | { readonly type: 'ChoiceMissing'; readonly argument: string; readonly choice: string }
  | { readonly type: 'FormatUnknown'; readonly argument: string; readonly format: string }
  | { readonly type: 'ParameterMissing'; readonly argument: string }
  | { readonly type: 'ParameterUnknown'; readonly argument: string }
  | { readonly type: 'ParameterUsedTwoWays'; readonly argument: string }
)

const FORMATS = new Map<string, readonly string[]>([
  ['number', ['', 'integer', 'percent']],
  ['date', ['', 'short', 'long']],
  ['time', ['']],
])

type Found = MessageProblem extends infer P
  ? P extends MessageProblem
    ? Omit<P, 'feature' | 'language' | 'key'>
    : never
  : never

/** `a, b` from `{n, date, a}`: the style word after the format, or the empty text. */
function styleOf(token: FunctionArg): string {
  return (token.param ?? [])
    .map((each) => (each.type === 'content' ? each.value : ''))
    .join('')
    .trim()
}

function pluralProblems(token: Select, language: Language): Found[] {
  const type = token.type === 'selectordinal' ? 'ordinal' : 'cardinal'
  const needed = new Set<string>(new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories)
  const given = token.cases.map((each) => each.key).filter((key) => !key.startsWith('='))
  const found: Found[] = []
  for (const plural of needed) {
    if (!given.includes(plural)) found.push({ type: 'PluralCaseMissing', argument: token.arg, plural })
  }
  for (const plural of given) {
    if (!needed.has(plural)) found.push({ type: 'PluralCaseUnused', argument: token.arg, plural })
  }
  return found
}

function tokenProblems(tokens: readonly Token[], language: Language): Found[] {
  const found: Found[] = []
  for (const token of tokens) {
    if (token.type === 'function') {
      const styles = FORMATS.get(token.key)
      const style = styleOf(token)
      if (styles === undefined || !styles.includes(style)) {
        found.push({ type: 'FormatUnknown', argument: token.arg, format: `${token.key} ${style}`.trim() })
      }
    }
    if (token.type !== 'plural' && token.type !== 'select' && token.type !== 'selectordinal') continue
    if (token.type === 'select') {
      if (!token.cases.some((each) => each.key === 'other'))
        found.push({ type: 'SelectWithoutOther', argument: token.arg })
    } else {
      found.push(...pluralProblems(token, language))
    }
    for (const each of token.cases) found.push(...tokenProblems(each.tokens, language))
  }
  return found
}

type Parsed = { readonly ok: true; readonly tokens: readonly Token[] } | { readonly ok: false; readonly why: string }

function parseMessage(text: string): Parsed {
  try {
    // The parser's own plural check is off: ours below also says which case is missing.
    return { ok: true, tokens: parse(text, { strictPluralKeys: false }) }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unreadable' }
  }
}

function parameterProblems(source: ReadonlyMap<string, Parameter>, own: ReadonlyMap<string, Parameter>): Found[] {
  const found: Found[] = []
  for (const [argument, wanted] of source) {
    const given = own.get(argument)
    if (given === undefined) {
      found.push({ type: 'ParameterMissing', argument })
      continue
    }
    if (given.kind !== wanted.kind) found.push({ type: 'ParameterUsedTwoWays', argument })
    for (const choice of wanted.choices) {
      if (!given.choices.includes(choice)) found.push({ type: 'ChoiceMissing', argument, choice })
    }
  }
  for (const argument of own.keys()) if (!source.has(argument)) found.push({ type: 'ParameterUnknown', argument })
  return found
}

/**
 * Everything wrong with one feature's message files, in reading order; an empty list means that it may ship.
 * @param feature the folder's name; every key must start with it and a dot.
 */
export function checkFeature(feature: string, files: FeatureFiles): readonly MessageProblem[] {
  const problems: MessageProblem[] = []
  const source = files[SOURCE_LANGUAGE] ?? {}
  for (const language of LANGUAGES) {
    const report = (key: string, found: Found): void => void problems.push({ feature, language, key, ...found })
    const file = files[language]
    if (file === undefined) {
      report('', { type: 'FileMissing' })
      continue
    }
    for (const key of Object.keys(source)) if (!(key in file)) report(key, { type: 'KeyMissing' })
    for (const [key, text] of Object.entries(file)) {
      if (!(key in source)) report(key, { type: 'KeyExtra' })
      if (!key.startsWith(`${feature}.`)) report(key, { type: 'KeyOutsideFeature' })
      if (text.trim() === '') report(key, { type: 'Empty' })
      const parsed = parseMessage(text)
      if (!parsed.ok) {
        report(key, { type: 'Unreadable', why: parsed.why })
        continue
      }
      for (const found of tokenProblems(parsed.tokens, language)) report(key, found)
      const own = parametersOf(parsed.tokens)
      for (const argument of own.clashes) report(key, { type: 'ParameterUsedTwoWays', argument })
      const first = parseMessage(source[key] ?? '')
      if (language !== SOURCE_LANGUAGE && key in source && first.ok) {
        for (const found of parameterProblems(parametersOf(first.tokens).parameters, own.parameters)) report(key, found)
      }
    }
  }
  return problems
}

function casesCode(token: Select, language: Language, inside: Select | null): string {
  const cases = token.cases.map((each) => {
    const within = token.type === 'select' ? inside : token
    return `${JSON.stringify(each.key)}:${tokensCode(each.tokens, language, within)}`
  })
  return `{${cases.join(',')}}`
}

function tokenCode(token: Token, language: Language, inside: Select | null): string {
  const value = (name: string): string => `p[${JSON.stringify(name)}]`
  switch (token.type) {
    case 'content':
      return JSON.stringify(token.value)
    case 'argument':
      return `text(${JSON.stringify(language)},${value(token.arg)})`
    case 'octothorpe':
      return inside === null ? '"#"' : `number(${value(inside.arg)}-${inside.pluralOffset ?? 0})`
    case 'function':
      return `${token.key}(${value(token.arg)},${JSON.stringify(styleOf(token))})`
    case 'select':
      return `choose(${value(token.arg)},${casesCode(token, language, inside)})`
    case 'plural':
    case 'selectordinal': {
      const type = token.type === 'plural' ? 'cardinal' : 'ordinal'
      return `plural(${JSON.stringify(language)},${JSON.stringify(type)},${value(token.arg)},${token.pluralOffset ?? 0},${casesCode(token, language, inside)})`
    }
  }
}

function tokensCode(tokens: readonly Token[], language: Language, inside: Select | null): string {
  if (tokens.length === 0) return '""'
  return tokens.map((token) => tokenCode(token, language, inside)).join('+')
}

/** The names generated code takes from the runtime (`src/words/runtime.ts`). */
const RUNTIME = ['choose', 'date', 'number', 'plural', 'text', 'time'] as const

/**
 * One ES module whose default export maps each key to a text or to a function of its parameters.
 * The messages must have passed `checkFeature`; one that cannot be read throws (a bug of the caller).
 * @param runtime where the module imports the formatting functions from.
 */
export function compileFeature(language: Language, file: MessageFile, runtime: string): string {
  const used = new Set<string>()
  const lines = Object.entries(file).map(([key, text]) => {
    const tokens: readonly Token[] = parse(text, { strictPluralKeys: false })
    const constant = tokens.every((token) => token.type === 'content')
    const code = tokensCode(tokens, language, null)
    for (const name of RUNTIME) if (!constant && code.includes(`${name}(`)) used.add(name)
    const plain = tokens.map((token) => (token.type === 'content' ? token.value : '')).join('')
    return `${JSON.stringify(key)}:${constant ? JSON.stringify(plain) : `p=>${code}`}`
  })
  const imports = used.size === 0 ? '' : `import {${[...used].sort().join(',')}} from ${JSON.stringify(runtime)}\n`
  return `${imports}export default {\n${lines.join(',\n')}\n}\n`
}

const TYPE_OF = { text: 'string', number: 'number', time: 'number', choice: '' } as const

/** The TypeScript interface that gives every key its parameters (`null`: none). */
export function typesOfFeatures(features: ReadonlyMap<string, FeatureFiles>): string {
  const lines: string[] = []
  for (const feature of [...features.keys()].sort()) {
    for (const [key, text] of Object.entries(features.get(feature)?.[SOURCE_LANGUAGE] ?? {})) {
      const parsed = parseMessage(text)
      const parameters = parsed.ok ? [...parametersOf(parsed.tokens).parameters.values()] : []
      const fields = parameters.map(({ name, kind, choices }) => {
        const type =
          kind === 'choice'
            ? [...choices.map((each) => JSON.stringify(each)), '(string & {})'].join(' | ')
            : TYPE_OF[kind]
        return `readonly ${name}: ${type}`
      })
      lines.push(`  ${JSON.stringify(key)}: ${fields.length === 0 ? 'null' : `{ ${fields.join('; ')} }`}`)
    }
  }
  return `// biome-ignore-all format: made by a tool.\n// Made from the message files by messages-types.ts; not kept in the repository.\nexport interface Messages {\n${lines.join('\n')}\n}\n`
}
