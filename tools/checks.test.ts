import { describe, expect, it } from 'vitest'
import { faultsOf as arrowFaults, PARTS } from './arrows.ts'
import { budgetFaults, type Manifest, measure } from './budgets.ts'
import { contrastFaults, contrastOf } from './contrast.ts'
import { faultsOf as docFaults, titlesOf, unlisted } from './docs.ts'
import { faultsOf as hygieneFaults } from './hygiene.ts'
import { passed } from './lib/check.ts'
import { lintReport } from './lib/lint-report.ts'
import { faultsOf as ruleFaults } from './rules.ts'
import { listText } from './subjects.ts'

const KB = 1024

describe('a check', () => {
  it('fails when it looked at nothing', () => {
    expect(passed({ looked: 0, what: 'files', faults: [] })).toBe(false)
    expect(passed({ looked: 1, what: 'files', faults: [] })).toBe(true)
  })
})

describe('arrows', () => {
  const faults = (folder: string, path: string, text: string) => {
    const part = PARTS.find((each) => each.folder === folder)
    if (part === undefined) throw new Error(`no part ${folder}`)
    return arrowFaults(part, [{ path: `${folder}/${path}`, text }])
  }

  it.each([
    ['the relay naming the rules', 'packages/relay', 'src/a.ts', "import { x } from '@alongside/practice/define.ts'"],
    [
      'the relay naming the keys by type only',
      'packages/relay',
      'src/a.ts',
      "export type K = import('@alongside/record/keys.ts').K",
    ],
    ['the relay naming documents', 'packages/relay', 'src/a.ts', "const y = await import('yjs')"],
    ['the relay even in a test', 'packages/relay', 'src/a.test.ts', "import { x } from '@alongside/record/keys.ts'"],
    ['rules reading the machine', 'packages/practice', 'src/a.ts', "import { readFileSync } from 'node:fs'"],
    ['rules with a package of others', 'packages/practice', 'src/a.ts', "import { encode } from 'cborg'"],
    ['base naming one of us', 'packages/base', 'src/a.ts', "export * from '@alongside/wire/limits.ts'"],
    ['a way round by relative path', 'packages/record', 'src/a.ts', "import { x } from '../../practice/src/define.ts'"],
    ['a screen naming the relay', 'apps/web', 'src/a.tsx', "import { startRelay } from '@alongside/relay/server.ts'"],
    ['a barrel', 'packages/wire', 'src/index.ts', 'export const x = 1'],
  ])('refuse %s', (_what, folder, path, text) => {
    expect(faults(folder, path, text)).toHaveLength(1)
  })

  it.each([
    ['the device naming the rules', 'packages/device', 'src/a.ts', "import { x } from '@alongside/practice/define.ts'"],
    [
      'a test of the device with a real relay',
      'packages/device',
      'src/a.test.ts',
      "import { x } from '@alongside/relay/server.ts'",
    ],
    ['development with a real relay', 'apps/web', 'dev.ts', "import { startRelay } from '@alongside/relay/server.ts'"],
    ['a family of packages', 'packages/record', 'src/a.ts', "import { x } from '@noble/hashes/sha2.js'"],
    [
      'a word that only looks like an import',
      'packages/practice',
      'src/a.ts',
      "// import { x } from 'yjs'\nexport const x = 1",
    ],
  ])('allow %s', (_what, folder, path, text) => {
    expect(faults(folder, path, text)).toEqual([])
  })
})

describe('rules', () => {
  const spec = { path: 'packages/p/SPEC.md', text: '# P\n\n- **ABC-1** A line is in force when both said yes.\n' }
  const code = { path: 'packages/p/src/a.ts', text: "export const rule = { id: 'ABC-1' }" }
  const test = { path: 'packages/p/src/a.test.ts', text: "it('[ABC-1] a line waits for both', () => {})" }

  it('hold when sentence, code and test carry the id', () => {
    expect(ruleFaults('p', [spec, code, test])).toEqual({ rules: 1, faults: [] })
  })

  it.each([
    ['no test', [spec, code], 'no test of p shows ABC-1'],
    [
      'a test that names it only in a comment',
      [spec, code, { ...test, text: '// [ABC-1]' }],
      'no test of p shows ABC-1',
    ],
    ['no code', [spec, test], 'no code of p carries ABC-1'],
    [
      'an id that is in no specification',
      [spec, code, { ...test, text: "it('[ABC-1] [ABC-2] both', () => {})" }],
      'ABC-2 is in no',
    ],
    ['an id used twice', [spec, code, test, { ...spec, path: 'packages/p/src/b/SPEC.md' }], 'ABC-1 is already at'],
    ['an id with no sentence', [{ ...spec, text: '- **ABC-1**' }, code, test], 'says nothing'],
  ])('fail with %s', (_what, files, fault) => {
    expect(ruleFaults('p', files).faults.join('\n')).toContain(fault)
  })
})

describe('budgets', () => {
  const manifest: Manifest = {
    'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_shared.js'] },
    '_shared.js': { file: 'assets/shared.js' },
    '_heavy.js': { file: 'assets/heavy.js' },
    'src/shell/screens/Welcome.tsx': {
      file: 'assets/w.js',
      src: 'src/shell/screens/Welcome.tsx',
      isDynamicEntry: true,
      imports: ['_shared.js'],
    },
    'src/practices/note/NoteScreen.tsx': {
      file: 'assets/n.js',
      src: 'src/practices/note/NoteScreen.tsx',
      isDynamicEntry: true,
      imports: ['_heavy.js'],
    },
  }
  const sizes = (heavyKb: number) =>
    new Map([
      ['assets/index.js', 10 * KB],
      ['assets/shared.js', 5 * KB],
      ['assets/w.js', 2 * KB],
      ['assets/n.js', 4 * KB],
      ['assets/heavy.js', heavyKb * KB],
      ['assets/words-en-shell-1.js', 3 * KB],
      ['assets/words-en-note-1.js', 3 * KB],
      ['assets/worker-1.js', 50 * KB],
      ['assets/index.css', 6 * KB],
    ])
  const bytesOf = (name: string) => measure(manifest, sizes(1)).find((each) => each.name === name)?.bytes

  it('count a chunk with all it brings, and the worker with the entry', () => {
    expect(bytesOf('entry')).toBe(15 * KB)
    expect(bytesOf('welcome or unlock')).toBe(20 * KB)
    expect(bytesOf('entry and worker')).toBe(65 * KB)
    expect(bytesOf('language en')).toBe(6 * KB)
    expect(budgetFaults(measure(manifest, sizes(1)))).toEqual([])
  })

  it('fail when a screen brings a library it should have waited for', () => {
    expect(budgetFaults(measure(manifest, sizes(20)))).toEqual([
      'screen src/practices/note/NoteScreen.tsx: 24.0 KB gzipped, at most 15',
    ])
  })

  it('fail when there is nothing to measure', () => {
    expect(budgetFaults(measure({}, new Map())).length).toBeGreaterThan(3)
  })
})

describe('contrast', () => {
  it('is the ratio of WCAG', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })

  it('fails for pale text, for a theme that makes text pale, and for tokens that are gone', () => {
    expect(contrastFaults(':root { --ink: #aaaaaa; --linen: #ffffff }').faults.join('\n')).toContain(
      '--ink on --linen is 2.32',
    )
    const dark =
      ':root { --ink: #000000; --linen: #ffffff } @media (prefers-contrast: more) { :root { --ink: #dddddd } }'
    expect(contrastFaults(dark).faults.join('\n')).toContain('(prefers-contrast: more): --ink on --linen is 1.36')
    expect(contrastFaults('').looked).toBe(0)
  })
})

describe('the list of practices', () => {
  it('names each folder once, with hyphens made into capitals', () => {
    expect(listText(['check-in', 'people'])).toBe(
      [
        '// Written by `node tools/subjects.ts --write`: every folder of this package that has a subject.ts.',
        "import { checkIn } from './check-in/subject.ts'",
        "import { people } from './people/subject.ts'",
        '',
        'export const subjects = [checkIn, people] as const',
        '',
      ].join('\n'),
    )
  })
})

describe('documents', () => {
  const titles = titlesOf([{ path: 'a.test.ts', text: "it('ADV-9 refuses it', () => {}) // ADV-8" }])
  const faults = (text: string) => docFaults({ path: 'docs/a.md', text }, titles, (path) => path === 'docs/b.md')

  it('fail for a link that leads nowhere and for a test that does not exist', () => {
    expect(faults('[b](b.md) and ADV-9, by SHA-256')).toEqual([])
    expect(faults('[c](c.md)')).toEqual(['docs/a.md:1: c.md does not exist'])
    expect(faults('shown by ADV-8')).toEqual(['docs/a.md:1: no test shows ADV-8'])
  })

  it('fail for an adversarial test that the list does not have', () => {
    expect(unlisted(titles, '- **ADV-9** It is refused.')).toEqual([])
    expect(unlisted(titles, '- **ADV-90** It is refused.')).toHaveLength(1)
  })
})

describe('hygiene', () => {
  // Put together from halves, so that this file itself is clean.
  const joined = (...halves: readonly string[]) => halves.join('')

  it.each([
    ['a path of one machine', 'a.ts', joined("read('/ho", "me/somebody/file')")],
    ['a registry in the lockfile', 'package-lock.json', '"resolved": "https://registry.example/x.tgz"'],
    ['a test that silences its neighbours', 'a.test.ts', joined('it.', "only('x', () => {})")],
    ['a note to self', 'a.md', joined('TO', 'DO write this')],
    ['a cast to any', 'a.ts', joined('x as ', 'any')],
    ['a silenced type error', 'a.ts', joined('// @ts-', 'ignore')],
  ])('finds %s', (_what, path, text) => {
    expect(hygieneFaults({ path, text })).toHaveLength(1)
  })

  it('leaves ordinary text alone', () => {
    expect(hygieneFaults({ path: 'a.ts', text: "fetch('/work') // as anyone may; home/away" })).toEqual([])
  })
})

describe('the report of the linter', () => {
  it('is a failure when the linter did not run or saw no file', () => {
    expect(passed(lintReport('cannot start', 1))).toBe(false)
    expect(passed(lintReport('{"diagnostics":[],"number_of_files":0}', 0))).toBe(false)
    expect(passed(lintReport('{"diagnostics":[],"number_of_files":3}', 1))).toBe(false)
    expect(passed(lintReport('{"diagnostics":[],"number_of_files":3}', 0))).toBe(true)
  })
})
