/**
 * Everything a screen can ask of a device, put together: the device and its circles, coming in from either side,
 * check-ins, notes, taking out and the way back. It adds no rules of its own; it holds what lives as long as the device
 * is open and keeps it going: mailboxes are asked, what is due is sent, what was interrupted is gone on with.
 */
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { ActError, DeviceApi, NoteEvent, OpenView } from './api.ts'
import type { CircleOnDevice } from './circle/circle.ts'
import { noExtras, type CircleExtras } from './circle/view.ts'
import type { Core, World } from './core.ts'
import { createDevice, type Device } from './device.ts'
import { draftArea } from './live/draft-area.ts'
import type { NoteSession } from './live/note-session.ts'
import { checkInArea, openCheckIns, type CheckIns } from './meeting/check-ins.ts'
import { COMING_IN, goOn, readComingIn } from './meeting/coming-in.ts'
import { noPlaces } from './meeting/no-places.ts'
import type { Places } from './meeting/places.ts'
import { isSafetySame, safetyView } from './meeting/safety.ts'
import type { Visits } from './meeting/visit.ts'
import { ARRIVING } from './meeting/arriving.ts'
import { inTurns } from './turns.ts'
import { forgettingTyped } from './typed.ts'

export interface Setting {
  /** The relay that places are opened at; for the web app, the address it was loaded from. */
  readonly origin: string
  /** Whether the browser promised to keep what is stored. */
  persisted(): boolean
}

export interface Alongside extends DeviceApi {
  /** For tests and tools in the same process; screens have no use for it. */
  readonly device: Device
}

const BEAT_MS = 3_000
/** How long the line stays up for what is said last, once the device is to lock. */
const LOCK_PATIENCE_MS = 200

/** What lives while a device is open. */
interface Sitting {
  readonly core: Core
  readonly places: Places | null
  readonly checkIns: Map<Id, { readonly of: CircleOnDevice; readonly checkIns: CheckIns; readonly stop: () => void }>
  readonly notes: Map<Id, { readonly circle: Id; readonly encounter: Id; readonly note: NoteSession }>
}

/** A whole device on a store and a network. */
export function createAlongside(world: World, setting: Setting): Alongside {
  const inTurn = inTurns()
  let sitting: Sitting | null = null
  let cancelBeat: (() => void) | null = null

  const device = createDevice(
    world,
    {
      circle: (core, circle) => extrasOf(core, circle),
      practitioner: practitionerOf,
      opened,
    },
    setting,
  )
  /** What few devices or few moments need is fetched when it is first asked for: a phone that only reads does without. */
  let visiting: Promise<Visits> | null = null
  const visits = (): Promise<Visits> =>
    (visiting ??= import('./meeting/visit.ts').then((module) =>
      module.createVisits(world, device, () => void attend()),
    ))
  const wayBack = () => import('./meeting/way-back.ts')

  function extrasOf(_core: Core, circle: CircleOnDevice): CircleExtras {
    if (circle.relay === null) return noExtras
    const checkIns = sitting?.checkIns.get(circle.id)?.checkIns
    return {
      checkIns: checkIns?.opened() ?? [],
      offers: checkIns?.offers() ?? [],
      safety: safetyView(circle.state(), circle.circleId, circle.me),
    }
  }

  function practitionerOf(core: Core): Pick<OpenView, 'page' | 'places'> {
    const { name, settings } = core.profile()
    return sitting?.places?.view() ?? noPlaces(name, settings.language)
  }

  async function opened(core: Core): Promise<() => void> {
    const places =
      core.profile().side === 'practitioner'
        ? await (await import('./meeting/places.ts')).openPlaces(core, setting.origin)
        : null
    sitting = { core, places: places?.ok === true ? places.value : null, checkIns: new Map(), notes: new Map() }
    for (const circle of core.circles.values()) await follow(sitting, circle)
    beat()
    void attend()
    return () => {
      cancelBeat?.()
      const closing = sitting
      sitting = null
      for (const { stop } of closing?.checkIns.values() ?? []) stop()
      for (const { note } of closing?.notes.values() ?? []) void note.leave()
    }
  }

  const beat = (): void => {
    cancelBeat = world.schedule(BEAT_MS, () => {
      void attend().finally(() => {
        if (sitting !== null) beat()
      })
    })
  }

  /** One round of keeping things going; rounds never overlap. */
  const attend = (): Promise<void> =>
    inTurn(async () => {
      const now = sitting
      if (now === null) return
      const { core } = now
      await comeIn(core)
      const arriving = await core.store.list(ARRIVING)
      if (arriving.ok && arriving.value.length > 0) await (await wayBack()).arrive(core)
      await now.places?.tend()
      for (const circle of core.circles.values()) await follow(now, circle)
    })

  async function comeIn(core: Core): Promise<void> {
    const rows = await readComingIn(core)
    for (const row of rows.ok ? rows.value : []) {
      const gone = await goOn(core, row)
      if (gone.ok || (gone.error.type !== 'PlaceTaken' && gone.error.type !== 'PlaceGone')) continue
      // somebody else was first, or the place is closed: what waited here was never with anybody
      const circle = [...core.circles.values()].find((one) => one.boxId === row.box)
      await core.store.write([{ area: COMING_IN, name: row.box, value: null }])
      if (circle !== undefined) await core.drop(circle.id)
    }
  }

  /** Takes up a circle's check-ins and keeps them settled; lets go of everything when the circle is over here. */
  async function follow(now: Sitting, circle: CircleOnDevice): Promise<void> {
    const { core, checkIns } = now
    if (circle.now().meta.over !== null) return forget(now, circle)
    const known = checkIns.get(circle.id)
    if (known?.of === circle) return
    known?.stop()
    const taken = await openCheckIns(circle, { store: core.store, random: world.random })
    if (!taken.ok) return
    const settle = () => void taken.value.settle().then(() => core.changed())
    const stop = circle.listen({ placed: settle })
    checkIns.set(circle.id, { of: circle, checkIns: taken.value, stop })
    settle()
  }

  async function forget({ core, places, checkIns, notes }: Sitting, circle: CircleOnDevice): Promise<void> {
    for (const [session, one] of notes) if (one.circle === circle.id) notes.delete(session)
    checkIns.get(circle.id)?.stop()
    if (circle.side !== 'person') checkIns.delete(circle.id)
    const areas = circle.side === 'person' ? [draftArea(circle.id)] : [draftArea(circle.id), checkInArea(circle.id)]
    for (const area of areas) {
      const gone = await core.store.emptying(area)
      if (gone.ok && gone.value.length > 0) await core.store.write(gone.value)
    }
    if (circle.side === 'person') return
    const typed = await forgettingTyped(core.store, circle.id)
    if (typed.ok && typed.value.length > 0) await core.store.write(typed.value)
    await places?.letGo(circle.id)
  }

  /** Does something in a circle that others share. */
  async function within<T, E>(
    id: Id,
    work: (circle: CircleOnDevice, now: Sitting) => Promise<Result<T, E | ActError>>,
  ): Promise<Result<T, E | ActError>> {
    if (sitting === null) return err({ type: 'Locked' })
    const circle = sitting.core.circles.get(id)
    return circle === undefined ? err({ type: 'NoSuchCircle' }) : work(circle, sitting)
  }

  const withCheckIns = (id: Id, work: (checkIns: CheckIns) => Promise<Result<null, ActError>>) =>
    within<null, never>(id, async (circle, now) => {
      await follow(now, circle)
      const known = now.checkIns.get(id)?.checkIns
      if (known === undefined) return err({ type: 'Frozen' })
      const done = await work(known)
      await known.settle()
      now.core.changed()
      return done
    })

  const noteOf = (session: Id): NoteSession | null => sitting?.notes.get(session)?.note ?? null

  async function joinNote(circle: CircleOnDevice, now: Sitting, encounter: Id, heard: (event: NoteEvent) => void) {
    if (circle.now().phase !== 'open') return err({ type: 'Frozen' } as const)
    for (const [session, one] of now.notes) {
      if (one.circle !== circle.id || one.encounter !== encounter) continue
      now.notes.delete(session)
      await one.note.leave()
    }
    const language = () => now.core.profile().settings.language
    const { openNoteSession } = await import('./live/note-session.ts')
    const opened = await openNoteSession({ circle, encounter, store: now.core.store, world, language, heard })
    if (!opened.ok) return opened
    const note = opened.value
    now.notes.set(note.id, { circle: circle.id, encounter, note })
    return ok({ session: note.id, clientId: note.clientId, blocks: note.blocks() })
  }

  const gone = err({ type: 'NoSuchBlock' } as const)

  return {
    ...device,
    device,
    readLink: async (link) => (await visits()).readLink(link),
    ask: async (visit, text) => (await visits()).ask(visit, text),
    readReplies: async (link, code) => (await visits()).readReplies(link, code),
    decline: async (visit) => (await visits()).decline(visit),
    sayYes: async (visit, as) => (await visits()).sayYes(visit, as),
    lock: async () => {
      // what is being written is saved first; no relay that keeps its answer back can keep the device open for it
      const cancel = world.schedule(LOCK_PATIENCE_MS, () => {
        for (const circle of sitting?.core.circles.values() ?? []) circle.disconnect()
      })
      await Promise.all([...(sitting?.notes.values() ?? [])].map(({ note }) => note.leave()))
      cancel()
      sitting?.notes.clear()
      await device.lock()
    },
    savePage: async (page) => sitting?.places?.savePage(page) ?? err({ type: 'Locked' }),
    openPlace: async (at) => sitting?.places?.open(at) ?? err({ type: 'Locked' }),
    closePlace: async (place) => sitting?.places?.close(place) ?? err({ type: 'Locked' }),
    reply: async (place, n, text) => sitting?.places?.reply(place, n, text) ?? err({ type: 'Locked' }),
    sealCheckIn: (circle, encounter, answers) => withCheckIns(circle, (one) => one.seal(encounter, answers)),
    showCheckIn: (circle, encounter, what, topics) => withCheckIns(circle, (one) => one.show(encounter, what, topics)),
    compareSafety: async (id, member, scanned) => {
      const circle = sitting?.core.circles.get(id)
      return circle !== undefined && isSafetySame(circle.state(), circle.circleId, circle.me, member, scanned)
    },
    takeOut: async (id, with_) => {
      if (sitting === null) return err({ type: 'Locked' })
      const { core, checkIns } = sitting
      const circle = core.own.id === id ? core.own : core.circles.get(id)
      if (circle === undefined) return err({ type: 'NoSuchCircle' })
      const { takeOut } = await import('./take-out/take-out.ts')
      return takeOut(circle, checkIns.get(id)?.checkIns ?? null, with_, world.clock)
    },
    makeWayBack: (id, passphrase) =>
      within(id, async (circle, now) => (await wayBack()).makeWayBack(now.core, circle, passphrase)),
    comeBack: async (text, as) => (await wayBack()).comeBack(world, device, text, as),
    joinNote: (id, encounter, heard) =>
      within<{ session: Id; clientId: number; blocks: ReturnType<NoteSession['blocks']> }, never>(id, (circle, now) =>
        joinNote(circle, now, encounter, heard),
      ),
    addBlock: async (session, kind) => noteOf(session)?.add(kind) ?? gone,
    dropBlock: async (session, block) => noteOf(session)?.drop(block) ?? gone,
    writeBlock: async (session, block, update) => noteOf(session)?.write(block, update) ?? gone,
    moveCursor: async (session, at) => noteOf(session)?.move(at),
    offerBlock: async (session, block, readBy) => noteOf(session)?.offer(block, readBy) ?? gone,
    leaveNote: async (session) => {
      const note = noteOf(session)
      sitting?.notes.delete(session)
      await note?.leave()
    },
  }
}
