/**
 * An unlocked device: its sealed store, its circles and their lines. Everything that needs keys works on a `Core` and is
 * given it as an argument; locking lets go of it, and with it of every key in memory.
 */
import { toHex } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Clock, Random } from '@alongside/base/world.ts'
import { circleName, deviceId, type DeviceKeys } from '@alongside/record/keys.ts'
import type { PassphraseError, StorageError } from './api.ts'
import { foundCircle, joinCircle, type Begun, type FoundAs, type JoinAs } from './circle/begin.ts'
import { openCircle, type CircleOnDevice } from './circle/circle.ts'
import { forgetPutDown } from './circle/put-down.ts'
import type { CircleWorld } from './circle/held.ts'
import {
  CIRCLES,
  deepName,
  deepRow,
  logArea,
  metaRow,
  outArea,
  signedArea,
  type CircleDeepKeys,
  type Meta,
} from './circle/rows.ts'
import { openCheckers, type BeginChecker } from './checkers.ts'
import type { Net, Schedule } from './net.ts'
import { profileWrite, readProfile, type Profile } from './profile.ts'
import type { Store } from './store/port.ts'
import type { SealedStore, SealedWrite } from './store/sealed.ts'
import type { Argon, Vault } from './vault.ts'

/** What comes from outside the device. */
export interface World {
  readonly store: Store
  readonly net: Net
  readonly clock: Clock
  readonly random: Random
  readonly argon: Argon
  readonly schedule: Schedule
  /** How a thread is begun that reads a long record with this device; without it, the device reads by itself. */
  readonly beginChecker?: BeginChecker
  /** Names the code that runs, and no other; what it judged is then taken up again after unlocking, by this code alone. */
  readonly build?: string
}

export interface Core {
  readonly world: World
  readonly vault: Vault
  /** `vault.sealed`. */
  readonly store: SealedStore
  profile(): Profile
  saveProfile(profile: Profile): Promise<Result<null, StorageError>>
  /** Every circle with others, by id; without the own circle. */
  readonly circles: ReadonlyMap<Id, CircleOnDevice>
  /** The circle of one. */
  readonly own: CircleOnDevice
  /** Founds a circle on this device, without touching a network. `connect` it when its box exists. */
  found(
    as: FoundAs,
    more?: readonly SealedWrite[],
  ): Promise<Result<Begun & { readonly circle: CircleOnDevice }, StorageError>>
  /** Lays down a circle this device was welcomed to. `connect` it to load its record. */
  join(as: JoinAs, more?: readonly SealedWrite[]): Promise<Result<CircleOnDevice, StorageError>>
  /** Goes on in a circle with another device key of the same member, one that the record already knows. */
  moveTo(circle: Id, device: DeviceKeys): Promise<Result<CircleOnDevice, StorageError>>
  /** Takes back a circle that was founded here and that nobody else has heard of. */
  drop(circle: Id): Promise<Result<null, StorageError>>
  /** A circle's member, recovery and owner keys, for as long as the caller holds them. */
  deepKeys(circle: Id, passphrase: string): Promise<Result<CircleDeepKeys, PassphraseError | StorageError>>
  /** Says that a view has changed. Views are made once for many changes. */
  changed(): void
  readonly isFull: () => boolean
  /** Connects every circle. */
  connect(): void
  /** Ends every line and waits for what is being written. The core is not used after this. */
  close(): Promise<void>
}

const newBoxId = (random: Random): Id => toHex(random.bytes(16))

/** Sets up an empty vault: who uses it, and their own circle. Both are there or neither is. */
export async function beginCore(vault: Vault, profile: Profile, world: World): Promise<Result<null, StorageError>> {
  const as: FoundAs = {
    kind: 'own',
    name: profile.name,
    language: profile.settings.language,
    box: newBoxId(world.random),
    relay: null,
  }
  const begun = await foundCircle(as, { vault, clock: world.clock, random: world.random }, [profileWrite(profile)])
  return begun.ok ? ok(null) : begun
}

/** Opens everything on an unlocked vault. Null when the vault was never finished being set up. */
export async function openCore(
  vault: Vault,
  world: World,
  changed: () => void,
): Promise<Result<Core | null, StorageError>> {
  const first = await readProfile(vault.sealed)
  if (!first.ok) return first
  if (first.value === null) return ok(null)
  let profile = first.value
  let isFull = false
  let isClosed = false
  let chance = world.random.bytes(4)
  const checkers = openCheckers(world.beginChecker ?? (() => null), world.schedule)
  const circleWorld: CircleWorld = {
    check: checkers.check,
    build: world.build ?? null,
    store: vault.sealed,
    random: world.random,
    clock: world.clock,
    net: world.net,
    schedule: world.schedule,
    chance: () => {
      chance = world.random.bytes(4)
      return new DataView(chance.buffer).getUint32(0) / 2 ** 32
    },
    forgetDeep: (name) => vault.deepWrite(name, null),
    changed,
    isClosed: () => isClosed,
    full: (full) => {
      if (full === isFull) return
      isFull = full
      changed()
    },
  }
  const circles = new Map<Id, CircleOnDevice>()
  let own: CircleOnDevice | null = null

  async function open(meta: Meta): Promise<Result<CircleOnDevice, StorageError>> {
    const opened = await openCircle(meta, circleWorld)
    if (!opened.ok) return opened
    if (meta.relay === null) own = opened.value
    else circles.set(opened.value.id, opened.value)
    return opened
  }

  const rows = await vault.sealed.list(CIRCLES)
  if (!rows.ok) return rows
  for (const { value } of rows.value) {
    const meta = metaRow.read(value)
    if (!meta.ok) return meta
    const opened = await open(meta.value)
    if (!opened.ok) return opened
  }
  if (own === null) return err({ type: 'StorageRefused' })
  const mine: CircleOnDevice = own
  const begin = { vault, clock: world.clock, random: world.random }

  return ok({
    world,
    vault,
    store: vault.sealed,
    profile: () => profile,
    saveProfile: async (next) => {
      const written = await vault.sealed.write([profileWrite(next)])
      if (!written.ok) return written
      const isOtherLanguage = next.settings.language !== profile.settings.language
      profile = next
      changed()
      return isOtherLanguage ? vault.setLanguage(next.settings.language) : written
    },
    circles,
    own: mine,
    found: async (as, more) => {
      const begun = await foundCircle(as, begin, more)
      if (!begun.ok) return begun
      const circle = await open(begun.value.meta)
      changed()
      return circle.ok ? ok({ ...begun.value, circle: circle.value }) : circle
    },
    join: async (as, more) => {
      const known = circles.get(circleName(as.circleId))
      if (known !== undefined) return ok(known) // the same welcome again, after an interruption
      const meta = await joinCircle(as, begin, more)
      const circle = meta.ok ? await open(meta.value) : meta
      changed()
      return circle
    },
    moveTo: async (circle, device) => {
      const before = circles.get(circle)
      if (before === undefined) return err({ type: 'StorageRefused' })
      before.disconnect()
      await before.settled()
      const meta: Meta = {
        ...before.now().meta,
        device: deviceId(device.signing.publicKey),
        deviceSecret: device.signing.secretKey,
        kemSecret: device.kem.secretKey,
      }
      const written = await vault.sealed.write([{ area: CIRCLES, name: circle, value: metaRow.write(meta) }])
      const moved = written.ok ? await open(meta) : written
      changed()
      return moved
    },
    drop: async (circle) => {
      circles.get(circle)?.disconnect()
      const log = await vault.sealed.emptying(logArea(circle))
      if (!log.ok) return log
      const out = await vault.sealed.emptying(outArea(circle))
      if (!out.ok) return out
      const signed = await vault.sealed.emptying(signedArea(circle))
      if (!signed.ok) return signed
      const row: SealedWrite = { area: CIRCLES, name: circle, value: null }
      const deep = await vault.deepWrite(deepName(circle), null)
      const written = await vault.sealed.write([
        ...log.value,
        ...out.value,
        ...signed.value,
        forgetPutDown(circle),
        row,
        deep,
      ])
      if (written.ok) circles.delete(circle)
      changed()
      return written
    },
    deepKeys: async (circle, passphrase) => {
      const deep = await vault.openDeep(passphrase)
      if (!deep.ok) return deep
      const row = await deep.value.get(deepName(circle))
      if (!row.ok) return row
      return row.value === null ? err({ type: 'StorageRefused' }) : deepRow.read(row.value)
    },
    changed,
    isFull: () => isFull,
    connect: () => {
      for (const circle of circles.values()) circle.connect()
    },
    close: async () => {
      isClosed = true
      const all = [...circles.values(), mine]
      for (const circle of all) circle.disconnect()
      await Promise.all(all.map((circle) => circle.putDown()))
      checkers.end()
    },
  })
}
