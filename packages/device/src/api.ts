/**
 * What a screen can ask of the device, and what it is shown. This file is types only: the screens import it without
 * bringing keys or storage along, and the worker that holds the circles implements it.
 *
 * Everything here can be copied between a page and its worker. Ids are 32 hexadecimal characters. Failures are values.
 */
import type { Id } from '@alongside/base/codec.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Result } from '@alongside/base/result.ts'
import type { CheckInAnswers, Item, TalkOffer } from '@alongside/practice/check-in/answers.ts'
import type { Circle, PracticeEvent, Refusal } from '@alongside/practice/define.ts'
import type { PracticePage } from '@alongside/practice/page/page.ts'
import type { TakeOutTexts } from './take-out/words.ts'

// ————— what is shown —————

export type DeviceView =
  | { readonly type: 'starting' }
  /** The browser gives no place to keep anything (private mode, refused, or too old), or makes no safe keys (`unsafe`). */
  | { readonly type: 'noStorage'; readonly why: 'refused' | 'missing' | 'insecure' | 'unsafe' }
  /** Nothing of ours is on this device. A link can be read; nothing is stored before a yes or a start. */
  | { readonly type: 'empty' }
  | { readonly type: 'locked'; readonly language: string | null }
  | OpenView

export interface OpenView {
  readonly type: 'open'
  readonly me: { readonly name: string; readonly language: string; readonly side: 'person' | 'practitioner' }
  readonly settings: Settings
  /** The circle of one that never leaves this device. */
  readonly own: CircleView
  readonly circles: readonly CircleView[]
  /** The practitioner's page as it stands, published or not. */
  readonly page: PageView
  readonly places: readonly PlaceView[]
  /** Whether the browser promised to keep what is stored, and whether it is nearly full. */
  readonly storage: { readonly persisted: boolean; readonly full: boolean }
}

export interface Settings {
  readonly language: string
  readonly numerals: 'latn' | 'arab' | null
  readonly textSize: 1 | 1.25 | 1.5
  /** Where "leave fast" goes; null is our own neutral page. */
  readonly leaveTo: string | null
  /** Whether Today offers to say how a meeting was; off after “unsafe to answer”. Told to nobody. */
  readonly asksHowItWas: boolean
}

export interface PageView {
  readonly draft: PracticePage
  /** Ids of the fields that keep the page from being published. */
  readonly missing: readonly string[]
  readonly savedAt: number | null
}

export interface PlaceView {
  readonly id: Id
  readonly link: string
  /** `free`: nobody answered. `freeAgain`: someone answered and did not say yes. `yes`: they are coming in. */
  readonly state: 'making' | 'free' | 'freeAgain' | 'yes' | 'closed' | 'ended'
  readonly madeAt: number
  readonly endsAt: number
  readonly questions: readonly {
    readonly n: number
    readonly text: string
    readonly at: number
    readonly reply: string | null
  }[]
  readonly circle: Id | null
}

/** What is true of an entry at position `seq`; see `standingOf`. */
export type Standing = 'savedHere' | 'reachedRelay' | 'othersHave'

export interface SyncView {
  readonly connection: 'offline' | 'connecting' | 'live' | 'ended' | 'refused'
  /** The last position that the relay has acknowledged. */
  readonly head: number
  /** Entries made here that have not reached the relay. */
  readonly waiting: number
  /** For each other member, the last position they are known to have seen, from what they have written since. */
  readonly seen: { readonly [member: Id]: number }
  readonly retryAt: number | null
}

export type Alarm =
  | { readonly type: 'Fork'; readonly seq: number }
  | { readonly type: 'RolledBack'; readonly had: number; readonly has: number }
  | { readonly type: 'Missing'; readonly device: Id }
  | { readonly type: 'Cloned'; readonly device: Id }
  | { readonly type: 'UpdateNeeded'; readonly seq: number }

export interface CircleView {
  /** This circle on this device: first 16 bytes of the circle's id. */
  readonly id: Id
  readonly me: Id
  /** This device, as the record names it. */
  readonly device: Id
  /** The state with what this device has written and not yet sent already in it. */
  readonly state: Circle
  /** The practice page that the person said yes to, if there is one and its signature holds. */
  readonly page: PracticePage | null
  readonly sync: SyncView
  /** Answers this device can open: its own, and those shown to it. */
  readonly checkIns: readonly OpenedCheckIn[]
  readonly offers: readonly TalkOffer[]
  /** For each other member: twenty digits, and the whole code for scanning; null until both nonces are known. */
  readonly safety: { readonly [member: Id]: { readonly digits: string; readonly code: Bytes } | null }
  readonly alarms: readonly Alarm[]
  /** Entries that had no effect, with the rule that says why; for the audit view. */
  readonly setAside: readonly { readonly seq: number; readonly member: Id | null; readonly reason: string }[]
  /** A removal, rekey or end made here that the relay has not confirmed yet. */
  readonly stopping: boolean
  /**
   * `waiting`: the record is not loaded yet, or this member has not said yes. `left`, `removedMe`, `ended`: a device that
   * is not the person's keeps only `kept`; the person's keeps the record to read.
   */
  readonly phase: 'waiting' | 'open' | 'left' | 'removedMe' | 'ending' | 'ended'
  readonly wayBack: 'none' | 'made'
  /** After leaving, removal or an end: what stays on a device that is not the person's. */
  readonly kept: readonly { readonly seq: number; readonly at: number; readonly event: PracticeEvent }[]
}

export interface OpenedCheckIn {
  readonly encounter: Id
  readonly member: Id
  readonly answers: CheckInAnswers
  /** What others can see of it. */
  readonly shown: 'private' | 'topics' | 'answers'
}

// ————— what can go wrong —————

export type StorageError =
  | { readonly type: 'StorageFull' }
  | { readonly type: 'StorageRefused' }
  | { readonly type: 'Locked' }

export type NetworkError =
  | { readonly type: 'Unreachable' }
  | { readonly type: 'RelayBusy'; readonly retryAfterMs: number }
  | { readonly type: 'RelayRefused'; readonly why: string }

export type LinkError =
  /** Cut short, changed, or not one of our links. */
  | { readonly type: 'LinkNotWhole' }
  | { readonly type: 'PlaceGone' }
  | { readonly type: 'PlaceTaken' }
  /** What the relay gave does not open or is not signed by the page's key. */
  | { readonly type: 'PageNotGenuine' }

export type ActError =
  | Refusal
  | StorageError
  | { readonly type: 'WrongShape'; readonly at: string; readonly wanted: string }
  | { readonly type: 'TooLarge' }
  | { readonly type: 'NoSuchCircle' }
  /** This act stands still: the record forked, needs an update, or is over for this device. */
  | { readonly type: 'Frozen' }
  /** This device's key is in use elsewhere (a copy, a restored backup): it reads and signs nothing. */
  | { readonly type: 'DeviceCopied' }
  /** A removal or new epoch made here has not reached the relay; another has to wait for it. */
  | { readonly type: 'RekeyWaiting' }

/** What can stand in the way while a note is written. */
export type NoteError =
  | ActError
  /** The block was offered or taken out meanwhile, or the sitting is over. */
  | { readonly type: 'NoSuchBlock' }
  /** The block's words are another's own. */
  | { readonly type: 'NotYours' }
  | { readonly type: 'TooManyBlocks' }
  /** The update is not plain text written under this sitting's client id. */
  | { readonly type: 'UpdateRefused'; readonly why: 'size' | 'encoding' | 'content' | 'client' | 'gap' }

export type PassphraseError =
  | { readonly type: 'WrongPassphrase' }
  | { readonly type: 'PassphraseTooShort'; readonly least: number }

// ————— what can be asked —————

export interface Visit {
  readonly visit: Id
  readonly page: PracticePage
  readonly taken: boolean
}

export interface Founding {
  readonly name: string
  readonly language: string
  readonly passphrase: string
  /** That the limits were read or heard before anything was written. */
  readonly limits: 'read' | 'heard'
}

export type NoteEvent =
  | { readonly type: 'blocks'; readonly blocks: readonly DraftBlock[] }
  | { readonly type: 'update'; readonly block: Id; readonly update: Bytes }
  | { readonly type: 'here'; readonly others: readonly DraftPresence[] }
  | { readonly type: 'saved'; readonly where: 'here' | 'relay' }

export interface DraftBlock {
  readonly block: Id
  readonly kind: 'shared' | 'ownWords' | 'noticed'
  readonly writer: Id
  readonly order: number
  /** Yjs state of the block without deleted text. */
  readonly state: Bytes
}

export interface DraftPresence {
  readonly member: Id
  readonly block: Id | null
  /** Yjs relative positions of the selection, encoded; null when not in a field. */
  readonly anchor: Bytes | null
  readonly head: Bytes | null
}

/** Texts of forms by key; a key names circle, form and field. */
export interface Typed {
  readonly [key: string]: string
}

export interface DeviceApi {
  watch(shown: (view: DeviceView) => void): Promise<void>

  // this device
  create(as: {
    name: string
    language: string
    passphrase: string
  }): Promise<Result<null, PassphraseError | StorageError>>
  unlock(passphrase: string): Promise<Result<null, PassphraseError | StorageError>>
  lock(): Promise<void>
  changeSettings(change: Partial<Settings>): Promise<Result<null, StorageError>>
  /** What was typed into forms and not said yet, as it was kept here. */
  typed(): Promise<Result<Typed, StorageError>>
  /** Keeps what is being typed, sealed, on this device only; null lets go of it. */
  keepTyped(change: { readonly [key: string]: string | null }): Promise<Result<null, StorageError>>
  /** Texts that there is no room to keep, sealed under the lock key: unreadable until the device is open again. */
  sealTyped(texts: Typed): Promise<Result<Bytes, StorageError>>
  /** What `sealTyped` sealed on this device; nothing when it did not. */
  openTyped(sealed: Bytes): Promise<Result<Typed, StorageError>>
  /** Deletes everything of ours on this device. The relay and others keep what they have. */
  wipe(): Promise<void>

  // the practitioner's page and places
  savePage(page: PracticePage): Promise<Result<null, StorageError | ActError>>
  openPlace(at: {
    code: string | null
  }): Promise<
    Result<
      { place: Id; link: string },
      StorageError | NetworkError | { type: 'PageNotReady'; missing: readonly string[] } | { type: 'CodeNeeded' }
    >
  >
  closePlace(place: Id): Promise<Result<null, StorageError | NetworkError>>
  reply(place: Id, n: number, text: string): Promise<Result<null, StorageError | NetworkError | { type: 'TooLarge' }>>

  // the person's choosing
  readLink(link: string): Promise<Result<Visit, LinkError | NetworkError>>
  /** Gives the code to write down that opens the reply later; the reply also opens in this tab. */
  ask(visit: Id, text: string): Promise<Result<{ code: string }, NetworkError | LinkError | { type: 'TooLarge' }>>
  /** The texts of the replies to a question, in the order they came. */
  readReplies(link: string, code: string): Promise<Result<readonly string[], NetworkError | LinkError>>
  /** Not now, no and someone else are one message; which it was is never told and never kept. */
  decline(visit: Id): Promise<Result<null, NetworkError | LinkError>>
  sayYes(
    visit: Id,
    as: Founding,
  ): Promise<Result<{ circle: Id }, NetworkError | LinkError | PassphraseError | StorageError>>

  // in a circle
  act(circle: Id, events: readonly PracticeEvent[]): Promise<Result<null, ActError>>
  /** Seals this member's answers for an encounter; for the person they stay closed until shown. */
  sealCheckIn(circle: Id, encounter: Id, answers: CheckInAnswers): Promise<Result<null, ActError>>
  /** With `topics`, what there is to talk about; left out, the items marked 2 or lower. */
  showCheckIn(
    circle: Id,
    encounter: Id,
    what: 'answers' | 'topics',
    topics?: readonly Item[],
  ): Promise<Result<null, ActError>>
  /**
   * Remove, begin a new epoch, and close older subscriptions, as one batch signed with the person's owner key. The key
   * lies under the second lock, so the passphrase is entered again; a network is not needed.
   */
  remove(circle: Id, member: Id, passphrase: string): Promise<Result<null, ActError | PassphraseError>>
  /** The new epoch that is owed after somebody left (`state.people.rekeyOwedSince`), or one for good measure. */
  renewKeys(circle: Id, passphrase: string): Promise<Result<null, ActError | PassphraseError>>
  leave(circle: Id): Promise<Result<null, ActError>>
  /** Ends the circle: in seven days, or now. */
  end(
    circle: Id,
    how: { readonly now: boolean; readonly passphrase: string },
  ): Promise<Result<null, ActError | PassphraseError>>
  takeBackEnd(circle: Id, passphrase: string): Promise<Result<null, ActError | PassphraseError>>
  /** Whether a scanned safety code is the one this device holds for a member. */
  compareSafety(circle: Id, member: Id, scanned: Bytes): Promise<boolean>
  takeOut(
    circle: Id,
    with_: { signatures: boolean; language: string; texts: TakeOutTexts },
  ): Promise<Result<{ page: string; json: string }, StorageError | ActError>>

  // a way back
  makeWayBack(
    circle: Id,
    passphrase: string,
  ): Promise<Result<{ text: string }, PassphraseError | StorageError | ActError>>
  comeBack(
    text: string,
    as: { passphrase: string; devicePassphrase: string; language?: string },
  ): Promise<Result<{ circle: Id }, PassphraseError | StorageError | NetworkError | LinkError>>

  // writing a note together
  joinNote(
    circle: Id,
    encounter: Id,
    heard: (event: NoteEvent) => void,
  ): Promise<Result<{ session: Id; clientId: number; blocks: readonly DraftBlock[] }, ActError>>
  addBlock(session: Id, kind: DraftBlock['kind']): Promise<Result<{ block: Id }, NoteError>>
  dropBlock(session: Id, block: Id): Promise<Result<null, NoteError>>
  writeBlock(session: Id, block: Id, update: Bytes): Promise<Result<null, NoteError>>
  moveCursor(session: Id, at: { block: Id | null; anchor: Bytes | null; head: Bytes | null }): Promise<void>
  /** Freezes a block's text with who wrote which part, and offers it to be kept. */
  offerBlock(session: Id, block: Id, readBy: string | null): Promise<Result<null, NoteError>>
  leaveNote(session: Id): Promise<void>
}

/** What is true of the entry at `seq`: saved here, at the relay, or seen by `member` (known from what they wrote since). */
export function standingOf(sync: SyncView, seq: number, member: Id | null): Standing {
  if (seq > sync.head) return 'savedHere'
  return member !== null && (sync.seen[member] ?? 0) >= seq ? 'othersHave' : 'reachedRelay'
}
