import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { toHex, utf8, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import { signSync } from '@alongside/record/crypto.ts'
import { draftId, openDraft, sealDraft } from '@alongside/record/draft.ts'
import { decodeRelayFrame } from '@alongside/wire/messages.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import type { NoteEvent } from '../api.ts'
import { circleOf, close, inStep, metBy, restart, type Meeting, type Seat } from '../testing/meet.ts'
import { PASS, someId } from '../testing/pair.ts'
import { until } from '../testing/world.ts'
import { FIELD } from './check-update.ts'
import { draftArea } from './draft-area.ts'
import { encodeDraft, readDraft } from './messages.ts'

let relay: TestRelay
let meeting: Meeting

beforeEach(async () => {
  relay = await startTestRelay()
  meeting = await metBy(relay)
  const met = { type: 'EncounterMet', encounter: ENCOUNTER } as const
  const planned = { ...met, type: 'EncounterPlanned', day: null, time: null, place: '', way: 'visit' } as const
  must(await meeting.bea.api.act(circleOf(meeting.bea).id, [planned, met]))
  await inStep(meeting)
})
afterEach(async () => {
  await close(meeting)
  await relay.remove()
})

const ENCOUNTER = someId(500)

/** A screen with a text field for each block. */
class Page {
  readonly seat: Seat
  readonly docs = new Map<Id, Y.Doc>()
  readonly events: NoteEvent[] = []
  session: Id = ''
  clientId = 0

  constructor(seat: Seat) {
    this.seat = seat
  }

  async sit(): Promise<this> {
    const joined = must(await this.seat.api.joinNote(circleOf(this.seat).id, ENCOUNTER, (event) => this.hear(event)))
    this.session = joined.session
    this.clientId = joined.clientId
    this.hear({ type: 'blocks', blocks: joined.blocks })
    return this
  }

  private hear(event: NoteEvent): void {
    this.events.push(event)
    if (event.type === 'update') Y.applyUpdate(this.doc(event.block), event.update)
    if (event.type !== 'blocks') return
    for (const { block, state } of event.blocks) Y.applyUpdate(this.doc(block), state)
    for (const block of this.docs.keys()) if (!event.blocks.some((one) => one.block === block)) this.docs.delete(block)
  }

  doc(block: Id): Y.Doc {
    const known = this.docs.get(block)
    if (known !== undefined) return known
    const doc = new Y.Doc()
    this.docs.set(block, doc)
    return doc
  }

  async add(kind: 'shared' | 'ownWords' = 'shared'): Promise<Id> {
    return must(await this.seat.api.addBlock(this.session, kind)).block
  }

  async type(block: Id, change: (text: Y.Text) => void): Promise<void> {
    const doc = this.doc(block)
    doc.clientID = this.clientId
    const updates: Bytes[] = []
    const collect = (update: Uint8Array) => updates.push(update as Bytes)
    doc.on('update', collect)
    change(doc.getText(FIELD))
    doc.off('update', collect)
    for (const update of updates) must(await this.seat.api.writeBlock(this.session, block, update))
  }

  text = (block: Id): string | null => this.docs.get(block)?.getText(FIELD).toJSON() ?? null
  saved = (where: 'here' | 'relay'): boolean =>
    this.events.some((event) => event.type === 'saved' && event.where === where)
}

const both = async () => {
  const [amal, bea] = [await new Page(meeting.amal).sit(), await new Page(meeting.bea).sit()]
  return { amal, bea }
}

const goes = (what: string, holds: () => boolean) => until(meeting.time, what, holds)

describe('writing a note together', () => {
  it('what one types the other reads, both see who is where, and what is kept says who wrote what', async () => {
    const { amal, bea } = await both()
    const block = await bea.add()
    await bea.type(block, (text) => text.insert(0, 'We talked about the bus.'))
    await goes('Amal reads it', () => amal.text(block) === 'We talked about the bus.')
    await amal.type(block, (text) => text.insert(24, ' I was late.'))
    await goes('Bea reads it', () => bea.text(block) === 'We talked about the bus. I was late.')
    await amal.seat.api.moveCursor(amal.session, { block, anchor: Uint8Array.of(1), head: Uint8Array.of(2) })
    await goes('Bea sees where Amal is', () =>
      bea.events.some((event) => event.type === 'here' && event.others[0]?.block === block),
    )
    must(await bea.seat.api.offerBlock(bea.session, block, 'My team, if they ask'))
    await goes('it left the draft', () => bea.text(block) === null && amal.text(block) === null)
    const offered = circleOf(amal.seat).state.note.blocks[block]
    expect(offered?.text).toBe('We talked about the bus. I was late.')
    expect(offered?.spans.map(({ member, length }) => [member, length])).toEqual([
      [circleOf(bea.seat).me, 24],
      [circleOf(amal.seat).me, 12],
    ])
    must(await amal.seat.api.act(circleOf(amal.seat).id, [{ type: 'BlockAgreed', block }]))
    await goes('it is kept', () => circleOf(bea.seat).state.note.blocks[block]?.status === 'kept')
  })

  it('own words are their owner’s alone', async () => {
    const { amal, bea } = await both()
    const block = await amal.add('ownWords')
    await amal.type(block, (text) => text.insert(0, 'I was afraid.'))
    await goes('Bea reads it', () => bea.text(block) === 'I was afraid.')
    const forged = new Y.Doc()
    forged.clientID = bea.clientId
    forged.getText(FIELD).insert(0, 'x')
    const update = Y.encodeStateAsUpdate(forged) as Bytes
    expect(await bea.seat.api.writeBlock(bea.session, block, update)).toEqual({
      ok: false,
      error: { type: 'NotYours' },
    })
    expect(await bea.seat.api.dropBlock(bea.session, block)).toEqual({ ok: false, error: { type: 'NotYours' } })
  })

  it('a line typed and taken out before keeping is in no file of the relay and in neither device’s store', async () => {
    const { amal, bea } = await both()
    const block = await amal.add()
    await amal.type(block, (text) => text.insert(0, 'We planned the week. He hit me.'))
    await goes('Bea reads it', () => bea.text(block)?.includes('hit') === true)
    await goes('it is in the shared draft', () => amal.saved('relay') && bea.saved('here'))
    const secret = toHex(utf8('hit me'))
    const keptBy = async (page: Page) => {
      const core = page.seat.api.device.core()
      const rows = core === null ? [] : must(await core.store.list(draftArea(circleOf(page.seat).id)))
      return rows.map(({ value }) => toHex(value))
    }
    const atRelay = async (page: Page) => {
      const circle = page.seat.api.device.core()?.circles.get(circleOf(page.seat).id)
      const [keys, link] = [circle?.keys() ?? null, circle?.link() ?? null]
      if (keys === null || link === null) throw new Error('no line')
      const stored = must(await link.ask('draftGet', { draftId: draftId(keys, ENCOUNTER) }))
      const bytes = stored.type === 'draftIs' ? stored.body.bytes : null
      return bytes === null ? null : toHex(must(openDraft(keys, ENCOUNTER, bytes)))
    }
    expect((await keptBy(bea)).join()).toContain(secret)
    await amal.type(block, (text) => text.delete(20, 11))
    await goes('it is gone at Bea’s', () => bea.text(block) === 'We planned the week.')
    amal.events.length = 0
    bea.events.length = 0
    await bea.type(block, (text) => text.insert(20, ' Good.'))
    await goes('Amal reads it', () => amal.text(block) === 'We planned the week. Good.')
    await goes('all saved', () => amal.saved('relay') && bea.saved('relay') && amal.saved('here') && bea.saved('here'))
    expect(relay.isOnDisk('hit me')).toBe(false)
    for (const page of [amal, bea]) {
      const kept = await keptBy(page)
      expect(kept.join()).toContain(toHex(utf8('We planned the week.')))
      expect(kept.join()).not.toContain(secret)
      expect(await atRelay(page)).toContain(toHex(utf8('We planned the week.')))
      expect(await atRelay(page)).not.toContain(secret)
    }
    must(await bea.seat.api.offerBlock(bea.session, block, null))
    await goes('the draft is gone everywhere', () => amal.text(block) === null)
    for (const page of [amal, bea]) await page.seat.api.leaveNote(page.session)
    for (const page of [amal, bea]) {
      expect(await keptBy(page)).toEqual([])
      expect(await atRelay(page)).toBeNull()
    }
  })

  it('who sits down later, alone, finds what the other left in the shared draft', async () => {
    const bea = await new Page(meeting.bea).sit()
    const block = await bea.add()
    await bea.type(block, (text) => text.insert(0, 'For when you come.'))
    await goes('it is in the shared draft', () => bea.saved('relay'))
    await bea.seat.api.leaveNote(bea.session)
    await meeting.bea.api.lock()
    const amal = await new Page(meeting.amal).sit()
    await goes('Amal reads it', () => amal.text(block) === 'For when you come.')
    must(await meeting.bea.api.unlock('three blue boats'))
  })

  it('what was typed without a line is kept here and comes together when the line is back', async () => {
    const { amal, bea } = await both()
    const block = await bea.add()
    await bea.type(block, (text) => text.insert(0, 'Start.'))
    await goes('Amal reads it', () => amal.text(block) === 'Start.')
    meeting.amal.world.net.isUp = false
    meeting.amal.world.net.cut()
    await amal.type(block, (text) => text.insert(6, ' Offline.'))
    await bea.type(block, (text) => text.insert(0, 'Online. '))
    await goes('saved here', () => amal.saved('here'))
    meeting.amal.world.net.isUp = true
    await goes('both have both', () => {
      const text = amal.text(block)
      return text === bea.text(block) && text?.includes('Offline.') === true && text.includes('Online.')
    })
  })

  it('an app that was closed while writing has every word when it opens again', async () => {
    const amal = await new Page(meeting.amal).sit()
    const block = await amal.add()
    await amal.type(block, (text) => text.insert(0, 'Half a sent'))
    await goes('saved here', () => amal.saved('here'))
    meeting.amal = await restart(meeting.amal, meeting.time, relay)
    const again = await new Page(meeting.amal).sit()
    expect(again.text(block)).toBe('Half a sent')
    await again.type(block, (text) => text.insert(11, 'ence.'))
    must(await again.seat.api.offerBlock(again.session, block, null))
    expect(circleOf(again.seat).state.note.blocks[block]?.spans).toEqual([
      { member: circleOf(again.seat).me, length: 16 },
    ])
  })

  it('ADV-55 a part that was signed for one note counts in no other, and nobody’s part can be made by another', async () => {
    const { amal, bea } = await both()
    const block = await amal.add('ownWords')
    await amal.type(block, (text) => text.insert(0, 'Said in that meeting only.'))
    await goes('it is in the shared draft', () => amal.saved('relay'))
    const circle = bea.seat.api.device.core()?.circles.get(circleOf(bea.seat).id)
    const [keys, link] = [circle?.keys() ?? null, circle?.link() ?? null]
    if (keys === null || link === null || circle === undefined) throw new Error('no line')
    const stored = must(await link.ask('draftGet', { draftId: draftId(keys, ENCOUNTER) }))
    const bytes = stored.type === 'draftIs' ? stored.body.bytes : null
    const parts = readDraft(must(openDraft(keys, ENCOUNTER, bytes ?? new Uint8Array()))) ?? []
    const hers = parts.find((one) => one.device !== circle.device)
    if (hers === undefined) throw new Error('no part')
    const forged = { ...hers, signature: signSync(circle.deviceKeys.signing.secretKey, hers.part) }
    const elsewhere = someId(501)
    for (const [note, part] of [
      [elsewhere, hers],
      [elsewhere, forged],
    ] as const) {
      const sealed = must(sealDraft(keys, note, encodeDraft([part]), meeting.bea.world.random))
      const now = must(await link.ask('draftGet', { draftId: draftId(keys, note) }))
      const expectedVersion = now.type === 'draftIs' ? now.body.version : 0
      must(await link.ask('draftPut', { draftId: draftId(keys, note), expectedVersion, bytes: sealed }))
      const heard: NoteEvent[] = []
      const sat = must(await bea.seat.api.joinNote(circleOf(bea.seat).id, note, (event) => heard.push(event)))
      const mine = must(await bea.seat.api.addBlock(sat.session, 'shared')).block
      await goes('the draft was read and put again', () =>
        heard.some((one) => one.type === 'saved' && one.where === 'relay'),
      )
      const blocks = heard.flatMap((event) => (event.type === 'blocks' ? event.blocks.map((one) => one.block) : []))
      expect(new Set(blocks)).toEqual(new Set([mine]))
      must(await bea.seat.api.dropBlock(sat.session, mine))
      await bea.seat.api.leaveNote(sat.session)
    }
  })

  it('a relay that keeps its answer back cannot keep the device from locking, nor what was written from being saved', async () => {
    const page = await new Page(meeting.amal).sit()
    const { block } = must(await page.seat.api.addBlock(page.session, 'shared'))
    meeting.amal.world.net.fromRelay = (bytes) => {
      const frame = decodeRelayFrame(bytes)
      return frame.ok && frame.value.type.startsWith('draft') ? null : bytes
    }
    await page.type(block, (text) => text.insert(0, 'half a line'))
    const done = { locked: false }
    void meeting.amal.api.lock().then(() => (done.locked = true))
    for (let i = 0; i < 100 && !done.locked; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      meeting.time.pass(5)
    }
    meeting.amal.world.net.cut() // or it would never end
    expect(done.locked).toBe(true)
    meeting.amal.world.net.fromRelay = (bytes) => bytes
    must(await meeting.amal.api.unlock(PASS))
    const again = await new Page(meeting.amal).sit()
    expect(again.text(block)).toBe('half a line')
  })
})
