/** A note on the screen against the device's own draft: what is written arrives, comes back, goes, and is not lost. */
import { utf8 } from '@alongside/base/bytes.ts'
import { err, ok } from '@alongside/base/result.ts'
import type { NoteEvent } from '@alongside/device/api.ts'
import { noteDraft, type NoteDraft } from '@alongside/device/live/note-draft.ts'
import { describe, expect, it } from 'vitest'
import { noteSession, type NoteDevice, type NoteSession } from './session.ts'

const id = (seed: number): string => seed.toString(16).padStart(2, '0').repeat(16)
const ENCOUNTER = id(1)
const AMAL = { member: id(2), device: id(3) }
const BEA = { member: id(4), device: id(5) }
const memberOf = (device: string) => [AMAL, BEA].find((one) => one.device === device)?.member ?? null

/** One side: the device's draft, and a screen on it that asks as through a worker. */
class Seat {
  readonly who: typeof AMAL
  readonly draft: NoteDraft
  readonly screen: NoteSession
  hear: (event: NoteEvent) => void = () => undefined
  texts = 0
  gone = 0
  private salt = 0

  constructor(who: typeof AMAL, draw: number) {
    this.who = who
    this.draft = noteDraft({ encounter: ENCOUNTER, ...who, draw, memberOf, saved: null })
    this.screen = noteSession(this.device(), who.member, {
      heardText: () => this.texts++,
      blockGone: () => this.gone++,
    })
  }

  private device(): NoteDevice {
    const blocks = (): void => this.hear({ type: 'blocks', blocks: this.draft.blocks() })
    return {
      join: async (heard) => {
        this.hear = heard
        return ok({ session: id(9), clientId: this.draft.clientId, blocks: this.draft.blocks() })
      },
      addBlock: async (_session, kind) => {
        const made = this.draft.add(kind, utf8(`${this.who.member.slice(0, 8)}${String(this.salt++).padStart(8, '0')}`))
        blocks()
        return made.ok ? ok({ block: made.value }) : err({ type: 'TooLarge' })
      },
      dropBlock: async (_session, block) => {
        const done = this.draft.drop(block)
        blocks()
        return done.ok ? done : err({ type: 'TooLarge' })
      },
      writeBlock: async (_session, block, update) => {
        const done = this.draft.write(block, update)
        return done.ok ? done : err({ type: 'TooLarge' })
      },
      offerBlock: async (_session, block) => {
        this.draft.forget(new Set([block]))
        blocks()
        return ok(null)
      },
      moveCursor: async () => undefined,
      leaveNote: async () => undefined,
    }
  }

  /** Everything due here reaches the other. */
  sendTo(other: Seat): void {
    for (const said of this.draft.due()) {
      const news = other.draft.hear(this.who.device, said)
      if (news.blocksChanged) other.hear({ type: 'blocks', blocks: other.draft.blocks() })
      for (const { block, update } of news.updates) other.hear({ type: 'update', block, update })
    }
  }

  text = (at: number): string | undefined => this.screen.blocks.value[at]?.text.value()
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve()
}

const seats = async () => {
  const [amal, bea] = [new Seat(AMAL, 1), new Seat(BEA, 2)]
  await settle()
  return { amal, bea }
}

describe('a note on the screen', () => {
  it('what one writes the other reads, and the device has it', async () => {
    const { amal, bea } = await seats()
    const block = await amal.screen.add('shared')
    amal.screen.blocks.value[0]?.text.write({ at: 0, cut: 0, put: 'We meet.' })
    await settle()
    amal.sendTo(bea)
    expect(bea.text(0)).toBe('We meet.')
    expect(bea.texts).toBe(1)
    bea.screen.blocks.value[0]?.text.write({ at: 8, cut: 0, put: ' On Tuesday.' })
    await settle()
    bea.sendTo(amal)
    expect(amal.text(0)).toBe('We meet. On Tuesday.')
    expect(amal.draft.text(block ?? '')).toBe('We meet. On Tuesday.')
    expect(amal.draft.spans(block ?? '')?.map((span) => span.member)).toEqual([AMAL.member, BEA.member])
  })

  it('a paste longer than the device takes at once arrives whole', async () => {
    const { amal } = await seats()
    const block = await amal.screen.add('shared')
    const long = `a${'🌱'.repeat(30_000)}`
    amal.screen.blocks.value[0]?.text.write({ at: 0, cut: 0, put: long })
    await settle()
    expect(amal.draft.text(block ?? '')).toBe(long)
    expect(amal.screen.failure.value).toBeNull()
  })

  it('a part that another takes out goes, and it is said; one that goes from here is not', async () => {
    const { amal, bea } = await seats()
    const block = await amal.screen.add('shared')
    await amal.screen.add('ownWords')
    await settle()
    amal.sendTo(bea)
    expect(bea.screen.blocks.value.map((one) => one.kind)).toEqual(['shared', 'ownWords'])
    await bea.screen.drop(block ?? '')
    bea.sendTo(amal)
    expect([amal.screen.blocks.value.length, bea.screen.blocks.value.length]).toEqual([1, 1])
    expect([amal.gone, bea.gone]).toEqual([1, 0])
    await amal.screen.offer(amal.screen.blocks.value[0]?.id ?? '', null)
    expect(amal.screen.blocks.value).toEqual([])
    expect(amal.gone).toBe(1)
  })

  it('another’s own words cannot be written in: the refusal shows and the words here stay', async () => {
    const { amal, bea } = await seats()
    await amal.screen.add('ownWords')
    await settle()
    amal.sendTo(bea)
    bea.screen.blocks.value[0]?.text.write({ at: 0, cut: 0, put: 'not mine' })
    await settle()
    expect(bea.screen.failure.value).not.toBeNull()
    expect(bea.text(0)).toBe('not mine')
    bea.sendTo(amal)
    expect(amal.text(0)).toBe('')
  })
})
