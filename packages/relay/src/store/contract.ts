/**
 * What every store of the relay must do, as one suite. A store's own test hands in how to open it, how to open it again
 * after closing, and a clock that the suite sets.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import type { Clock } from '@alongside/base/world.ts'
import { chainNext, chainStart, envHash } from '@alongside/wire/chain.ts'
import {
  END_DAYS,
  MAILBOX_DAYS,
  MAX_DRAFTS,
  MAX_MESSAGES,
  MESSAGE_BYTES,
  PLACE_DAYS,
  TOMBSTONE_DAYS,
} from '@alongside/wire/limits.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Quotas } from '../limits.ts'
import type { NewBox, Store } from './port.ts'

export const CONTRACT_QUOTAS: Quotas = { entriesPerDay: 10, bytesPerDay: 100_000, boxBytes: 200_000 }

export interface StoreUnderTest {
  readonly store: Store
  /** Closes, opens again on the same data. */
  reopen(): Promise<Store>
  /** Closes and removes the data. */
  remove(): Promise<void>
}

const fill = (size: number, value: number): Bytes => new Uint8Array(size).fill(value)
const id = (value: number): string => toHex(fill(16, value))
const DAY = 86_400_000

/** Runs the contract on stores made by `open`. */
export function storeContract(name: string, open: (clock: Clock) => Promise<StoreUnderTest>): void {
  describe(`the store contract, ${name}`, () => {
    let now = 1_000 * DAY
    let made: StoreUnderTest
    let store: Store

    beforeEach(async () => {
      now = 1_000 * DAY
      made = await open({ now: () => now })
      store = made.store
    })
    afterEach(() => made.remove())

    const box = id(1)
    const found = async (change: Partial<NewBox> = {}) =>
      must(
        await store.boxes.create({
          boxId: box,
          capIndex: 0,
          capPk: fill(32, 10),
          ownerPk: null,
          ticketHash: null,
          ...change,
        }),
      )
    const append = (values: readonly number[], capIndex = 0, size = 590) =>
      store.boxes.append({ boxId: box, capIndex, envelopes: values.map((value) => fill(size, value)) })
    const chain = (values: readonly number[]) =>
      values.reduce((head, value) => chainNext(head, envHash(fill(590, value))), chainStart(box))
    const rekey = (values: readonly number[], newCapIndex: number, by: 'owner' | Bytes, extend = 0) =>
      store.boxes.rekey({
        boxId: box,
        capIndex: newCapIndex - 1,
        envelopes: values.map((value) => fill(590, value)),
        newCapIndex,
        newCapPk: fill(32, 10 + newCapIndex),
        extend,
        by: by === 'owner' ? { type: 'owner' } : { type: 'head', expectedHash: by },
      })
    const read = (from: number, to: number) => store.boxes.range(box, { from, to, maxBytes: 1_000_000 })

    it('keeps entries in order under the chain that the device computes too', async () => {
      await found()
      const placed = must(await append([1, 2, 3]))
      expect(placed.seqs).toEqual([1, 2, 3])
      expect(placed.head).toEqual(chain([1, 2, 3]))
      expect(await read(1, 3)).toEqual([fill(590, 1), fill(590, 2), fill(590, 3)])
      expect((await store.boxes.access(box, 0))?.readable).toEqual(chain([1, 2, 3]))
    })

    it('ADV-94 answers an envelope sent again with its old place, alone or among new ones', async () => {
      await found()
      must(await append([1, 2]))
      const again = must(await append([2]))
      expect([again.seqs, again.head, again.added]).toEqual([[2], chain([1, 2]), []])
      const mixed = must(await append([3, 1, 3]))
      expect([mixed.seqs, mixed.firstAdded, mixed.added]).toEqual([[3, 1, 3], 3, [fill(590, 3)]])
      expect((await read(1, 9)).length).toBe(3)
    })

    it('places writes asked at the same moment one after another, each box on its own', async () => {
      await found()
      await found({ boxId: id(2) })
      const all = await Promise.all([
        append([1]),
        store.boxes.append({ boxId: id(2), capIndex: 0, envelopes: [fill(590, 9)] }),
        append([2]),
        append([1]),
      ])
      expect(all.map((one) => must(one).seqs)).toEqual([[1], [1], [2], [1]])
    })

    it('keeps everything over closing and opening', async () => {
      await found({ ownerPk: fill(32, 3) })
      must(await append([1, 2]))
      must(
        await store.boxes.putDraft({ boxId: box, capIndex: 0, draftId: id(7), expectedVersion: 0, bytes: fill(9, 9) }),
      )
      must(await store.places.put(page({})))
      must(await store.places.post(id(5), letter({ take: true })))
      const before = await store.inspect()
      store = await made.reopen()
      expect(await store.inspect()).toEqual(before)
      expect((await store.boxes.access(box, 0))?.readable).toEqual(chain([1, 2]))
      expect((await store.boxes.draft(box, id(7))).bytes).toEqual(fill(9, 9))
      expect((await store.places.place(id(5)))?.taken).toBe(true)
    })

    it('knows nothing of a box or capability that was not made', async () => {
      expect(await store.boxes.access(box, 0)).toBeNull()
      expect(await append([1])).toMatchObject({ error: { type: 'NotAdmitted' } })
      await found()
      expect(await store.boxes.access(box, 1)).toBeNull()
    })

    it('founds a box once: again with the same keys is the same, with others is refused', async () => {
      await found()
      await found()
      const other = { boxId: box, capIndex: 0, capPk: fill(32, 99), ownerPk: null, ticketHash: null }
      expect(await store.boxes.create(other)).toMatchObject({ error: { type: 'IdInUse' } })
    })

    it('spends a ticket on one box, and forgives an answer that was lost', async () => {
      must(await store.boxes.addTickets([fill(32, 1)]))
      await found({ ticketHash: fill(32, 1) })
      await found({ ticketHash: fill(32, 1) })
      const second = { boxId: id(2), capIndex: 0, capPk: fill(32, 1), ownerPk: null, ticketHash: fill(32, 1) }
      expect(await store.boxes.create(second)).toMatchObject({ error: { type: 'CodeNeeded' } })
    })

    it('lets a ticket run out', async () => {
      must(await store.boxes.addTickets([fill(32, 1)]))
      now += PLACE_DAYS * DAY
      const late = { boxId: box, capIndex: 0, capPk: fill(32, 1), ownerPk: null, ticketHash: fill(32, 1) }
      expect(await store.boxes.create(late)).toMatchObject({ error: { type: 'CodeNeeded' } })
    })

    describe('rekeys', () => {
      it('ADV-86 of two made for the same head, one lands and the other is told', async () => {
        await found()
        must(await append([1]))
        const [first, second] = await Promise.all([
          rekey([2], 1, chain([1]).hash),
          store.boxes.rekey({
            boxId: box,
            capIndex: 0,
            envelopes: [fill(590, 3)],
            newCapIndex: 1,
            newCapPk: fill(32, 77),
            extend: 0,
            by: { type: 'head', expectedHash: chain([1]).hash },
          }),
        ])
        expect(must(first).seqs).toEqual([2])
        expect(second).toMatchObject({ error: { type: 'Superseded', newestCapIndex: 1 } })
      })

      it('wait for the head where nobody owns the box', async () => {
        await found()
        must(await append([1, 2]))
        expect(await rekey([3], 1, chain([1]).hash)).toMatchObject({ error: { type: 'HeadMoved', seq: 2 } })
        expect(await rekey([3], 1, 'owner')).toMatchObject({ error: { type: 'OwnerMustSign' } })
      })

      it('wait for no head and no quota when the owner signs, and nobody else may make one', async () => {
        await found({ ownerPk: fill(32, 3) })
        for (let i = 1; i <= 10; i++) must(await append([i]))
        expect(await append([11])).toMatchObject({ error: { type: 'OverQuota' } })
        expect(await rekey([12], 1, chain([1]).hash)).toMatchObject({ error: { type: 'OwnerMustSign' } })
        expect(must(await rekey([12, 13], 1, 'owner')).seqs).toEqual([11, 12])
      })

      it('ADV-14 end older writing at once and older reading at the rekey itself', async () => {
        await found({ ownerPk: fill(32, 3) })
        must(await append([1]))
        must(await rekey([2, 3], 1, 'owner'))
        expect(await append([4], 0)).toMatchObject({ error: { type: 'Superseded', newestCapIndex: 1 } })
        must(await append([4], 1))
        expect((await store.boxes.access(box, 0))?.readable).toEqual(chain([1, 2, 3]))
        expect((await store.boxes.access(box, 1))?.readable).toEqual(chain([1, 2, 3, 4]))
      })

      it('can open the reading of two earlier capabilities up to a repair', async () => {
        await found({ ownerPk: fill(32, 3) })
        must(await rekey([1], 1, 'owner'))
        must(await rekey([2], 2, 'owner'))
        must(await rekey([3], 3, 'owner', 2))
        must(await append([4], 3))
        for (const cap of [0, 1, 2]) expect((await store.boxes.access(box, cap))?.readable.seq).toBe(3)
      })

      it('are answered as before when sent again', async () => {
        await found({ ownerPk: fill(32, 3) })
        const first = must(await rekey([1, 2], 1, 'owner'))
        must(await append([3], 1))
        const again = must(await rekey([1, 2], 1, 'owner'))
        expect([again.seqs, again.head, again.added]).toEqual([first.seqs, first.head, []])
        expect(await rekey([5], 1, 'owner')).toMatchObject({ error: { type: 'Superseded' } })
      })
    })

    describe('quotas', () => {
      it('count entries and bytes by the day and start again the next', async () => {
        await found()
        must(await append(Array.from({ length: 10 }, (_, i) => i + 1)))
        now += 1_000
        expect(await append([11])).toMatchObject({ error: { type: 'OverQuota', retryAfterMs: DAY - 1_000 } })
        must(await append([3])) // kept before, so it takes nothing
        now += DAY
        must(await append([11]))
        expect(await append([12, 13, 14], 0, 32_846)).toMatchObject({ ok: true })
        expect(await append([15], 0, 32_846)).toMatchObject({ error: { type: 'OverQuota' } })
      })

      it('hold the whole box to its size', async () => {
        await found()
        for (let i = 0; i < 6; i++) {
          must(await append([i + 1], 0, 32_846))
          now += DAY
        }
        expect(await append([7], 0, 32_846)).toMatchObject({ error: { type: 'OverQuota' } })
      })
    })

    describe('ranges', () => {
      it('end at what was asked, at the bytes allowed, but give at least one', async () => {
        await found()
        must(await append([1, 2, 3]))
        expect((await read(2, 2)).length).toBe(1)
        expect((await read(4, 9)).length).toBe(0)
        expect((await store.boxes.range(box, { from: 1, to: 3, maxBytes: 1_200 })).length).toBe(2)
        expect((await store.boxes.range(box, { from: 1, to: 3, maxBytes: 1 })).length).toBe(1)
      })
    })

    describe('drafts', () => {
      const put = (draft: number, expectedVersion: number, bytes: Bytes | null, capIndex = 0) =>
        store.boxes.putDraft({ boxId: box, capIndex, draftId: id(draft), expectedVersion, bytes })

      it('are overwritten only by who has seen the last one; the other is shown it', async () => {
        await found()
        const first = must(await put(1, 0, fill(9, 1)))
        must(await put(1, first.version, fill(9, 2)))
        expect(await put(1, first.version, fill(9, 3))).toMatchObject({
          error: { type: 'DraftConflict', draft: { bytes: fill(9, 2) } },
        })
        expect(await put(1, 0, fill(9, 3))).toMatchObject({ error: { type: 'DraftConflict' } })
      })

      it('never have a version again after being deleted', async () => {
        await found()
        const first = must(await put(1, 0, fill(9, 1)))
        must(await put(1, first.version, null))
        expect(await store.boxes.draft(box, id(1))).toEqual({ version: 0, bytes: null })
        expect(must(await put(1, 0, fill(9, 1))).version).toBeGreaterThan(first.version)
      })

      it('are at most thirty-two, and are written with the newest capability only', async () => {
        await found({ ownerPk: fill(32, 3) })
        for (let i = 0; i < MAX_DRAFTS; i++) must(await put(i + 1, 0, fill(9, 1)))
        expect(await put(99, 0, fill(9, 1))).toMatchObject({ error: { type: 'TooManyDrafts' } })
        must(await rekey([1], 1, 'owner'))
        expect(await put(1, 1, fill(9, 2))).toMatchObject({ error: { type: 'Superseded' } })
      })
    })

    describe('ending', () => {
      it('stops writing at once, deletes after seven days, and remembers for thirty that it ended', async () => {
        await found({ ownerPk: fill(32, 3) })
        must(await append([1]))
        const ending = must(await store.boxes.end(box, { when: 'afterSevenDays', counter: 1 }))
        expect(ending).toEqual({ state: 'ending', daysLeft: END_DAYS })
        expect(await append([2])).toMatchObject({ error: { type: 'Ending', daysLeft: END_DAYS } })
        expect(await rekey([2], 1, 'owner')).toMatchObject({ error: { type: 'Ending' } })
        expect((await read(1, 1)).length).toBe(1)
        now += END_DAYS * DAY
        expect(await store.sweep()).toMatchObject({ boxes: 1 })
        expect((await store.boxes.access(box, 0))?.state).toBe('ended')
        expect((await read(1, 1)).length).toBe(0)
        expect(await append([2])).toMatchObject({ error: { type: 'Ended' } })
        now += TOMBSTONE_DAYS * DAY
        expect(await store.sweep()).toMatchObject({ tombstones: 1 })
        expect(await store.boxes.access(box, 0)).toBeNull()
        const rows = (await store.inspect()).flatMap((table) => table.rows)
        expect(rows).toEqual([])
      })

      it('can be taken back within the seven days', async () => {
        await found({ ownerPk: fill(32, 3) })
        must(await store.boxes.end(box, { when: 'afterSevenDays', counter: 1 }))
        expect(must(await store.boxes.takeBackEnd(box, 2)).state).toBe('open')
        must(await append([1]))
        now += END_DAYS * DAY
        await store.sweep()
        expect((await store.boxes.access(box, 0))?.state).toBe('open')
      })

      it('at once leaves nothing but the tombstone', async () => {
        await found({ ownerPk: fill(32, 3) })
        must(await append([1, 2]))
        expect(must(await store.boxes.end(box, { when: 'now', counter: 1 })).state).toBe('ended')
        expect((await read(1, 2)).length).toBe(0)
        const held = await store.inspect()
        expect(held.find((table) => table.table === 'entries')?.rows).toEqual([])
        expect(await store.boxes.takeBackEnd(box, 2)).toMatchObject({ error: { type: 'Ended' } })
      })

      it('needs a counter above the last one, and an owner', async () => {
        await found({ ownerPk: fill(32, 3) })
        must(await store.boxes.end(box, { when: 'afterSevenDays', counter: 5 }))
        expect(await store.boxes.takeBackEnd(box, 5)).toMatchObject({ error: { type: 'OwnerCounterUsed', counter: 5 } })
        await found({ boxId: id(2) })
        expect(await store.boxes.end(id(2), { when: 'now', counter: 1 })).toMatchObject({ ok: false })
      })
    })

    const page = (change: object) => ({
      placeId: id(5),
      pageVersion: 1,
      authorPk: fill(32, 1),
      mailboxPk: fill(32, 2),
      page: fill(100, 3),
      ...change,
    })
    const letter = (change: object) => ({ fromAuthor: false, take: false, bytes: fill(MESSAGE_BYTES, 1), ...change })

    describe('places', () => {
      it('are overwritten by their author with a higher version only', async () => {
        must(await store.places.put(page({})))
        must(await store.places.put(page({})))
        must(await store.places.put(page({ pageVersion: 2, page: fill(100, 4) })))
        expect(await store.places.put(page({}))).toMatchObject({ error: { type: 'PageIsNewer', version: 2 } })
        expect(await store.places.put(page({ pageVersion: 3, authorPk: fill(32, 9) }))).toMatchObject({
          error: { type: 'IdInUse' },
        })
        expect((await store.places.place(id(5)))?.page).toEqual(fill(100, 4))
      })

      it('live ninety days from the last writing', async () => {
        must(await store.places.put(page({})))
        now += (PLACE_DAYS - 1) * DAY
        must(await store.places.put(page({ pageVersion: 2 })))
        now += (PLACE_DAYS - 1) * DAY
        expect(await store.places.place(id(5))).not.toBeNull()
        now += DAY
        expect(await store.places.place(id(5))).toBeNull()
        expect(await store.sweep()).toMatchObject({ places: 1 })
        expect((await store.inspect()).flatMap((table) => table.rows)).toEqual([])
      })

      it('are taken by whoever is first, and the message that took it may be sent again', async () => {
        must(await store.places.put(page({})))
        const [first, second] = await Promise.all([
          store.places.post(id(5), letter({ take: true })),
          store.places.post(id(5), letter({ take: true, bytes: fill(MESSAGE_BYTES, 2) })),
        ])
        expect(must(first)).toBe(1)
        expect(second).toMatchObject({ error: { type: 'PlaceTaken' } })
        expect(must(await store.places.post(id(5), letter({ take: true })))).toBe(1)
        expect((await store.places.place(id(5)))?.taken).toBe(true)
      })

      it('hold eight messages from each side for seven days from the first', async () => {
        must(await store.places.put(page({})))
        for (let i = 0; i < MAX_MESSAGES; i++)
          must(await store.places.post(id(5), letter({ fromAuthor: true, bytes: fill(MESSAGE_BYTES, i) })))
        expect(
          await store.places.post(id(5), letter({ fromAuthor: true, bytes: fill(MESSAGE_BYTES, 99) })),
        ).toMatchObject({ error: { type: 'MailboxFull' } })
        must(await store.places.post(id(5), letter({})))
        expect((await store.places.messages(id(5), 7)).map((one) => [one.n, one.fromAuthor])).toEqual([
          [8, true],
          [9, false],
        ])
        now += MAILBOX_DAYS * DAY
        expect(await store.places.messages(id(5), 0)).toEqual([])
        expect(must(await store.places.post(id(5), letter({ bytes: fill(MESSAGE_BYTES, 99) })))).toBe(10)
      })

      it('always have room for a yes, however many questions came before it', async () => {
        must(await store.places.put(page({})))
        for (let i = 0; i < MAX_MESSAGES - 1; i++)
          must(await store.places.post(id(5), letter({ bytes: fill(MESSAGE_BYTES, i) })))
        expect(await store.places.post(id(5), letter({ bytes: fill(MESSAGE_BYTES, 98) }))).toMatchObject({
          error: { type: 'MailboxFull' },
        })
        must(await store.places.post(id(5), letter({ take: true, bytes: fill(MESSAGE_BYTES, 99) })))
        expect((await store.places.messages(id(5), 0)).length).toBe(MAX_MESSAGES)
      })

      it('hold a yes for seven days of its own, so that one said late is not lost with the questions', async () => {
        must(await store.places.put(page({})))
        must(await store.places.post(id(5), letter({})))
        now += (MAILBOX_DAYS - 1) * DAY
        must(await store.places.post(id(5), letter({ take: true, bytes: fill(MESSAGE_BYTES, 99) })))
        now += (MAILBOX_DAYS - 1) * DAY
        expect((await store.places.messages(id(5), 0)).map((one) => one.n)).toEqual([1, 2])
        now += DAY
        expect(await store.places.messages(id(5), 0)).toEqual([])
      })

      it('go with their mailbox when the author removes them', async () => {
        must(await store.places.put(page({})))
        must(await store.places.post(id(5), letter({})))
        must(await store.places.remove(id(5)))
        expect(await store.places.place(id(5))).toBeNull()
        expect((await store.inspect()).flatMap((table) => table.rows)).toEqual([])
        expect(await store.places.remove(id(5))).toMatchObject({ error: { type: 'NoSuchPlace' } })
      })
    })
  })
}
