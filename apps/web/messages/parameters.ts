/**
 * What a message asks for: its parameters and the kind of each, read from the parsed ICU text.
 * A kind becomes a TypeScript type, so a screen that forgets a parameter does not compile.
 */
import type { Content, FunctionArg, Octothorpe, PlainArg, Select } from '@messageformat/parser'

export type Token = Content | PlainArg | FunctionArg | Select | Octothorpe

/** `text` is shown as it is, `number` is counted or formatted, `time` is milliseconds since 1970, `choice` selects a branch. */
export type ParameterKind = 'text' | 'number' | 'time' | 'choice'

export interface Parameter {
  readonly name: string
  readonly kind: ParameterKind
  /** The branches of a `select`, without `other`; empty for the other kinds. */
  readonly choices: readonly string[]
}

function kindOf(token: PlainArg | FunctionArg | Select): ParameterKind {
  if (token.type === 'argument') return 'text'
  if (token.type === 'select') return 'choice'
  if (token.type === 'function') return token.key === 'number' ? 'number' : 'time'
  return 'number'
}

/**
 * Every parameter of a message by name. A parameter that is both counted and shown plainly is a number;
 * one used in two ways that no single value can satisfy is named in `clashes`.
 */
export function parametersOf(tokens: readonly Token[]): {
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly clashes: readonly string[]
} {
  const parameters = new Map<string, Parameter>()
  const clashes: string[] = []
  const visit = (inner: readonly Token[]): void => {
    for (const token of inner) {
      if (token.type === 'content' || token.type === 'octothorpe') continue
      const kind = kindOf(token)
      const before = parameters.get(token.arg)
      const choices =
        token.type === 'select' ? token.cases.map((each) => each.key).filter((key) => key !== 'other') : []
      if (before !== undefined && before.kind !== kind) clashes.push(token.arg)
      parameters.set(token.arg, {
        name: token.arg,
        kind,
        choices: [...new Set([...(before?.choices ?? []), ...choices])].sort(),
      })
      if (token.type === 'plural' || token.type === 'select' || token.type === 'selectordinal') {
        for (const each of token.cases) visit(each.tokens)
      }
    }
  }
  visit(tokens)
  return { parameters, clashes }
}
