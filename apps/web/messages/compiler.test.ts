import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFeature, typesOfFeatures, type FeatureFiles } from './compiler.ts'
import { runMessages } from './testing.ts'

const only = (text: { en: string; es: string; ar: string }): FeatureFiles => ({
  en: { 'x.a': text.en },
  es: { 'x.a': text.es },
  ar: { 'x.a': text.ar },
})
const same = (text: string): FeatureFiles => only({ en: text, es: text, ar: text })
const found = (files: FeatureFiles): string[] =>
  checkFeature('x', files).map((problem) => {
    const { feature: _feature, ...rest } = problem
    return Object.values(rest).join(' ')
  })

const ARABIC = '{n, plural, zero {0} one {1} two {2} few {3} many {11} other {#}}'

describe('a message file that may not ship', () => {
  it('is one that lacks a language', () => {
    expect(found({ en: { 'x.a': 'Yes' }, es: { 'x.a': 'Sí' } })).toEqual(['ar  FileMissing'])
  })
  it('is one with a key missing or extra in a language', () => {
    expect(found({ en: { 'x.a': 'a' }, es: { 'x.b': 'b' }, ar: { 'x.a': 'a' } })).toEqual([
      'es x.a KeyMissing',
      'es x.b KeyExtra',
    ])
  })
  it('is one with a key outside its feature or an empty text', () => {
    expect(found({ en: { 'y.a': '' }, es: { 'y.a': 'a' }, ar: { 'y.a': 'a' } })).toContain('en y.a Empty')
    expect(found({ en: { 'y.a': 'a' }, es: { 'y.a': 'a' }, ar: { 'y.a': 'a' } })).toContain('en y.a KeyOutsideFeature')
  })
  it('is one that lacks a plural case of its language: Arabic needs all six', () => {
    const files = only({
      en: '{n, plural, one {a} other {b}}',
      es: '{n, plural, one {a} other {b}}',
      ar: '{n, plural, one {a} other {b}}',
    })
    expect(found(files)).toEqual([
      'es x.a PluralCaseMissing n many',
      ...['zero', 'two', 'few', 'many'].map((plural) => `ar x.a PluralCaseMissing n ${plural}`),
    ])
  })
  it('is one with a plural case its language never uses', () => {
    const files = only({
      en: '{n, plural, one {a} few {c} other {b}}',
      es: '{n, plural, one {a} many {b} other {b}}',
      ar: ARABIC,
    })
    expect(found(files)).toEqual(['en x.a PluralCaseUnused n few'])
  })
  it('may name exact numbers, which every language can', () => {
    const files = only({
      en: '{n, plural, =0 {none} one {a} other {b}}',
      es: '{n, plural, =0 {-} one {a} many {b} other {b}}',
      ar: ARABIC,
    })
    expect(found(files)).toEqual([])
  })
  it('is one whose parameters differ from the English ones', () => {
    expect(found(only({ en: '{name}', es: '{nombre}', ar: '{name} {more}' }))).toEqual([
      'es x.a ParameterMissing name',
      'es x.a ParameterUnknown nombre',
      'ar x.a ParameterUnknown more',
    ])
  })
  it('is one that uses a parameter as two kinds of thing', () => {
    expect(found(same('{when} {when, date}'))[0]).toBe('en x.a ParameterUsedTwoWays when')
    expect(found(only({ en: '{n, number}', es: '{n}', ar: '{n, number}' }))).toEqual(['es x.a ParameterUsedTwoWays n'])
  })
  it('is one with a select without other, or a branch missing in a language', () => {
    expect(found(same('{k, select, a {1}}'))[0]).toBe('en x.a SelectWithoutOther k')
    expect(
      found(
        only({ en: '{k, select, a {1} other {2}}', es: '{k, select, other {2}}', ar: '{k, select, a {1} other {2}}' }),
      ),
    ).toEqual(['es x.a ChoiceMissing k a'])
  })
  it('is one that cannot be read or names a format we do not have', () => {
    expect(found(same('{n, plural'))[0]).toContain('en x.a Unreadable')
    expect(found(same('{d, date, funny}'))[0]).toBe('en x.a FormatUnknown d date funny')
  })
  it('is looked for inside branches too', () => {
    expect(found(same('{k, select, a {{n, plural, other {x}}} other {y}}'))[0]).toBe('en x.a PluralCaseMissing n one')
  })
})

describe('compiled messages', () => {
  const run = async (text: string, parameters: Record<string, unknown>): Promise<string> => {
    const entry = (await runMessages('en', { 'x.a': text }))['x.a'] ?? ''
    return typeof entry === 'string' ? entry : entry(parameters as never)
  }
  it('put parameters, plurals, offsets and nested branches in place', async () => {
    expect(await run('Hello {name}', { name: 'Amina' })).toBe('Hello Amina')
    expect(await run('{n, plural, =0 {none} one {# line} other {# lines}}', { n: 2 })).toBe('2 lines')
    const others = '{n, plural, offset:1 =1 {you} one {you and # other} other {you and # others}}'
    expect(await run(others, { n: 3 })).toBe('you and 2 others')
    expect(await run('{k, select, a {{n, plural, one {#} other {#s}}} other {x}}', { k: 'a', n: 5 })).toBe('5s')
    expect(await run("it's {k, select, other {}}", { k: 'z' })).toBe("it's ")
  })
  it('carry any plain text through unchanged', async () => {
    const plain = fc.string().filter((text) => !/[{}#']/.test(text))
    await fc.assert(
      fc.asyncProperty(plain, async (text) => {
        expect(await run(`${text}.`, {})).toBe(`${text}.`)
      }),
    )
  })
})

it('gives every key its parameters as types', () => {
  const types = typesOfFeatures(
    new Map([
      ['x', same('{who} {n, number} {when, date} {k, select, a {1} other {2}}')],
      ['y', { en: { 'y.b': 'Yes' } }],
    ]),
  )
  expect(types).toContain(
    '"x.a": { readonly who: string; readonly n: number; readonly when: number; readonly k: "a" | (string & {}) }',
  )
  expect(types).toContain('"y.b": null')
})
