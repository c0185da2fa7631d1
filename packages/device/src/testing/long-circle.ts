/** A long record as it lies on a device that has it all: its rows in a sealed store, ready to be opened. */
import type { Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { circleName } from '@alongside/record/keys.ts'
import type { CircleWorld } from '../circle/held.ts'
import { openLog } from '../circle/log.ts'
import { CIRCLES, logArea, metaRow, type Meta } from '../circle/rows.ts'
import { realNet } from '../net.ts'
import type { Store } from '../store/port.ts'
import { sealStore, type SealedStore } from '../store/sealed.ts'
import type { LongRecord } from './long-record.ts'

/** The row of a record's circle on the device of its person, or of another writer. */
export function metaOf(record: LongRecord, who = 0): Meta {
  const writer = record.writers[who] ?? record.writers[0]
  if (writer === undefined) throw new Error('bug: nobody wrote this record')
  const last = record.secrets.length - 1
  return {
    version: 1,
    circleId: record.circleId,
    box: record.boxId,
    relay: 'http://127.0.0.1:9',
    relayPk: null,
    side: who === 0 ? 'person' : 'practitioner',
    member: writer.memberId,
    device: writer.deviceId,
    deviceSecret: writer.device.signing.secretKey,
    kemSecret: writer.device.kem.secretKey,
    secrets: record.secrets.map((secret, epoch) => ({ epoch, secret })),
    capIndex: last,
    capSecret: record.secrets[last] ?? new Uint8Array(32),
    ownerCounter: 0,
    isCopied: false,
    wayBack: false,
    over: null,
  }
}

/** A circle's world on a store under a lock key of its own; nothing in it reaches a network unless it is connected. */
export function worldOn(store: Store, lockKey: Bytes, more: Partial<CircleWorld> = {}): CircleWorld {
  const sealed = sealStore(store, lockKey, systemRandom)
  return {
    store: sealed,
    random: systemRandom,
    clock: { now: () => Date.UTC(2026, 2, 1) },
    net: realNet,
    schedule: () => () => undefined,
    chance: () => 0.5,
    check: async () => null,
    build: null,
    forgetDeep: async (name) => ({ area: 'deep', name, value: null }),
    changed: () => undefined,
    isClosed: () => false,
    full: () => undefined,
    ...more,
  }
}

/** Lays a circle's row and its envelopes down, as they would have come: some at a time. */
export async function layDown(
  store: SealedStore,
  meta: Meta,
  envelopes: readonly Bytes[],
  some = 2_000,
): Promise<void> {
  const name = circleName(meta.circleId)
  const log = must(await openLog(store, logArea(name)))
  must(await store.write([{ area: CIRCLES, name, value: metaRow.write(meta) }]))
  for (let at = 0; at < envelopes.length; at += some) {
    const adding = log.adding(envelopes.slice(at, at + some))
    must(await store.write(adding.writes))
    adding.done()
  }
}
