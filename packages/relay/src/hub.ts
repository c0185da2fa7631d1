/**
 * Who is connected to which box now. In memory only, and the only place that knows; it passes on what arrives, and what
 * it passes on is encoded once for all.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { CLOSE } from '@alongside/wire/limits.ts'
import { encodeRelayFrame } from '@alongside/wire/messages.ts'
import type { Placement, StateOfBox } from './store/port.ts'

/** One admitted connection. */
export interface Member {
  readonly capIndex: number
  /** Whether new entries and live frames come to it. */
  isSubscribed(): boolean
  /** Has them come from now on. */
  subscribe(): void
  /** Sends one encoded frame, or drops a connection that is too slow to take it. */
  send(frame: Bytes): void
  close(code: number): void
}

export interface Hub {
  join(boxId: Id, member: Member): void
  leave(boxId: Id, member: Member): void
  /** New entries, to everyone subscribed but who sent them. */
  arrived(boxId: Id, placement: Placement, from: Member): void
  live(boxId: Id, bytes: Bytes, from: Member): void
  /** Closes every connection that was opened with another capability, the live channel included. */
  supersede(boxId: Id, newestCapIndex: number): void
  /** Tells everyone; once ended, also closes. */
  stateChanged(boxId: Id, state: StateOfBox): void
}

export function createHub(): Hub {
  const boxes = new Map<Id, Set<Member>>()
  const others = function* (boxId: Id, from: Member) {
    for (const member of boxes.get(boxId) ?? []) if (member !== from && member.isSubscribed()) yield member
  }
  return {
    join(boxId, member) {
      const members = boxes.get(boxId)
      if (members === undefined) boxes.set(boxId, new Set([member]))
      else members.add(member)
    },
    leave(boxId, member) {
      const members = boxes.get(boxId)
      members?.delete(member)
      if (members?.size === 0) boxes.delete(boxId)
    },
    arrived(boxId, { added, firstAdded }, from) {
      if (added.length === 0) return
      let frame: Bytes | null = null
      for (const member of others(boxId, from)) {
        frame ??= encodeRelayFrame({
          type: 'arrived',
          request: 0,
          body: { firstSeq: firstAdded, envelopes: added },
        })
        member.send(frame)
      }
    },
    live(boxId, bytes, from) {
      let frame: Bytes | null = null
      for (const member of others(boxId, from)) {
        frame ??= encodeRelayFrame({ type: 'liveArrived', request: 0, body: { bytes } })
        member.send(frame)
      }
    },
    supersede(boxId, newestCapIndex) {
      const frame = encodeRelayFrame({ type: 'superseded', request: 0, body: { newestCapIndex } })
      for (const member of Array.from(boxes.get(boxId) ?? [])) {
        if (member.capIndex === newestCapIndex) continue
        member.send(frame)
        member.close(CLOSE.superseded)
      }
    },
    stateChanged(boxId, state) {
      const frame = encodeRelayFrame({ type: 'stateChanged', request: 0, body: state })
      for (const member of Array.from(boxes.get(boxId) ?? [])) {
        member.send(frame)
        if (state.state === 'ended') member.close(CLOSE.ended)
      }
    },
  }
}
