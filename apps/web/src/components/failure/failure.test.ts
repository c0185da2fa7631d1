/** What can be refused has words, and a name is judged where it is typed. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { allSubjects } from '@alongside/practice/registry.ts'
import { readFeatures } from '../../../messages/files.ts'
import { useWords } from '../../../messages/testing.ts'
import { LANGUAGES } from '../../words/locale.ts'
import { textFor } from '../../words/t.ts'
import { failureText } from './Failure.tsx'
import { nameError } from './name-error.ts'

const WEB = join(import.meta.dirname, '../../..')
const PRACTICE = join(WEB, '../../packages/practice')

interface WithRules {
  readonly rules: readonly { readonly id: string }[]
}

/** Every rule that can refuse something, of the gates and of each event. */
function refusing(): string[] {
  const ids = allSubjects.flatMap(({ gates, handlers }) => {
    const each: Readonly<Record<string, WithRules | undefined>> = handlers
    return [{ rules: gates ?? [] }, ...Object.values(each)].flatMap((one) => (one?.rules ?? []).map((rule) => rule.id))
  })
  return [...new Set(ids)].sort()
}

/** The ids that SPEC.md files give to sentences. */
function specified(): ReadonlySet<string> {
  const files = globSync(['SPEC.md', 'src/*/SPEC.md'], { cwd: PRACTICE })
  const text = files.map((file) => readFileSync(join(PRACTICE, file), 'utf8')).join('\n')
  return new Set([...text.matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map((match) => match[1] ?? ''))
}

/** The keys of sentences, by the rule they are for. */
function sentences(): ReadonlyMap<string, readonly string[]> {
  const byRule = new Map<string, string[]>()
  for (const files of readFeatures(WEB).values())
    for (const key of Object.keys(files.en ?? {})) {
      const rule = /^[\w-]+\.rule\.(.+)$/.exec(key)?.[1]
      if (rule !== undefined) byRule.set(rule, [...(byRule.get(rule) ?? []), key])
    }
  return byRule
}

describe('a refusal by a rule', () => {
  it('has one sentence for every rule that can refuse, and none for a rule that is not there', () => {
    const there = sentences()
    expect(refusing().length).toBeGreaterThan(70)
    expect(refusing().filter((rule) => !there.has(rule))).toEqual([])
    expect([...there.values()].filter((keys) => keys.length > 1)).toEqual([])
    expect([...there.keys()].filter((rule) => !specified().has(rule))).toEqual([])
  })

  it.each(LANGUAGES)('shows its sentence and its id in %s, whichever screen meets it', async (each) => {
    await useWords(each)
    const general = textFor('failure.RuleRefused') ?? ''
    for (const rule of refusing()) {
      const said = failureText({ type: 'RuleRefused', rule })
      expect(said).toContain(rule)
      expect(said, rule).not.toContain(general)
    }
  })

  it('shows the general words when its sentence is not here', async () => {
    await useWords('en')
    expect(failureText({ type: 'RuleRefused', rule: 'NEW-1' })).toContain(textFor('failure.RuleRefused'))
  })
})

describe('ADV-81 a name in a form', () => {
  beforeEach(() => useWords('en'))

  it('is told from what shows nothing, is too long, or bends the words around it', () => {
    expect(nameError('Bea', 'Write it')).toBeUndefined()
    expect(nameError(' \u200B ', 'Write it')).toBe('Write it')
    expect(nameError('B'.repeat(65), 'Write it')).toBe(textFor('failure.NameLong'))
    expect(nameError('Bea\u202Elama', 'Write it')).toBe(textFor('failure.NameHidden'))
  })
})
