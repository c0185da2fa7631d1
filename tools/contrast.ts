/**
 * Computes the contrast of every pair of colours that the screens use, from the design tokens themselves, by the formula
 * of WCAG 2.2 (1.4.3 and 1.4.11): text needs 4.5 to 1, a mark or a control's edge 3 to 1.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, runAlone } from './lib/check.ts'

const TOKENS = 'apps/web/src/styles/tokens.css'
const TEXT = 4.5
const MARK = 3

/** Each first name is written or drawn on each of the others. */
const PAIRS: readonly (readonly [front: string, least: number, grounds: readonly string[]])[] = [
  ['ink', TEXT, ['linen', 'card', 'sand', 'glow', 'person-wash', 'worker-wash', 'agreed-wash', 'fix-wash']],
  ['ink-soft', TEXT, ['linen', 'card', 'sand', 'person-wash', 'worker-wash']],
  ['person', TEXT, ['linen', 'card', 'sand', 'person-wash']],
  ['on-strong', TEXT, ['person', 'person-deep', 'agreed', 'fix']],
  ['worker', TEXT, ['linen', 'card', 'worker-wash']],
  ['worker-mark', MARK, ['card', 'linen', 'worker-wash']],
  ['agreed', TEXT, ['linen', 'card', 'agreed-wash']],
  ['fix', TEXT, ['linen', 'card', 'fix-wash']],
  ['glow', MARK, ['person', 'person-deep']],
  ['edge', MARK, ['card', 'linen']],
]

const channel = (value: number): number => {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function luminance(hex: string): number {
  const at = (start: number) => channel(Number.parseInt(hex.slice(start, start + 2), 16))
  return 0.2126 * at(1) + 0.7152 * at(3) + 0.0722 * at(5)
}

/** The contrast of two colours written `#rrggbb`: from 1 to 21. */
export function contrastOf(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The colours of a style sheet; one theme for the plain rules and one for each `@media` block that changes colours. */
export function themesOf(css: string): Map<string, Map<string, string>> {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '')
  const media = [...plain.matchAll(/@media\s*([^{]+)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}/g)]
  const colours = (text: string) =>
    [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map((match) => [match[1], match[2]] as [string, string])
  const base = new Map(colours(media.reduce((text, match) => text.replace(match[0], ''), plain)))
  const themes = new Map([['the plain theme', base]])
  for (const [, query = '', body = ''] of media)
    if (colours(body).length > 0) themes.set(query.trim(), new Map([...base, ...colours(body)]))
  return themes
}

/** The faults of a style sheet of tokens, and how many pairs were computed. */
export function contrastFaults(css: string): { readonly looked: number; readonly faults: string[] } {
  const faults: string[] = []
  let looked = 0
  for (const [theme, colours] of themesOf(css))
    for (const [front, least, grounds] of PAIRS)
      for (const ground of grounds) {
        const [a, b] = [colours.get(front), colours.get(ground)]
        if (a === undefined || b === undefined) {
          faults.push(`${theme}: --${a === undefined ? front : ground} is not a colour of the tokens`)
          continue
        }
        looked++
        const ratio = contrastOf(a, b)
        if (ratio < least) faults.push(`${theme}: --${front} on --${ground} is ${ratio.toFixed(2)}, needs ${least}`)
      }
  return { looked, faults }
}

export const contrast: Check = (root) => {
  const found = contrastFaults(readFileSync(join(root, TOKENS), 'utf8'))
  return { looked: found.looked, what: 'pairs of colours', faults: found.faults.map((fault) => `${TOKENS}: ${fault}`) }
}

await runAlone(import.meta, contrast)
