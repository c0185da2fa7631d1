/**
 * Who may do what, in words: `npm run rights` asks the rules about every saying from every seat and writes their answers
 * to `docs/rights.md`. The check proves that what stands there is what the rules answer now.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SEATS, type Seat } from '../packages/practice/test/rights-matrix-acts.ts'
import { askEverybody, may, type Asked, type Cell, type Kind } from '../packages/practice/test/rights-matrix-asked.ts'
import { type Check, runAlone } from './lib/check.ts'
import { readFiles, ROOT } from './lib/files.ts'

const PAGE = 'docs/rights.md'

const NAMES: { readonly [S in Seat]: string } = {
  person: 'The person',
  here: 'Others who are here',
  letIn: 'Let in, has not said yes',
  waits: 'Waits for the person',
  left: 'Has left',
  removed: 'Was removed',
  outsider: 'Never came in',
}

const INTRO = `# Who may do what

Written by \`npm run rights\`; do not edit. Every saying there is was tried by everybody in many circles, and this is what the
rules answered. Practices and rules are not named in the tool: a new practice is here as soon as it is listed.

- **yes**: whenever anybody may.
- **some**: yes, but not always when another may; the sentences in the way follow, for instance because a promise is another's.
- **no**: never, and the sentence that says so. What has an effect only once writing has stopped is under that heading.

Showing the record to somebody and taking it out are no sayings at all: the person does them, and nothing asks or logs (RIG-2).
`

const cellText = (cell: Cell | undefined): string =>
  cell === undefined ? '' : cell.may === 'yes' ? 'yes' : `${cell.may}: ${cell.rules.join(', ')}`

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** Seats that the rules answer alike whatever is said: side by side in one column. */
function columns(asked: readonly Asked[]): readonly (readonly Seat[])[] {
  const alike: { readonly answers: string; readonly seats: Seat[] }[] = []
  for (const seat of SEATS.filter((one) => asked.some(({ cells }) => cells[one] !== undefined))) {
    const answers = asked.map(({ cells }) => cellText(cells[seat])).join()
    const same = alike.find((column) => column.answers === answers)
    if (same === undefined) alike.push({ answers, seats: [seat] })
    else same.seats.push(seat)
  }
  return alike.map((column) => column.seats)
}

function table(asked: readonly Asked[], seats = columns(asked)): readonly string[] {
  const devices = asked.some((one) => one.newDevice.length > 0)
  const headers = seats.map((column) => column.map((seat) => NAMES[seat]).join('; '))
  return [
    rowOf(['Saying', ...headers, ...(devices ? ['From a device that does not count yet'] : [])]),
    rowOf(['---', ...headers.map(() => '---'), ...(devices ? ['---'] : [])]),
    ...asked.map((one) => {
      const cells = seats.map(([seat]) => cellText(seat === undefined ? undefined : one.cells[seat]))
      const device = one.newDevice.length === 0 ? 'the same' : `no: ${one.newDevice.join(', ')}`
      return rowOf([one.event, ...cells, ...(devices ? [device] : [])])
    }),
  ]
}

/** One table for each practice. */
function tables(all: readonly Asked[], kind: Kind): readonly string[] {
  const asked = all.filter((one) => one.kind === kind && one.situation === 'open')
  const seats = columns(asked)
  const practices = [...new Set(asked.map((one) => one.practice))]
  return practices.flatMap((practice) => [
    '',
    `### ${practice}`,
    '',
    ...table(
      asked.filter((one) => one.practice === practice),
      seats,
    ),
  ])
}

const STOPS = [
  ['paused', 'While it is paused'],
  ['ending', 'While it is ending'],
  ['epochOwed', 'After somebody went, until the new epoch, for those who know'],
] as const

/** What is still open when little is. */
function stopped(all: readonly Asked[]): readonly string[] {
  return STOPS.flatMap(([situation, title]) => {
    const asked = all.filter((one) => one.kind === 'alongside' && one.situation === situation)
    const open = asked.filter((one) => SEATS.some((seat) => may(one, seat)))
    return ['', `### ${title}`, '', 'Nothing else has an effect.', '', ...table(open)]
  })
}

/** The sentences that the tables name, from the SPEC.md files. */
function sentences(root: string, named: ReadonlySet<string>): readonly string[] {
  const specs = readFiles(root, (path) => path.startsWith('packages/practice/') && path.endsWith('SPEC.md'))
  return specs
    .flatMap(({ text }) => [...text.matchAll(/^- \*\*([A-Z]+-\d+)\*\* (.*)$/gm)])
    .filter((match) => named.has(match[1] ?? ''))
    .map((match) => `- **${match[1]}** ${match[2]}`)
    .sort()
}

/** The whole page, as the rules are now. */
export function rightsPage(root: string, all: readonly Asked[]): string {
  const named = new Set<string>(all.flatMap((one) => Object.values(one.cells).flatMap((cell) => cell.rules)))
  const lines = [
    INTRO,
    '## A circle of a person and those who work alongside them',
    ...tables(all, 'alongside'),
    '',
    '## When writing stops',
    ...stopped(all),
    '',
    '## A circle of one',
    ...tables(all, 'own'),
    '',
    '## The sentences',
    '',
    ...sentences(root, named),
    '',
  ]
  return lines.join('\n')
}

export const rights: Check = (root) => {
  const all = askEverybody()
  const current = readFileSync(join(root, PAGE), 'utf8') === rightsPage(root, all)
  return {
    looked: all.length,
    what: 'answers',
    faults: current ? [] : [`${PAGE}: is not what the rules answer; run \`npm run rights\``],
  }
}

if (import.meta.main && process.argv[2] !== '--check') writeFileSync(join(ROOT, PAGE), rightsPage(ROOT, askEverybody()))
await runAlone(import.meta, rights)
