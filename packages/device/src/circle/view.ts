/** What screens are shown of a circle, made from one moment of it. */
import type { Id } from '@alongside/base/codec.ts'
import { fromMinutes } from '@alongside/record/entry.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { devicesOf, type Member } from '@alongside/practice/people/state.ts'
import type { SetAside } from '@alongside/record/step.ts'
import type { Alarm, CircleView, SyncView } from '../api.ts'
import { eventOf, type Unlawful } from '../constitution.ts'
import type { CircleNow, CircleOnDevice } from './circle.ts'
import { keptPage } from './kept-page.ts'
import type { Outbox } from './outbox.ts'

/** The parts of a view that other modules know: opened answers, offers, safety phrases. */
export type CircleExtras = Pick<CircleView, 'checkIns' | 'offers' | 'safety'>

export const noExtras: CircleExtras = { checkIns: [], offers: [], safety: {} }

export function viewOf(circle: CircleOnDevice, extras: CircleExtras): CircleView {
  const now = circle.now()
  return {
    id: circle.id,
    me: circle.me,
    device: circle.device,
    state: now.state,
    page: keptPage(now.state),
    sync: syncOf(circle, now),
    ...extras,
    alarms: alarmsOf(now),
    setAside: setAsideOf(now),
    stopping: isStopping(now.outbox),
    phase: now.phase,
    wayBack: now.meta.wayBack ? 'made' : 'none',
    kept: now.kept.map(({ row, event }) => ({ seq: row.seq, at: fromMinutes(row.at), event })),
  }
}

/** Entries that end something for somebody, for as long as the relay does not have them. */
const STOPS: readonly PracticeEvent['type'][] = ['MemberRemoved', 'Rekeyed', 'EndAsked']

function isStopping({ batch, ops, entries }: Outbox): boolean {
  if (batch !== null || ops.length > 0) return true
  return entries.some(({ entry }) => {
    const event = eventOf(entry.body.type, entry.body.payload)
    return event.ok && STOPS.includes(event.value.type)
  })
}

/** How far a member has shown to have the record: what they say they had seen, and what they wrote right after that. */
function seenBy(member: Member, { confirmed, outcomes }: CircleNow): number {
  const devices = devicesOf(member).map(({ id }) => id)
  const own = new Set<number>()
  for (const { seq, entry, verdict } of outcomes)
    if (entry !== null && verdict.type === 'applied' && devices.includes(entry.body.deviceId)) own.add(seq)
  let seen = Math.max(0, ...devices.map((id) => confirmed.author(id).seenSeq))
  while (own.has(seen + 1)) seen++
  return seen
}

function connectionOf({ relay }: CircleOnDevice, { meta, phase, link }: CircleNow): SyncView['connection'] {
  if (relay === null) return 'live' // nothing of it is ever on its way
  if (meta.over === 'ended') return 'ended'
  const connection = link?.machine.connection() ?? 'offline'
  return connection === 'ended' && phase !== 'ended' ? 'refused' : connection // it says so, and is not believed
}

function syncOf(circle: CircleOnDevice, now: CircleNow): SyncView {
  const { confirmed, outbox, link } = now
  const seen: Record<Id, number> = {}
  for (const member of Object.values(confirmed.state.people.members))
    if (member.id !== circle.me) seen[member.id] = seenBy(member, now)
  return {
    connection: connectionOf(circle, now),
    head: confirmed.seq,
    waiting: outbox.entries.length,
    seen,
    retryAt: link?.machine.retryAt() ?? null,
  }
}

function alarmsOf({ confirmed, alarms, meta }: CircleNow): readonly Alarm[] {
  const all: Alarm[] = [...alarms]
  for (const { type, device, seq } of confirmed.alarms) {
    if (type === 'Fork') all.push({ type, seq })
    else all.push({ type: type === 'Drop' ? 'Missing' : 'Cloned', device })
  }
  if (meta.isCopied) all.push({ type: 'Cloned', device: meta.device })
  if (confirmed.stopped?.type === 'Frozen') all.push({ type: 'UpdateNeeded', seq: confirmed.stopped.seq })
  const texts = all.map((alarm) => JSON.stringify(alarm))
  return all.filter((_, i) => texts.indexOf(texts[i] as string) === i)
}

function setAsideOf({ outcomes, state }: CircleNow): CircleView['setAside'] {
  const members = Object.values(state.people.members)
  return outcomes.flatMap(({ seq, entry, verdict }) => {
    if (verdict.type !== 'setAside' || verdict.reason.type === 'AlreadySaid') return []
    const device = entry?.body.deviceId
    const member = members.find((one) => devicesOf(one).some(({ id }) => id === device))?.id ?? null
    return [{ seq, member, reason: reasonOf(verdict.reason) }]
  })
}

/** The rule that says why, or the name of the check that an entry did not pass. */
function reasonOf(reason: SetAside<Unlawful>): string {
  if (reason.type !== 'Refused') return reason.type
  return reason.reason.type === 'RuleRefused' ? reason.reason.rule : reason.reason.type
}
