/** A note between two devices without line or store: everything that live writing does to text, there and back. */
import { type Bytes } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { FIELD } from '@alongside/device/live/check-update.ts'
import { encodeMessage, readMessage } from '@alongside/device/live/messages.ts'
import { noteDraft } from '@alongside/device/live/note-draft.ts'
import { newSigningKeys } from '@alongside/record/crypto.ts'
import { epochKeys } from '@alongside/record/epoch.ts'
import { openLiveReceiver, openLiveSender } from '@alongside/record/live.ts'
import * as Y from 'yjs'
import type { Patch } from './traces.ts'

export interface Passed {
  readonly text: string
  readonly bytes: number
}

const id = (number: number): string => number.toString(16).padStart(32, '0')

export function edit(text: Y.Text, [at, deleted, inserted]: Patch): void {
  if (deleted > 0) text.delete(at, deleted)
  if (inserted !== '') text.insert(at, inserted)
}

/** The limit: Yjs alone, one document on each side, with what one tick holds as one transaction. */
export function throughYjs(patches: readonly Patch[], perTick: number): Passed {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  const text = mine.getText(FIELD)
  let bytes = 0
  mine.on('update', (update: Uint8Array) => {
    bytes += update.length
    Y.applyUpdate(theirs, update)
  })
  for (let from = 0; from < patches.length; from += perTick)
    mine.transact(() => {
      for (const patch of patches.slice(from, from + perTick)) edit(text, patch)
    })
  return { text: theirs.getText(FIELD).toJSON(), bytes }
}

/**
 * Ours: from one screen's document to the other's, over both devices' drafts and sealed, signed frames. A screen hands
 * over what was typed in a tick (as in `throughYjs`), or each edit by itself.
 */
export async function throughChannel(
  patches: readonly Patch[],
  perTick: number,
  by: 'tick' | 'edit' = 'tick',
): Promise<Passed> {
  const [encounter, amal, bea] = [id(1), { member: id(2), device: id(3) }, { member: id(4), device: id(5) }]
  const memberOf = (device: string) => [amal, bea].find((one) => one.device === device)?.member ?? null
  const draft = noteDraft({ encounter, ...amal, draw: 7, memberOf, saved: null })
  const far = noteDraft({ encounter, ...bea, draw: 9, memberOf, saved: null })
  const keys = epochKeys(systemRandom.bytes(32), 0, systemRandom.bytes(32))
  const signing = newSigningKeys(systemRandom)
  const sender = openLiveSender(keys, amal.device, signing.secretKey, systemRandom)
  const receiver = openLiveReceiver(keys, (device) => (device === amal.device ? signing.publicKey : null))
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  mine.clientID = draft.clientId
  const block = must(draft.add('shared', systemRandom.bytes(16)))
  const text = mine.getText(FIELD)
  mine.on('update', (update: Uint8Array) => void must(draft.write(block, update as Bytes)))
  let bytes = 0
  async function tick(): Promise<void> {
    for (const message of draft.due())
      for (const frame of must(await sender.frames(encodeMessage(encounter, message)))) {
        bytes += frame.length
        const { device, message: whole } = must(await receiver.take(frame))
        const said = whole === null ? null : readMessage(encounter, whole)
        if (said === null) continue
        for (const { update } of far.hear(device, said).updates) Y.applyUpdate(theirs, update)
      }
  }
  await tick()
  bytes = 0 // the block itself is there before anybody writes in it
  for (let from = 0; from < patches.length; from += perTick) {
    const edits = patches.slice(from, from + perTick)
    if (by === 'edit') for (const patch of edits) mine.transact(() => edit(text, patch))
    else mine.transact(() => edits.forEach((patch) => edit(text, patch)))
    await tick()
  }
  return { text: far.text(block) === theirs.getText(FIELD).toJSON() ? (far.text(block) ?? '') : '', bytes }
}
