/** The agreement, line by line, as the sentences AGR-1 to AGR-12 have it. */
import type { Id } from '@alongside/base/codec.ts'
import type { By } from '../../src/define.ts'
import { hasKeys, isOwn, isThePerson } from './people.ts'
import { type Named, roomFor, saysSomething, valuesOf, type Verdict, type World } from './world.ts'

type Line = World['agreement']['lines'][string]

/** The person and everybody the line asks something of. */
const isNeeded = (world: World, line: Line, member: Id): boolean =>
  isThePerson(world, member) || line.asks.includes(member)

const hasSaidYes = (line: Line, member: Id): boolean => line.yes.some((yes) => yes.member === member)

function moves(line: Line, status: Line['status'], by: By, replacedBy: Id | null = null): void {
  line.status = status
  line.moved = { by: by.member, seq: by.seq, replacedBy }
}

/** AGR-7 and AGR-10: a line that everybody it needs has accepted goes live. */
function perhapsLive(world: World, line: Line, by: By): void {
  for (const member of [world.people.person, ...line.asks]) if (member !== null && !hasSaidYes(line, member)) return
  line.status = 'live'
  line.liveSeq = by.seq
  line.moved = null
  const other = line.replaces === null ? undefined : world.agreement.lines[line.replaces]
  if (other === undefined) return
  if (other.status !== 'changed') moves(other, 'changed', by, line.id)
  for (const rival of valuesOf(world.agreement.lines))
    if (rival.id !== line.id && rival.replaces === other.id && rival.status === 'proposed')
      moves(rival, 'off', by, line.id)
}

export function lineProposed(world: World, event: Named<'LineProposed'>, by: By): Verdict {
  const { lines } = world.agreement
  if (isOwn(world)) return 'AGR-1'
  if (lines[event.line] !== undefined) return 'AGR-2'
  if (event.ready !== null && (event.text !== '' || event.second !== null)) return 'AGR-3'
  if (event.ready === null && !saysSomething(event.text)) return 'AGR-3'
  for (const [at, asked] of event.asks.entries())
    if (!hasKeys(world, asked) || event.asks.indexOf(asked) !== at) return 'AGR-4'
  if (event.replaces !== null) {
    const other = lines[event.replaces]
    if (other === undefined || other.section !== event.section || other.status === 'changed') return 'AGR-5'
  }
  if (!roomFor(world, by, lines)) return 'GEN-11'
  const { section, text, language, second, ready, asks, refusable, why, review, replaces } = event
  const line: Line = {
    id: event.line,
    section,
    author: by.member,
    seq: by.seq,
    text,
    language,
    second,
    ready,
    asks: [...asks],
    refusable,
    why,
    review,
    replaces,
    status: 'proposed',
    yes: [{ member: by.member, seq: by.seq }],
    liveSeq: null,
    moved: null,
  }
  lines[event.line] = line
  perhapsLive(world, line, by)
  return null
}

export function lineAccepted(world: World, event: Named<'LineAccepted'>, by: By): Verdict {
  const line = world.agreement.lines[event.line]
  if (line === undefined || !isNeeded(world, line, by.member)) return 'AGR-6'
  if (line.status !== 'proposed' && line.status !== 'underReview') return 'AGR-6'
  if (hasSaidYes(line, by.member)) return 'AGR-6'
  line.yes.push({ member: by.member, seq: by.seq })
  perhapsLive(world, line, by)
  return null
}

export function lineDeclined(world: World, event: Named<'LineDeclined'>, by: By): Verdict {
  const line = world.agreement.lines[event.line]
  if (line === undefined) return 'AGR-8'
  const isTheirProposal = line.status === 'proposed' && line.author === by.member
  if (!isNeeded(world, line, by.member) && !isTheirProposal) return 'AGR-8'
  if (line.status !== 'proposed' && line.status !== 'underReview') return 'AGR-8'
  moves(line, 'off', by)
  return null
}

export function linePutOff(world: World, event: Named<'LinePutOff'>, by: By): Verdict {
  const line = world.agreement.lines[event.line]
  if (line?.status !== 'live') return 'AGR-9'
  moves(line, isThePerson(world, by.member) ? 'off' : 'underReview', by)
  line.yes = []
  return null
}

export function limitsHeard(world: World, event: Named<'LimitsHeard'>, by: By): Verdict {
  if (isOwn(world)) return 'AGR-1'
  if (!isThePerson(world, by.member)) return 'AGR-12'
  world.agreement.limitsHeard.push({ how: event.how, seq: by.seq, at: by.at })
  return null
}

/** AGR-11: what ends when a member goes. */
export function linesEndWith(world: World, gone: Id, seq: number): void {
  for (const line of valuesOf(world.agreement.lines)) {
    const asksThem = line.asks.includes(gone)
    const ends =
      line.status === 'proposed'
        ? asksThem || line.author === gone
        : asksThem && (line.status === 'live' || line.status === 'underReview')
    if (!ends) continue
    line.status = 'ended'
    line.moved = { by: gone, seq, replacedBy: null }
  }
}
