/**
 * The device as screens know it: locked or open, one view made of everything, and the acts of `api.ts` that concern this
 * device and its circles. Coming in, check-ins, notes and taking out are other modules; they work on the `Core` handed
 * out here while the device is open.
 *
 * Refusals and failures are values. A view is shown once for many changes.
 */
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import type { ActError, DeviceApi, DeviceView, OpenView, PassphraseError, StorageError } from './api.ts'
import type { CircleOnDevice } from './circle/circle.ts'
import { viewOf, type CircleExtras } from './circle/view.ts'
import { beginCore, openCore, type Core, type World } from './core.ts'
import { firstProfile, type Profile } from './profile.ts'
import { inTurns } from './turns.ts'
import { keepTyped, openTyped, readTyped, sealTyped } from './typed.ts'
import { checkPassphrase, createVault, openVault, vaultAt } from './vault.ts'

/** What this module answers for. */
export type CoreApi = Pick<
  DeviceApi,
  | 'watch'
  | 'create'
  | 'unlock'
  | 'lock'
  | 'changeSettings'
  | 'typed'
  | 'keepTyped'
  | 'sealTyped'
  | 'openTyped'
  | 'wipe'
  | 'act'
  | 'remove'
  | 'renewKeys'
  | 'leave'
  | 'end'
  | 'takeBackEnd'
>

/** What other modules put into the view. */
export interface ViewParts {
  circle(core: Core, circle: CircleOnDevice): CircleExtras
  practitioner(core: Core): Pick<OpenView, 'page' | 'places'>
}

/** Parts of the device that live as long as it is open. */
export interface Hooks extends ViewParts {
  /** Called when the device opens, before the first view; gives what to do when it locks. */
  opened(core: Core): Promise<() => void>
}

export interface Device extends CoreApi {
  /** The open device, or null while it is locked or empty. */
  core(): Core | null
  /** Sets this device up for somebody and opens it. */
  begin(as: {
    readonly name: string
    readonly language: string
    readonly passphrase: string
    readonly side: Profile['side']
  }): Promise<Result<Core, PassphraseError | StorageError>>
  /** The view as it is now. */
  view(): DeviceView
}

const SHOW_AFTER_MS = 16

/** A device on a store and a network. Nothing happens before `watch`, `create` or `unlock`. */
export function createDevice(world: World, hooks: Hooks, storage: { persisted(): boolean }): Device {
  const watchers = new Set<(view: DeviceView) => void>()
  const inTurn = inTurns()
  let core: Core | null = null
  let closing: (() => void) | null = null
  let resting: DeviceView = { type: 'starting' }
  let isShowing = false

  function view(): DeviceView {
    if (core === null) return resting
    const open = core
    const { name, side, settings } = open.profile()
    const shown = (circle: CircleOnDevice) => viewOf(circle, hooks.circle(open, circle))
    return {
      type: 'open',
      me: { name, language: settings.language, side },
      settings,
      own: shown(open.own),
      circles: [...open.circles.values()].map(shown),
      ...hooks.practitioner(open),
      storage: { persisted: storage.persisted(), full: open.isFull() },
    }
  }

  function show(): void {
    if (watchers.size === 0) return
    const shown = view()
    for (const watcher of watchers) watcher(shown)
  }

  function changed(): void {
    if (isShowing) return
    isShowing = true
    world.schedule(SHOW_AFTER_MS, () => {
      isShowing = false
      show()
    })
  }

  /** What can be said without the passphrase. */
  async function look(): Promise<void> {
    const at = await vaultAt(world.store)
    if (!at.ok) resting = { type: 'noStorage', why: 'refused' }
    else resting = at.value === null ? { type: 'empty' } : { type: 'locked', language: at.value.language }
  }

  async function openWith(vault: Parameters<typeof openCore>[0]): Promise<Result<Core | null, StorageError>> {
    const opened = await openCore(vault, world, changed)
    if (!opened.ok || opened.value === null) return opened
    core = opened.value
    closing = await hooks.opened(opened.value)
    opened.value.connect()
    show()
    return opened
  }

  async function shut(): Promise<void> {
    const open = core
    core = null // from here on every act answers `Locked`
    closing?.()
    closing = null
    await open?.close()
  }

  const begin: Device['begin'] = (as) =>
    inTurn(async () => {
      if (core !== null) return ok(core)
      const fine = checkPassphrase(as.passphrase)
      if (!fine.ok) return fine
      const there = await vaultAt(world.store)
      if (!there.ok) return there
      if (there.value !== null) return err({ type: 'Locked' })
      // what an interrupted beginning left behind opens for nobody
      const cleared = await world.store.clear()
      if (!cleared.ok) return cleared
      const made = await createVault(world.store, as, world)
      if (!made.ok) return made
      const { vault, finish } = made.value
      const begun = await beginCore(vault, firstProfile(as.name, as.language, as.side), world)
      if (!begun.ok) return begun
      const finished = await finish()
      if (!finished.ok) return finished
      const opened = await openWith(vault)
      if (!opened.ok) return opened
      return opened.value === null ? err({ type: 'StorageRefused' }) : ok(opened.value)
    })

  /** Does something in a circle that others share. */
  async function within<E>(
    id: Id,
    work: (circle: CircleOnDevice, core: Core) => Promise<Result<null, ActError | E>>,
  ): Promise<Result<null, ActError | E>> {
    if (core === null) return err({ type: 'Locked' })
    const circle = core.own.id === id ? core.own : core.circles.get(id)
    return circle === undefined ? err({ type: 'NoSuchCircle' }) : work(circle, core)
  }

  /** As `within`, with the owner key that the passphrase opens. */
  const asOwner = (
    id: Id,
    passphrase: string,
    work: (circle: CircleOnDevice, ownerSecret: Uint8Array<ArrayBuffer>) => Promise<Result<unknown, ActError>>,
  ): Promise<Result<null, ActError | PassphraseError>> =>
    within<PassphraseError>(id, async (circle, open) => {
      const keys = await open.deepKeys(circle.id, passphrase)
      if (!keys.ok) return keys
      if (keys.value.ownerSecret === null) return err({ type: 'RuleRefused', rule: 'KEY-2', event: 'Rekeyed' })
      const done = await work(circle, keys.value.ownerSecret)
      return done.ok ? ok(null) : done
    })

  const act = (circle: Id, events: readonly PracticeEvent[]) => within<never>(circle, (one) => one.act(events))

  return {
    core: () => core,
    view,
    begin,
    watch: async (shown) => {
      watchers.add(shown)
      if (resting.type === 'starting' && core === null) await look()
      shown(view())
    },
    create: async (as) => {
      const begun = await begin({ ...as, side: 'practitioner' })
      return begun.ok ? ok(null) : begun
    },
    unlock: (passphrase) =>
      inTurn(async () => {
        if (core !== null) return ok(null)
        const vault = await openVault(world.store, passphrase, world)
        if (!vault.ok) return vault
        const opened = await openWith(vault.value)
        if (!opened.ok) return opened
        if (opened.value === null) return err({ type: 'StorageRefused' })
        return ok(null)
      }),
    lock: () =>
      inTurn(async () => {
        await shut()
        await look()
        show()
      }),
    changeSettings: async (change) => {
      if (core === null) return err({ type: 'Locked' })
      const profile = core.profile()
      return core.saveProfile({ ...profile, settings: { ...profile.settings, ...change } })
    },
    typed: async () => (core === null ? err({ type: 'Locked' }) : readTyped(core.store)),
    keepTyped: async (change) => (core === null ? err({ type: 'Locked' }) : keepTyped(core.store, change)),
    sealTyped: async (texts) => (core === null ? err({ type: 'Locked' }) : ok(sealTyped(core.store, texts))),
    openTyped: async (sealed) => (core === null ? err({ type: 'Locked' }) : ok(openTyped(core.store, sealed))),
    wipe: () =>
      inTurn(async () => {
        await shut()
        await world.store.clear()
        await look()
        show()
      }),
    act,
    leave: (circle) => act(circle, [{ type: 'MemberLeft' }]),
    remove: (circle, member, passphrase) =>
      asOwner(circle, passphrase, (one, ownerSecret) =>
        one.rekey({ reason: 'remove', events: [{ type: 'MemberRemoved', member }], ownerSecret }),
      ),
    renewKeys: (circle, passphrase) =>
      asOwner(circle, passphrase, (one, ownerSecret) => {
        const reason = one.state().people.rekeyOwedSince === null ? 'rotate' : 'leave'
        return one.rekey({ reason, events: [], ownerSecret })
      }),
    end: (circle, { now, passphrase }) =>
      asOwner(circle, passphrase, (one, ownerSecret) =>
        one.ownerAct({ type: 'EndAsked', now }, { op: 'end', now }, ownerSecret),
      ),
    takeBackEnd: (circle, passphrase) =>
      asOwner(circle, passphrase, (one, ownerSecret) =>
        one.ownerAct({ type: 'EndTakenBack' }, { op: 'takeBackEnd' }, ownerSecret),
      ),
  }
}
