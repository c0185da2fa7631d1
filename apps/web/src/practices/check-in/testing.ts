/** For tests of screens: a circle as a device would show it, made from a story that the rules let through. Never part of the app. */
import type { CircleView, OpenedCheckIn } from '@alongside/device/api.ts'
import { toHex, utf8 } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import { noAnswers, type CheckInAnswers } from '@alongside/practice/check-in/answers.ts'
import { talkOffers } from '@alongside/practice/check-in/offers.ts'
import type { Circle, PracticeEvent } from '@alongside/practice/define.ts'
import { reduce } from '@alongside/practice/reduce.ts'
import { emptyCircle } from '@alongside/practice/registry.ts'

/** Hexadecimal of a length in bytes, always the same for a seed. */
function hexOf(seed: string, bytes: number): string {
  const codes = toHex(utf8(seed))
  return codes.repeat(bytes).slice(0, bytes * 2)
}

/** A stable made-up id for a name. */
export const idOf = (name: string): Id => hexOf(`${name}.`, 16)
export const AMAL: Id = idOf('Amal')
export const BEA: Id = idOf('Bea')

export const keysOf = (name: string) => ({
  member: hexOf(`${name} member`, 32),
  recovery: hexOf(`${name} recovery`, 32),
  device: hexOf(`${name} device`, 32),
  deviceKem: hexOf(`${name} kem`, 32),
  proof: hexOf(`${name} proof`, 64),
})

interface Brings {
  readonly brings?: string
  readonly device?: string
  readonly from?: string
}

/** Named people say things one after the other; what the rules refuse is a mistake of the test. */
export class Story {
  circle: Circle = emptyCircle()
  seq = 0

  /** `brings`: whose keys come in, with which device if not their phone; `from`: the author's device if not theirs. */
  says(name: string, event: PracticeEvent, how: string | Brings = {}): this {
    const { brings, device, from }: Brings = typeof how === 'string' ? { brings: how } : how
    this.seq++
    const by = {
      member: idOf(name),
      device: idOf(from ?? `${name} phone`),
      seq: this.seq,
      seenSeq: this.seq - 1,
      at: 3_000_000 + this.seq,
      entry: idOf(`entry ${this.seq}`),
    }
    const derived = { circle: idOf('circle'), member: idOf(brings ?? ''), device: idOf(device ?? `${brings} phone`) }
    this.circle = must(reduce(this.circle, event, brings === undefined ? by : { ...by, derived }))
    return this
  }
}

/** Amal has founded a circle, and Bea is in it. */
export const together = (): Story =>
  new Story()
    .says(
      'Amal',
      {
        type: 'Founded',
        kind: 'alongside',
        rules: 1,
        box: idOf('box'),
        commitment: hexOf('c0', 32),
        owner: hexOf('owner', 32),
        name: 'Amal',
        language: 'en',
        keys: keysOf('Amal'),
      },
      'Amal',
    )
    .says(
      'Amal',
      {
        type: 'MemberProposed',
        role: 'practitioner',
        name: 'Bea',
        language: 'en',
        keys: keysOf('Bea'),
        place: idOf('place'),
        commitment: hexOf('commit', 32),
        nonce: hexOf('nonce', 32),
      },
      'Bea',
    )
    .says('Amal', {
      type: 'Rekeyed',
      reason: 'admit',
      fromEpoch: 0,
      toEpoch: 1,
      cause: null,
      commitment: hexOf('c1', 32),
      body: new Uint8Array(0),
    })
    .says('Bea', { type: 'MemberAccepted', nonce: hexOf('bea nonce', 32), proof: hexOf('bea proof', 64) })

export const answersOf = (
  marks: readonly [number, number, number, number, number],
  rest: Partial<CheckInAnswers> = {},
) => {
  const [worth, voice, open, choice, free] = marks
  return { ...noAnswers, items: { worth, voice, open, choice, free }, ...rest }
}

/** Amal and Bea have met, once for each name. */
export function afterMeetings(...names: readonly string[]): Story {
  const story = together()
  for (const name of names) {
    const encounter = idOf(name)
    story
      .says('Bea', { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'visit' })
      .says('Bea', { type: 'EncounterMet', encounter })
  }
  return story
}

const sealing = (name: string, fill: number) =>
  ({
    type: 'CheckInSealed',
    encounter: idOf(name),
    item: new Uint8Array(4096).fill(fill),
    commitment: 'ab'.repeat(32),
    wrap: new Uint8Array(80).fill(fill),
  }) as const

/** Somebody seals answers about a meeting and, if they want, shows them. */
export function answers(story: Story, who: string, meeting: string, given: CheckInAnswers, show: boolean): void {
  story.says(who, sealing(meeting, 1))
  if (!show) return
  story.says(who, {
    type: 'CheckInShown',
    encounter: idOf(meeting),
    what: 'answers',
    key: 'cd'.repeat(32),
    topics: [],
    oneStep: given.oneStep,
    oneStepWords: given.oneStepWords,
  })
}

/** What `me` is shown of the story; `checkIns` are the answers their device can open. */
export function shownTo(story: Story, me: string, checkIns: readonly OpenedCheckIn[] = []): CircleView {
  const own = checkIns.filter((one) => one.member === idOf(me))
  const others = checkIns.filter((one) => one.member !== idOf(me))
  return {
    id: idOf('circle'),
    me: idOf(me),
    device: idOf(`${me} phone`),
    state: story.circle,
    sync: { connection: 'live', head: story.seq, waiting: 0, seen: {}, retryAt: null },
    checkIns,
    offers: talkOffers(story.circle, idOf(me), others, own),
    safety: {},
    page: null,
    alarms: [],
    setAside: [],
    stopping: false,
    phase: 'open',
    wayBack: 'none',
    kept: [],
  }
}
