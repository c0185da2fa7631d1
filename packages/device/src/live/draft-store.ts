/**
 * Where a note in the making lies between sittings: whole and sealed on this device, and at the relay as one overwritable
 * sealed object in which each device has its own signed part. Nobody overwrites another's part; whoever was overtaken
 * merges and tries again. Neither place holds deleted text. Source: decisions “Drafts and the live channel”.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, bytesUpTo, id, list, oneOf, record, uint, type Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { signSync, verifySync } from '@alongside/record/crypto.ts'
import { draftId, openDraft, sealDraft } from '@alongside/record/draft.ts'
import type { EpochKeys } from '@alongside/record/epoch.ts'
import type { StorageError } from '../api.ts'
import type { SealedStore, SealedWrite } from '../store/sealed.ts'
import type { Link } from '../sync/link.ts'
import { MAX_DRAW } from './client-ids.ts'
import { draftArea } from './draft-area.ts'
import { encodeDraft, encodePart, partBytes, readDraft, readPart, type Part, type SignedPart } from './messages.ts'
import type { SavedDraft } from './note-draft.ts'

const savedCodec = record({
  draws: list(record({ device: id, draws: list(uint(MAX_DRAW), 256) }), 64),
  metas: list(
    record({ salt: bytes(16), kind: oneOf(['shared', 'ownWords', 'noticed']), writer: id, order: uint(0xffff_ffff) }),
    64,
  ),
  droppedByMe: list(id, 256),
  states: list(record({ block: id, state: bytesUpTo(2_000_000) }), 64),
})

/** The write that keeps a draft on this device; a draft without blocks leaves nothing. */
export function savedWrite(circle: Id, encounter: Id, draft: SavedDraft): SealedWrite {
  const value = draft.metas.length === 0 ? null : encodeCbor(savedCodec.encode(draft))
  return { area: draftArea(circle), name: encounter, value }
}

export async function readSaved(
  store: SealedStore,
  circle: Id,
  encounter: Id,
): Promise<Result<SavedDraft | null, StorageError>> {
  const kept = await store.get(draftArea(circle), encounter)
  if (!kept.ok || kept.value === null) return kept.ok ? ok(null) : kept
  const plain = decodeCbor(kept.value)
  const saved = plain.ok ? savedCodec.decode(plain.value) : plain
  return saved.ok ? ok(saved.value) : err({ type: 'StorageRefused' })
}

/** What the relay's copy needs to know of this device and the others. */
export interface DraftSeatKeys {
  readonly encounter: Id
  readonly device: Id
  readonly deviceSecret: Bytes
  readonly publicKeyOf: (device: Id) => Bytes | null
  readonly random: Random
}

export interface RelayDraft {
  /** Reads what the others laid down; false when the relay could not be asked. */
  fetch(keys: EpochKeys, link: Link, took: (device: Id, part: Part) => void): Promise<boolean>
  /** Puts this device's part among the others'; what it had not seen of theirs comes back through `took`. */
  put(keys: EpochKeys, link: Link, part: Part, took: (device: Id, part: Part) => void): Promise<boolean>
  /** Takes the whole draft away when nothing of it is left to write. */
  remove(keys: EpochKeys, link: Link): Promise<void>
}

const MOST_TRIES = 5

/** The shared draft of one note at the relay. */
export function relayDraft(seat: DraftSeatKeys): RelayDraft {
  const { encounter, device } = seat
  let version = 0
  let others: readonly SignedPart[] = []

  function isGenuine(keys: EpochKeys, one: SignedPart): boolean {
    const publicKey = seat.publicKeyOf(one.device)
    return (
      publicKey !== null &&
      verifySync(publicKey, partBytes(keys.circleId, encounter, one.device, one.part), one.signature)
    )
  }

  function take(keys: EpochKeys, sealed: Bytes | null, took: (device: Id, part: Part) => void): void {
    const opened = sealed === null ? null : openDraft(keys, encounter, sealed)
    const parts = opened?.ok === true ? (readDraft(opened.value) ?? []) : []
    others = parts.filter((one) => one.device !== device && isGenuine(keys, one))
    for (const one of others) {
      const part = readPart(one.part)
      if (part !== null) took(one.device, part)
    }
  }

  function sealedWith(keys: EpochKeys, part: Part): Bytes | null {
    const mine = encodePart(part)
    const signature = signSync(seat.deviceSecret, partBytes(keys.circleId, encounter, device, mine))
    const draft = encodeDraft([...others, { device, part: mine, signature }])
    const sealed = sealDraft(keys, encounter, draft, seat.random)
    return sealed.ok ? sealed.value : null
  }

  return {
    async fetch(keys, link, took) {
      const answer = await link.ask('draftGet', { draftId: draftId(keys, encounter) })
      if (!answer.ok || answer.value.type !== 'draftIs') return false
      version = answer.value.body.version
      take(keys, answer.value.body.bytes, took)
      return true
    },
    async put(keys, link, part, took) {
      for (let i = 0; i < MOST_TRIES; i++) {
        const bytes = sealedWith(keys, part)
        if (bytes === null) return false // longer than a draft can be: each device still has its own
        const answer = await link.ask('draftPut', {
          draftId: draftId(keys, encounter),
          expectedVersion: version,
          bytes,
        })
        if (!answer.ok) return false
        version = answer.value.body.version
        if (answer.value.type === 'draftStored') return true
        if (answer.value.type === 'draftConflict') take(keys, answer.value.body.bytes, took)
      }
      return false
    },
    async remove(keys, link) {
      for (let i = 0; i < MOST_TRIES; i++) {
        const answer = await link.ask('draftDelete', { draftId: draftId(keys, encounter), expectedVersion: version })
        if (!answer.ok) return
        version = answer.value.body.version
        if (answer.value.type !== 'draftConflict') return
      }
    },
  }
}
