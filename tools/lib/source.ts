/** Reads TypeScript and TSX by their syntax tree, with the parser that Vite brings: imports, text, and visible words. */
import { parseSync, Visitor } from 'vite'
import type { Source } from './files.ts'

/** A place in a file, as `path:line`. */
const at = (source: Source, offset: number): string =>
  `${source.path}:${source.text.slice(0, offset).split('\n').length}`

export interface Found {
  readonly where: string
  readonly text: string
}

function visit(source: Source, visitors: ConstructorParameters<typeof Visitor>[0]): void {
  const parsed = parseSync(source.path, source.text)
  if (parsed.errors.length > 0) throw new Error(`${source.path} cannot be parsed: ${parsed.errors[0]?.message}`)
  new Visitor(visitors).visit(parsed.program)
}

/** Every module that a file names: imports, re-exports, `import()` and types taken by `import('…')`. */
export function importsOf(source: Source): Found[] {
  const found: Found[] = []
  const add = (literal: { readonly start: number; readonly value: unknown } | null) => {
    if (literal !== null && typeof literal.value === 'string')
      found.push({ where: at(source, literal.start), text: literal.value })
  }
  visit(source, {
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => {
      if (node.source.type === 'Literal') add(node.source)
    },
    TSImportType: (node) => add(node.source),
  })
  return found
}

/** Every string in a file, the fixed parts of templates included; comments are not strings. */
export function stringsOf(source: Source): Found[] {
  const found: Found[] = []
  visit(source, {
    Literal: (node) => {
      if (typeof node.value === 'string') found.push({ where: at(source, node.start), text: node.value })
    },
    TemplateElement: (node) => {
      found.push({ where: at(source, node.start), text: node.value.cooked ?? node.value.raw })
    },
  })
  return found
}

/** Attributes whose value people see or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'title',
  'placeholder',
  'label',
  'hint',
])

/** Words written straight into markup, where they can never be translated. */
export function wordsInMarkup(source: Source): Found[] {
  const found: Found[] = []
  const add = (start: number, text: string) => {
    if (/\p{L}/u.test(text)) found.push({ where: at(source, start), text: text.trim() })
  }
  visit(source, {
    JSXText: (node) => add(node.start, node.value),
    JSXExpressionContainer: (node) => {
      if (
        node.expression.type === 'Literal' &&
        typeof node.expression.value === 'string' &&
        isChild(source, node.start)
      )
        add(node.start, node.expression.value)
    },
    JSXAttribute: (node) => {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      if (!SPOKEN.has(name) || node.value === null) return
      if (node.value.type === 'Literal' && typeof node.value.value === 'string') add(node.start, node.value.value)
    },
  })
  return found
}

/** Whether a `{…}` stands among the children of an element rather than after `name=`. */
const isChild = (source: Source, start: number): boolean => !/=\s*$/.test(source.text.slice(0, start))
