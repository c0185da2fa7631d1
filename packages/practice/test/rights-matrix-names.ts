/**
 * In whose name: a look at the state as plain things, whatever practice they belong to. What carries this entry's position
 * and names a member, or lies under a member's id, must be the author's. What another wrote keeps its words, and nothing
 * that names another vanishes. So a new practice is held to it without a line here; what is meant otherwise is listed.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { Step } from './rights-matrix-step.ts'

type Plain = { readonly [key: string]: unknown }

/** Fields that say whose a thing is. */
const WHOSE = ['by', 'author', 'owner', 'offeredBy', 'openedBy', 'member'] as const
/** Fields of another's thing that may change: where it stands, and what others have said beside it. */
const MOVES = ['status', 'last', 'correctedBy']

/** What is meant otherwise, by place: the event that may do it there. */
const MEANT: readonly { readonly at: RegExp; readonly by: readonly Step['event']['type'][] }[] = [
  // a line ends in the name of the one who had to go
  { at: /^agreement\.lines\.\w+\.moved$/, by: ['MemberRemoved'] },
  // any member changes when and where they meet
  { at: /^encounter\.encounters\.\w+\.(day|time|place|way)$/, by: ['EncounterChanged'] },
  // taking back an offered block takes its text out of the state for all
  { at: /^note\.blocks\.\w+\.(text|spans|readBy|needs|yes)/, by: ['BlockTakenBack'] },
  // the last yes makes every writer's yes, which was said before, their word
  { at: /^note\.blocks\.\w+\.words\.\w+$/, by: ['BlockAgreed', 'BlockOffered'] },
  // a line under review wants every yes anew
  { at: /^agreement\.lines\.\w+\.yes$/, by: ['LinePutOff'] },
  // what was undone is taken anew, and what is made anew is looked at anew
  { at: /^ways\.choices\.\w+\.(picks|looks)/, by: ['ChoiceUndone', 'ChoiceMade'] },
  { at: /^ways\.choices\.\w+\.(made|undone)/, by: ['ChoiceUndone', 'ChoiceMade'] },
  // what the person set is no longer suggested
  { at: /^checkIn\.suggestions$/, by: ['TriggerSet'] },
]

const meant = (at: string, { event }: Step): boolean =>
  MEANT.some((one) => one.by.includes(event.type) && one.at.test(at))

const isThing = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** Whose a thing is: as it says itself, or by the member's id it lies under. */
function whoseIs(thing: Plain, under: Id | null): Id | null {
  for (const field of WHOSE) if (typeof thing[field] === 'string') return thing[field]
  return under
}

/** What lies in a thing that says whose it is, lies no longer under a member's id; an id can be like a member's. */
const within = (thing: Plain, under: Id | null): Id | null => (whoseIs(thing, null) === null ? under : null)

/** A thing that came new, and all within it. */
function wrongNew(value: unknown, at: string, under: Id | null, step: Step): string | null {
  if (Array.isArray(value)) {
    for (const part of value) {
      const wrong = wrongNew(part, at, under, step)
      if (wrong !== null) return wrong
    }
    return null
  }
  if (!isThing(value)) return null
  const whose = whoseIs(value, under)
  if (value['seq'] === step.by.seq && whose !== null && whose !== step.by.member && !meant(at, step))
    return `${at} was said in another’s name`
  return wrongWithin({}, value, at, within(value, under), step)
}

const memberIn = (step: Step, key: string): Id | null => (step.after.people.members[key] === undefined ? null : key)

/** What of a list changed: what came new, and what of another's is no longer there. */
function wrongList(
  was: readonly unknown[],
  is: readonly unknown[],
  at: string,
  under: Id | null,
  step: Step,
): string | null {
  const before = new Set(was)
  const now = new Set(is)
  const gone = was.filter((one) => !now.has(one))
  for (const one of is) {
    if (before.has(one)) continue
    const old =
      isThing(one) && gone.find((each) => isThing(each) && each['id'] !== undefined && each['id'] === one['id'])
    const wrong = old ? wrongThing(old as Plain, one, at, under, step) : wrongNew(one, at, under, step)
    if (wrong !== null) return wrong
  }
  const lost = gone.find(
    (one) =>
      isThing(one) &&
      is.every((each) => !isThing(each) || each['id'] === undefined || each['id'] !== one['id']) &&
      (whoseIs(one, under) ?? step.by.member) !== step.by.member,
  )
  return lost !== undefined && !meant(at, step) ? `${at}: what another said vanished` : null
}

function wrongThing(was: Plain, is: Plain, at: string, under: Id | null, step: Step): string | null {
  const whose = whoseIs(was, under)
  if (whose !== null && whose !== whoseIs(is, under) && !meant(at, step) && is['seq'] !== step.by.seq)
    return `${at} changed hands`
  if (is['seq'] === step.by.seq && was['seq'] !== is['seq']) return wrongNew(is, at, under, step)
  if (whose !== null && whose !== step.by.member)
    for (const [key, value] of Object.entries(was))
      if (typeof value === 'string' && value !== is[key] && !MOVES.includes(key) && !meant(`${at}.${key}`, step))
        return `${at}.${key} is another’s and was changed`
  return wrongWithin(was, is, at, within(was, under), step)
}

/** What changed within a thing; parts that are the very same are not looked at. */
function wrongWithin(was: Plain, is: Plain, at: string, under: Id | null, step: Step): string | null {
  for (const [key, now] of Object.entries(is)) {
    const before = was[key]
    if (before === now) continue
    const where = at === '' ? key : `${at}.${key}`
    const whose = memberIn(step, key) ?? under
    const wrong =
      Array.isArray(now) && Array.isArray(before)
        ? wrongList(before, now, where, whose, step)
        : isThing(now) && isThing(before)
          ? wrongThing(before, now, where, whose, step)
          : wrongNew(now, where, whose, step)
    if (wrong !== null) return wrong
  }
  for (const key of Object.keys(was))
    if (!(key in is) && key !== step.by.member && memberIn(step, key) !== null && !meant(`${at}.${key}`, step))
      return `${at}.${key}: what another said vanished`
  return null
}

/** What an entry says in another's name, changes of another's words, or lets vanish; null when nothing. */
export function namedWrongly(step: Step): string | null {
  const { people: _were, ...before } = step.before
  const { people: _are, ...after } = step.after
  return wrongWithin(before, after, '', null, step)
}
