/**
 * Random words that nobody could guess, to be put into every field, and the search for them afterwards: in files, in the
 * memory of a process, in what was printed and in what went over the wire, in every spelling that text is likely to take
 * there. Marks of one script begin alike, with letters drawn anew for each run; so one search finds any of them.
 */
import { randomInt } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

const SCRIPTS = [
  'abcdefghijklmnopqrstuvwxyz',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'áéíóúñüàèìòùâêîôû',
  '春夏秋冬山川田水火木金土日月',
] as const
/** What is searched at a time, and what two such pieces share, so that nothing is cut in two. */
const PIECE = 1 << 24
const OVERLAP = 256
const BEGINNING = 10
const ENDING = 6
/** What one mark and the space before it take of a field, in UTF-16 units. */
export const MARK_LENGTH = BEGINNING + ENDING + 1

const drawn = (letters: string, count: number): string =>
  Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('')

export class Marks {
  private readonly beginnings = SCRIPTS.map((letters) => ({ letters, text: drawn(letters, BEGINNING) }))
  private readonly made = new Set<string>()
  private readonly marked = new Map<string, string>()

  /** How many different marks were given out. */
  get count(): number {
    return this.made.size
  }

  /** A new mark; scripts take turns. */
  next(): string {
    const beginning = this.beginnings[this.made.size % this.beginnings.length]
    if (beginning === undefined) throw new Error('there are scripts')
    let mark: string
    do mark = beginning.text + drawn(beginning.letters, ENDING)
    while (this.made.has(mark))
    this.made.add(mark)
    return mark
  }

  /** As many new marks as there is room for, `most` of them at most. */
  fitting(room: number, most: number): string {
    return Array.from({ length: Math.min(most, Math.floor(room / MARK_LENGTH)) }, () => this.next()).join(' ')
  }

  /** Words with marks behind them; the same words always give the same. */
  behind(words: string, count: number): string {
    const before = this.marked.get(words)
    if (before !== undefined) return before
    const text = [words, ...Array.from({ length: count }, () => this.next())].join(' ')
    this.marked.set(words, text)
    return text
  }

  /** What to search for. */
  needles(): readonly Needle[] {
    return this.beginnings.flatMap(({ text }) => spellings(text))
  }
}

export interface Needle {
  readonly name: string
  readonly bytes: Buffer
}

/** The ways in which a text could lie somewhere, each with its name. */
export function spellings(text: string): readonly Needle[] {
  const utf8 = Buffer.from(text, 'utf8')
  const needle = (how: string, bytes: Buffer): Needle => ({ name: `${text} as ${how}`, bytes })
  const ascii = (how: string, value: string): Needle => needle(how, Buffer.from(value, 'latin1'))
  const escaped = Array.from(text, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('')
  const all = [
    needle('UTF-8', utf8),
    needle('UTF-16LE', Buffer.from(text, 'utf16le')),
    needle('UTF-16BE', Buffer.from(text, 'utf16le').swap16()),
    ascii('hex', utf8.toString('hex')),
    ascii('HEX', utf8.toString('hex').toUpperCase()),
    ascii('percent signs', encodeURIComponent(text)),
    ascii('escapes', escaped),
    // the middle that does not depend on what stands before and after
    ...[0, 1, 2].flatMap((shift) => {
      const cut = Buffer.concat([Buffer.alloc(shift), utf8])
        .toString('base64')
        .replaceAll('=', '')
        .slice(shift + 1, -2)
      return [
        ascii(`base64 at ${shift}`, cut),
        ascii(`base64url at ${shift}`, cut.replaceAll('+', '-').replaceAll('/', '_')),
      ]
    }),
  ]
  return all.filter((one, at) => all.findIndex((other) => other.bytes.equals(one.bytes)) === at)
}

/** The names of the needles that are somewhere in these bytes. All are looked for in one pass. */
export function foundIn(bytes: Buffer, needles: readonly Needle[]): readonly string[] {
  const names = new Map(needles.map((needle) => [needle.bytes.toString('latin1'), needle.name]))
  const any = new RegExp(
    [...names.keys()].map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'),
    'g',
  )
  const found = new Set<string>()
  for (let at = 0; at < bytes.length; at += PIECE) {
    const text = bytes.toString('latin1', at, Math.min(bytes.length, at + PIECE + OVERLAP))
    for (const [hit] of text.matchAll(any)) found.add(names.get(hit) ?? hit)
  }
  return [...found]
}

/** Where in a folder's files the needles are; a file that goes away meanwhile is left out. */
export function foundInFolder(folder: string, needles: readonly Needle[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => {
    if (!one.isFile()) return []
    const path = join(one.parentPath, one.name)
    try {
      return foundIn(readFileSync(path), needles).map((name) => `${name} in ${path.slice(folder.length)}`)
    } catch {
      return []
    }
  })
}

export interface SearchedMemory {
  readonly found: readonly string[]
  readonly bytes: number
}

/** Searches all memory that a process can read of its own; null where the system does not let us (or is not Linux). */
export function foundInMemory(pid: number, needles: readonly Needle[]): SearchedMemory | null {
  let memory: number
  let maps: string
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'utf8')
    memory = openSync(`/proc/${pid}/mem`, 'r')
  } catch {
    return null
  }
  const found = new Set<string>()
  const piece = Buffer.alloc(PIECE + OVERLAP)
  let bytes = 0
  for (const line of maps.split('\n')) {
    const range = /^([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \S+\s*(.*)$/.exec(line)
    // what lies there from a file cannot hold what came later
    if (range === null || /^(\[v|\/)/.test(range[3] ?? '')) continue
    const [start, end] = [parseInt(range[1] ?? '', 16), parseInt(range[2] ?? '', 16)]
    for (let at = start; at < end; at += PIECE) {
      let size: number
      try {
        size = readSync(memory, piece, 0, Math.min(piece.length, end - at), at)
      } catch {
        continue // a page that is reserved and not there
      }
      bytes += Math.min(size, PIECE)
      for (const name of foundIn(piece.subarray(0, size), needles)) found.add(name)
    }
  }
  closeSync(memory)
  return { found: [...found], bytes }
}
