/**
 * One lie of an evil relay, told from end to end: the real relay's own code, with the real relay's own key, over a box
 * whose entries are whatever the test wants. Everything a device is told on a branch fits together: positions, chain,
 * receipts, capabilities. What several devices see on one branch they see alike, and what they say there stays there.
 *
 * The box lies in memory and believes nobody; it is no store to keep anything in.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { equalBytes, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok } from '@alongside/base/result.ts'
import { startRelay } from '@alongside/relay/server.ts'
import type { Access, BoxStore, Placement, Store } from '@alongside/relay/store/port.ts'
import { testConfig, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { chainNext, chainStart, envHash, type Head } from '@alongside/wire/chain.ts'

interface Capability {
  readonly index: number
  readonly pk: Bytes
  /** The last position it may read once it is superseded; null while it is the newest. */
  readableTo: number | null
}

/** A box as a branch tells of it. */
export interface ToldBox {
  readonly boxId: Id
  readonly ownerPk: Bytes | null
  readonly ownerCounter: number
  readonly capabilities: Capability[]
  readonly envelopes: Bytes[]
}

export interface Branch {
  readonly url: string
  readonly box: ToldBox
  close(): Promise<void>
}

/** Reads a whole box out of the honest store. */
export async function tellAsItIs(boxes: BoxStore, boxId: Id): Promise<ToldBox> {
  const found: Access[] = []
  const capabilities: Capability[] = []
  for (let index = 0; ; ) {
    const access = await boxes.access(boxId, index)
    if (access === null) throw new Error('the relay has no such box or capability')
    found.push(access)
    const isNewest = access.newestCapIndex === index
    capabilities.push({ index, pk: access.capPk, readableTo: isNewest ? null : access.readable.seq })
    if (isNewest) break
    index = access.newestCapIndex
  }
  const last = found.at(-1) as Access
  const envelopes: Bytes[] = []
  while (envelopes.length < last.readable.seq) {
    const range = { from: envelopes.length + 1, to: last.readable.seq, maxBytes: 1_000_000 }
    envelopes.push(...(await boxes.range(boxId, range)))
  }
  return { boxId, ownerPk: last.ownerPk, ownerCounter: last.ownerCounter, capabilities, envelopes }
}

/** Starts a branch. `honest` lends its key and its places. */
export async function startBranch(honest: TestRelay, box: ToldBox): Promise<Branch> {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-branch-'))
  copyFileSync(join(honest.folder, 'relay.key'), join(folder, 'relay.key'))
  const store: Store = { ...honest.store, boxes: lyingBoxes(box, honest.store.boxes), close: async () => undefined }
  const relay = await startRelay(testConfig(folder), { openStore: () => store, report: () => undefined })
  return {
    url: relay.url,
    box,
    close: async () => {
      await relay.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function lyingBoxes(box: ToldBox, honest: BoxStore): BoxStore {
  const heads: Head[] = [chainStart(box.boxId)]

  /** The chain at a position, over the entries as they are told. */
  function headAt(seq: number): Head {
    while (heads.length <= seq)
      heads.push(chainNext(heads.at(-1) as Head, envHash(box.envelopes[heads.length - 1] as Bytes)))
    return heads[seq] as Head
  }

  const newest = (): Capability => box.capabilities.at(-1) as Capability

  function place(envelopes: readonly Bytes[]): Placement {
    const firstAdded = box.envelopes.length + 1
    const seqs = envelopes.map((envelope) => {
      const at = box.envelopes.findIndex((one) => equalBytes(one, envelope))
      return at === -1 ? box.envelopes.push(Uint8Array.from(envelope)) : at + 1
    })
    return { seqs, head: headAt(Math.max(...seqs)), added: box.envelopes.slice(firstAdded - 1), firstAdded }
  }

  return {
    ...honest,
    async access(boxId, capIndex) {
      const at = box.capabilities.findIndex(({ index }) => index === capIndex)
      const capability = box.capabilities[at]
      if (boxId !== box.boxId || capability === undefined) return null
      const last = Math.min(box.envelopes.length, capability.readableTo ?? box.envelopes.length)
      return {
        capPk: capability.pk,
        ownerPk: box.ownerPk,
        ownerCounter: box.ownerCounter,
        newestCapIndex: (box.capabilities[at + 1] ?? capability).index,
        readable: headAt(last),
        state: 'open',
        daysLeft: 0,
      }
    },
    async append({ capIndex, envelopes }) {
      if (capIndex !== newest().index) return err({ type: 'Superseded', newestCapIndex: newest().index })
      return ok(place(envelopes))
    },
    async rekey({ capIndex, envelopes, newCapIndex, newCapPk }) {
      if (capIndex !== newest().index) return err({ type: 'Superseded', newestCapIndex: newest().index })
      const placement = place(envelopes)
      newest().readableTo = box.envelopes.length
      box.capabilities.push({ index: newCapIndex, pk: newCapPk, readableTo: null })
      return ok(placement)
    },
    range: async (_, { from, to }) => box.envelopes.slice(from - 1, to),
  }
}
