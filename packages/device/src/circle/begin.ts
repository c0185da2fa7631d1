/**
 * How a circle comes to this device: founded here, or joined with a welcome. Both make fresh keys' rows in one write and
 * touch no network; a founded circle's first entry waits in the outbox until its box exists.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { must, ok, type Result } from '@alongside/base/result.ts'
import type { Clock, Random } from '@alongside/base/world.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import type { KeyPair } from '@alongside/record/crypto.ts'
import { idBytes, signEntry, toMinutes, ZERO_HASH } from '@alongside/record/entry.ts'
import { sealEnvelope } from '@alongside/record/envelope.ts'
import { epochCommitment, epochKeys } from '@alongside/record/epoch.ts'
import {
  circleIdOf,
  circleName,
  createDeviceKeys,
  createMemberKeys,
  createOwnerKeys,
  deviceId,
  makeKeyPackage,
  memberId,
  type DeviceKeys,
  type MemberKeys,
} from '@alongside/record/keys.ts'
import type { StorageError } from '../api.ts'
import { entryPartsOf, RULES_VERSION } from '../constitution.ts'
import { chainStart } from '@alongside/wire/chain.ts'
import type { SealedWrite } from '../store/sealed.ts'
import type { Vault } from '../vault.ts'
import { openLog } from './log.ts'
import { outboxWrites, emptyOutbox } from './outbox.ts'
import { CIRCLES, deepName, deepRow, logArea, metaRow, type Meta } from './rows.ts'

export interface BeginWorld {
  readonly vault: Vault
  readonly clock: Clock
  readonly random: Random
}

export interface FoundAs {
  readonly kind: 'alongside' | 'own'
  readonly name: string
  readonly language: string
  readonly box: Id
  /** Where the box will be, and the relay's key; null for the own circle. */
  readonly relay: { readonly url: string; readonly pk: Bytes } | null
  /** The box's owner key, when the caller has to remember it until the box exists; else one is made here. */
  readonly owner?: KeyPair
}

export interface Begun {
  readonly meta: Meta
  readonly member: MemberKeys
  /** Null in the own circle. Let go of it as soon as the circle is founded; it lies under the second lock. */
  readonly owner: KeyPair | null
}

/** Founds a circle with its person's keys. `more` is kept in the same write. */
export async function foundCircle(
  as: FoundAs,
  world: BeginWorld,
  more: readonly SealedWrite[] = [],
): Promise<Result<Begun, StorageError>> {
  const { vault, clock, random } = world
  const member = createMemberKeys(random)
  const device = createDeviceKeys(random)
  const owner = as.kind === 'own' ? null : (as.owner ?? createOwnerKeys(random))
  const secret = random.bytes(32)
  const founded: PracticeEvent = {
    type: 'Founded',
    kind: as.kind,
    rules: RULES_VERSION,
    box: as.box,
    commitment: toHex(epochCommitment(0, secret)),
    owner: owner === null ? null : toHex(owner.publicKey),
    name: as.name,
    language: as.language,
    keys: makeKeyPackage(idBytes(as.box), member, device),
  }
  const entry = await signEntry(
    {
      rules: RULES_VERSION,
      circleId: ZERO_HASH,
      deviceId: deviceId(device.signing.publicKey),
      ctr: 1,
      prev: ZERO_HASH,
      seenSeq: 0,
      seenHead: chainStart(as.box).hash,
      t: toMinutes(clock.now()),
      ...entryPartsOf(founded),
    },
    device.signing.secretKey,
  )
  const circleId = circleIdOf(entry.bytes)
  const name = circleName(circleId)
  const envelope = must(sealEnvelope(epochKeys(circleId, 0, secret), entry.bytes, random), 'a founding fits')
  const meta = newMeta({
    circleId,
    box: as.box,
    relay: as.relay?.url ?? null,
    relayPk: as.relay?.pk ?? null,
    side: 'person',
    member,
    device,
    secrets: [{ epoch: 0, secret }],
    capIndex: 0,
    capSecret: secret,
  })
  const writes: SealedWrite[] = [...more, { area: CIRCLES, name, value: metaRow.write(meta) }]
  writes.push(await deepWrite(vault, name, member, owner))
  if (as.relay === null) {
    const opened = await openLog(vault.sealed, logArea(name))
    if (!opened.ok) return opened
    writes.push(...opened.value.adding([envelope]).writes)
  } else writes.push(...outboxWrites(name, emptyOutbox, { ...emptyOutbox, entries: [{ entry, envelope }] }))
  const written = await vault.sealed.write(writes)
  return written.ok ? ok({ meta, member, owner }) : written
}

export interface JoinAs {
  readonly circleId: Bytes
  readonly box: Id
  readonly relay: string
  /** The relay's key when the welcome names it; else it is learnt at the first meeting. */
  readonly relayPk: Bytes | null
  readonly side: 'person' | 'practitioner'
  readonly member: MemberKeys
  readonly device: DeviceKeys
  /** Every epoch secret that was given. */
  readonly secrets: readonly { readonly epoch: number; readonly secret: Bytes }[]
  /** The capability that opens the box, and the epoch secret it comes from. */
  readonly capIndex: number
  readonly capSecret: Bytes
  /** Only for a person who comes back. */
  readonly owner: KeyPair | null
}

/** Lays a circle down that this device was welcomed to; its record loads when it connects. */
export async function joinCircle(
  as: JoinAs,
  world: BeginWorld,
  more: readonly SealedWrite[] = [],
): Promise<Result<Meta, StorageError>> {
  const meta = newMeta(as)
  const name = circleName(as.circleId)
  const written = await world.vault.sealed.write([
    ...more,
    { area: CIRCLES, name, value: metaRow.write(meta) },
    await deepWrite(world.vault, name, as.member, as.owner),
  ])
  return written.ok ? ok(meta) : written
}

const deepWrite = (vault: Vault, circle: Id, member: MemberKeys, owner: KeyPair | null): Promise<SealedWrite> =>
  vault.deepWrite(
    deepName(circle),
    deepRow.write({
      memberSecret: member.identity.secretKey,
      recoverySecret: member.recovery.secretKey,
      ownerSecret: owner?.secretKey ?? null,
    }),
  )

const newMeta = (as: Omit<JoinAs, 'relay' | 'owner'> & { readonly relay: string | null }): Meta => ({
  version: 1,
  circleId: as.circleId,
  box: as.box,
  relay: as.relay,
  relayPk: as.relayPk,
  side: as.side,
  member: memberId(as.circleId, as.member.identity.publicKey),
  device: deviceId(as.device.signing.publicKey),
  deviceSecret: as.device.signing.secretKey,
  kemSecret: as.device.kem.secretKey,
  secrets: as.secrets,
  capIndex: as.capIndex,
  capSecret: as.capSecret,
  ownerCounter: 0,
  isCopied: false,
  wayBack: false,
  over: null,
})
