/** The agreement: lines proposed, accepted, declined, taken out, replaced; and what ends when somebody goes. */
import type { Id } from '@alongside/base/codec.ts'
import { defineSubject, type By, type Circle, type EventOf } from '../define.ts'
import { put } from '../things.ts'
import { isPerson } from '../people/state.ts'
import * as events from './events.ts'
import { roomIn } from '../room.ts'
import * as rules from './rules.ts'
import { neededFor, noAgreement, type AgreementState, type Line } from './state.ts'

type Bring = {
  LineProposed: EventOf<typeof events.LineProposed>
  LineAccepted: EventOf<typeof events.LineAccepted>
  LineDeclined: EventOf<typeof events.LineDeclined>
  LinePutOff: EventOf<typeof events.LinePutOff>
  LimitsHeard: EventOf<typeof events.LimitsHeard>
}

declare module '../define.ts' {
  interface Circle {
    readonly agreement: AgreementState
  }
  interface Events extends Bring {}
}

const change = (part: AgreementState, id: Id, to: (line: Line) => Partial<Line>): AgreementState => {
  const line = part.lines[id]
  return line === undefined ? part : { ...part, lines: put(part.lines, id, { ...line, ...to(line) }) }
}

/** AGR-7 and AGR-10: puts a line in force if everybody it needs has said yes, and moves what it takes the place of. */
function settle(part: AgreementState, id: Id, by: By, circle: Circle): AgreementState {
  const line = part.lines[id]
  if (line === undefined) return part
  if (!neededFor(circle, line).every((member) => line.yes.some((one) => one.member === member))) return part
  let next = change(part, id, () => ({ status: 'live', liveSeq: by.seq, moved: null }))
  const old = line.replaces
  if (old === null || part.lines[old]?.status === 'changed') return next
  const moved = { by: by.member, seq: by.seq, replacedBy: id }
  next = change(next, old, () => ({ status: 'changed', moved }))
  for (const rival of Object.keys(next.lines).sort()) {
    const other = next.lines[rival]
    if (rival !== id && other?.replaces === old && other.status === 'proposed')
      next = change(next, rival, () => ({ status: 'off', moved }))
  }
  return next
}

const OPEN: readonly Line['status'][] = ['proposed', 'live', 'underReview']

/** AGR-11: what ends when a member goes. */
function without(part: AgreementState, gone: Id, by: By): AgreementState {
  let next = part
  for (const id of Object.keys(part.lines).sort()) {
    const line = part.lines[id] as Line
    const needed = line.asks.includes(gone) || (line.status === 'proposed' && line.author === gone)
    if (needed && OPEN.includes(line.status))
      next = change(next, id, () => ({ status: 'ended', moved: { by: gone, seq: by.seq, replacedBy: null } }))
  }
  return next
}

export const agreement = defineSubject<AgreementState>({
  name: 'agreement',
  initial: noAgreement,
  events: Object.values(events).filter((value) => typeof value === 'object' && 'code' in value),
  hears: {
    MemberLeft: (part, _event, by) => without(part, by.member, by),
    MemberRemoved: (part, event, by) => without(part, event.member, by),
  },
  handlers: {
    LineProposed: {
      rules: [
        rules.notAlone,
        rules.lineIsNew,
        rules.readyOrOwn,
        rules.asksMembers,
        rules.replacesCurrent,
        roomIn((circle) => circle.agreement.lines),
      ],
      evolve: (part, event, by, circle) => {
        const line: Line = {
          id: event.line,
          section: event.section,
          author: by.member,
          seq: by.seq,
          text: event.text,
          language: event.language,
          second: event.second,
          ready: event.ready,
          asks: event.asks,
          refusable: event.refusable,
          why: event.why,
          review: event.review,
          replaces: event.replaces,
          status: 'proposed',
          yes: [{ member: by.member, seq: by.seq }],
          liveSeq: null,
          moved: null,
        }
        return settle({ ...part, lines: put(part.lines, line.id, line) }, line.id, by, circle)
      },
    },
    LineAccepted: {
      rules: [rules.waitsForAuthor],
      evolve: (part, event, by, circle) =>
        settle(
          change(part, event.line, (line) => ({ yes: [...line.yes, { member: by.member, seq: by.seq }] })),
          event.line,
          by,
          circle,
        ),
    },
    LineDeclined: {
      rules: [rules.mayDecline],
      evolve: (part, event, by) =>
        change(part, event.line, () => ({
          status: 'off',
          moved: { by: by.member, seq: by.seq, replacedBy: null },
        })),
    },
    LinePutOff: {
      rules: [rules.lineIsLive],
      evolve: (part, event, by, circle) =>
        change(part, event.line, () => ({
          status: isPerson(circle, by.member) ? 'off' : 'underReview',
          yes: [],
          moved: { by: by.member, seq: by.seq, replacedBy: null },
        })),
    },
    LimitsHeard: {
      rules: [rules.notAlone, rules.heardByPerson],
      evolve: (part, event, by) => ({
        ...part,
        limitsHeard: [...part.limitsHeard, { how: event.how, seq: by.seq, at: by.at }],
      }),
    },
  },
})
