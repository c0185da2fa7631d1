/**
 * The telling: every step prints what each person sees and, beside it, what the relay holds about it, and checks both.
 * A check that does not hold is printed and remembered; the story goes on, and its exit code says so at the end.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningRelay } from './relay-process.ts'

const WIDTH = 74

function wrap(text: string, indent: string): string {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    if (line.length + word.length > WIDTH && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = indent
    }
    line += `${word} `
  }
  lines.push(line.trimEnd())
  return lines.join('\n')
}

export class Telling {
  private readonly relay: RunningRelay
  private readonly print: (line: string) => void
  private step = 0
  private checks = 0
  private heldBefore = ''
  /** Everything somebody wrote or chose to be called: none of it may be in any file of the relay. */
  private readonly said: string[] = []
  readonly differing: string[] = []

  constructor(relay: RunningRelay, print: (line: string) => void) {
    this.relay = relay
    this.print = print
  }

  /** Remembers words that the relay must never hold. */
  words(...words: readonly string[]): void {
    this.said.push(...words.filter((one) => one.length >= 4))
  }

  begin(title: string): void {
    this.step++
    this.print(`\n${'─'.repeat(WIDTH)}\n${this.step}. ${title}\n`)
  }

  sees(name: string, what: string): void {
    this.print(wrap(what, `   ${name} sees: `.padEnd(16)).replace(/\n\s*\S+ sees: */g, `\n${' '.repeat(16)}`))
  }

  /** A statement that must be so. */
  expect(what: string, holds: boolean): void {
    this.checks++
    this.print(`   ${holds ? '✓' : '✗ DIFFERS:'} ${what}`)
    if (!holds) this.differing.push(`step ${this.step}: ${what}`)
  }

  /** Prints what the relay's files hold that they did not hold before, and proves that no word of anybody is there. */
  relayHolds(): void {
    const held = this.relay.inspect()
    const before = new Set(this.heldBefore.split('\n'))
    const fresh = held.split('\n').filter((line) => line.trim() !== '' && !before.has(line))
    this.heldBefore = held
    this.print('   The relay holds:')
    for (const line of fresh.length === 0 ? ['nothing new'] : fresh) this.print(`      ${line}`)
    const found = this.found()
    this.expect('none of what anybody said or is called is in any file of the relay', found.length === 0)
    for (const word of found) this.print(`      found: ${word}`)
  }

  /** Words that stand in the relay's files, as UTF-8 or UTF-16. */
  found(words: readonly string[] = this.said): readonly string[] {
    const files = filesIn(this.relay.folder).map((path) => readFileSync(path))
    return words.filter((word) =>
      files.some((file) => file.includes(Buffer.from(word, 'utf8')) || file.includes(Buffer.from(word, 'utf16le'))),
    )
  }

  /** The last line; gives the exit code. */
  end(): number {
    this.print(`\n${'─'.repeat(WIDTH)}`)
    for (const one of this.differing) this.print(`differs at ${one}`)
    this.print(`${this.checks - this.differing.length} passed, ${this.differing.length} failed`)
    return this.differing.length === 0 ? 0 : 1
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}
