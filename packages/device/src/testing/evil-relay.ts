/**
 * A relay that can do to its callers whatever holding the wire, the disk and its own key allows. Its honest core is the
 * real relay with the real store. It lies in two ways: it shows some callers another record (a branch: another real
 * relay with the same key), or it plays tricks on single frames of a line. Each act is one line in a test.
 *
 * It has no key of any member. What it shows is always bytes that it was given, or bytes that it broke.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { equalBytes, u32, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { createRelayKey } from '@alongside/relay/keys.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { receiptBytes } from '@alongside/wire/auth.ts'
import type { Head } from '@alongside/wire/chain.ts'
import type { RelayFrame } from '@alongside/wire/messages.ts'
import { startBranch, tellAsItIs, type Branch, type ToldBox } from './evil-relay-branch.ts'
import { startFront, type Trick } from './evil-relay-front.ts'
import { flipped, garbles, holdsBack, keepsNothing, loses, misstates } from './evil-relay-tricks.ts'
import type { TestNet } from './world.ts'

type Names = readonly string[]
/** Makes another record of one; what it is given it may change and give back. */
export type Retelling = (entries: Bytes[]) => readonly Bytes[]

export interface EvilRelay {
  /** The one address that all devices know. */
  readonly url: string
  readonly relayPk: Bytes
  /** The relay behind it, as it would be if it were honest. */
  readonly honest: TestRelay
  /** From now on a device with this network has this name here. */
  know(name: string, net: TestNet): void
  /** The envelopes of a box: as kept, or as somebody is shown them. */
  record(box: Id, name?: string): Promise<readonly Bytes[]>

  // ————— another record, told from end to end —————
  /** Shows these callers together another record, made of what the first of them sees now. */
  show(box: Id, names: Names, retelling: Retelling): Promise<void>
  /** Leaves out the entry at a position. */
  drop(box: Id, seq: number, names: Names): Promise<void>
  /** Exchanges the entries at a position and right after it. */
  swap(box: Id, seq: number, names: Names): Promise<void>
  /** Gives the entry at a position once more, at the end. */
  replay(box: Id, seq: number, names: Names): Promise<void>
  /** Puts foreign bytes at the end. */
  slipIn(box: Id, envelopes: readonly Bytes[], names: Names): Promise<void>
  /** Leaves out the last entries. */
  truncate(box: Id, count: number, names: Names): Promise<void>
  /** Flips a bit of one byte of the entry at a position. */
  flip(box: Id, at: { readonly seq: number; readonly byte: number }, names: Names): Promise<void>
  /** Writes another epoch into the header of the entry at a position. */
  alterEpoch(box: Id, at: { readonly seq: number; readonly epoch: number }, names: Names): Promise<void>
  /** From here on each group has a record of its own. */
  fork(box: Id, ...groups: readonly Names[]): Promise<void>
  /** Shows the whole record to callers with an old capability, as if it were the newest. */
  reopenTo(box: Id, capIndex: number, names: Names): Promise<void>
  /** Adds to each record that is shown what only the others have; the chains stay apart. */
  merge(): void

  // ————— tricks on lines —————
  /** Plays a trick on these callers; gives what ends it. */
  play(names: Names, trick: Trick): () => void
  /** Loses frames of one type on the way to the device. */
  lose(names: Names, type: RelayFrame['type']): () => void
  /** Keeps everything from these devices until released; then it comes, in order, on lines that still stand. */
  hold(names: Names): () => void
  /** Says that appends were kept, with or without a signature that holds, and forgets them. */
  keepNothing(names: Names, box: Id, receipt: 'signed' | 'forged'): () => void
  /** Names another head, duly signed, wherever a head is named. */
  misstateHead(names: Names, box: Id, lie: (head: Head) => Head): () => void
  /** Flips a bit in the body of frames of one type, as if on the way. */
  garble(names: Names, type: RelayFrame['type'], byteIn: (length: number) => number): () => void

  /** Whatever the relay's key can sign: that a box stands so. */
  receipt(box: Id, head: Head): Bytes
  /** Ends the lines of these callers, or of all. */
  hangUp(names?: Names): void
  /** Tells nothing but the truth from here on. */
  repent(): void
  remove(): Promise<void>
}

/** Starts one, honest until it is told otherwise. */
export async function startEvilRelay(): Promise<EvilRelay> {
  const honest = await startTestRelay()
  const key = createRelayKey(readFileSync(join(honest.folder, 'relay.key')))
  const shown = new Map<string, Branch>()
  const branches: Branch[] = []
  let tricks: { readonly names: Names; readonly trick: Trick }[] = []

  const front = await startFront({
    relayFor: (name) => (name === null ? undefined : shown.get(name))?.url ?? honest.url,
    tricksOn: (name) => tricks.filter(({ names }) => name !== null && names.includes(name)).map(({ trick }) => trick),
  })
  const receipt = (box: Id, head: Head) => key.sign(receiptBytes(box, head))

  async function toldTo(box: Id, name: string | undefined): Promise<ToldBox> {
    const told = name === undefined ? undefined : shown.get(name)?.box
    if (told?.boxId !== box) return tellAsItIs(honest.store.boxes, box)
    return { ...told, capabilities: told.capabilities.map((one) => ({ ...one })), envelopes: [...told.envelopes] }
  }

  const show = async (box: Id, names: Names, retelling: Retelling): Promise<void> =>
    tell(names, await toldTo(box, names[0]), retelling)

  async function tell(names: Names, told: ToldBox, retelling: Retelling): Promise<void> {
    const branch = await startBranch(honest, { ...told, envelopes: [...retelling(told.envelopes)] })
    branches.push(branch)
    for (const name of names) shown.set(name, branch)
    front.hangUp(names)
  }

  function play(names: Names, trick: Trick): () => void {
    const one = { names, trick }
    tricks.push(one)
    return () => {
      tricks = tricks.filter((other) => other !== one)
    }
  }

  return {
    url: front.url,
    relayPk: honest.relayPk,
    honest,
    know(name, net) {
      net.movedTo = `${front.url}/${name}`
      net.cut()
    },
    record: async (box, name) => (await toldTo(box, name)).envelopes,
    show,
    drop: (box, seq, names) => show(box, names, (all) => all.filter((_, i) => i !== seq - 1)),
    swap: (box, seq, names) =>
      show(box, names, (all) => [
        ...all.slice(0, seq - 1),
        ...all.slice(seq - 1, seq + 1).reverse(),
        ...all.slice(seq + 1),
      ]),
    replay: (box, seq, names) => show(box, names, (all) => [...all, ...all.slice(seq - 1, seq)]),
    slipIn: (box, envelopes, names) => show(box, names, (all) => [...all, ...envelopes]),
    truncate: (box, count, names) => show(box, names, (all) => all.slice(0, all.length - count)),
    flip: (box, { seq, byte }, names) =>
      show(box, names, (all) => all.map((one, i) => (i === seq - 1 ? flipped(one, byte) : one))),
    alterEpoch: (box, { seq, epoch }, names) =>
      show(box, names, (all) =>
        all.map((one, i) =>
          i === seq - 1 ? Uint8Array.from([...one.slice(0, 2), ...u32(epoch), ...one.slice(6)]) : one,
        ),
      ),
    async fork(box, ...groups) {
      for (const names of groups) await show(box, names, (all) => all)
    },
    async reopenTo(box, capIndex, names) {
      const told = await toldTo(box, names[0])
      const capabilities = told.capabilities.filter(({ index }) => index <= capIndex)
      const newest = capabilities.at(-1)
      if (newest !== undefined) newest.readableTo = null
      await tell(names, { ...told, capabilities }, (all) => all)
    },
    merge() {
      const told = [...new Set(shown.values())].map(({ box }) => box)
      const before = told.map(({ envelopes }) => [...envelopes])
      for (const [i, { envelopes }] of told.entries())
        for (const [j, others] of before.entries())
          if (i !== j) envelopes.push(...others.filter((one) => !envelopes.some((mine) => equalBytes(mine, one))))
      front.hangUp([...shown.keys()])
    },
    play,
    lose: (names, type) => play(names, loses(type)),
    hold(names) {
      const { trick, release } = holdsBack()
      const end = play(names, trick)
      return () => {
        end()
        release()
      }
    },
    keepNothing: (names, box, how) =>
      play(
        names,
        keepsNothing((head) => (how === 'signed' ? receipt(box, head) : new Uint8Array(64))),
      ),
    misstateHead: (names, box, lie) =>
      play(
        names,
        misstates(lie, (head) => receipt(box, head)),
      ),
    garble: (names, type, byteIn) => play(names, garbles(type, byteIn)),
    receipt,
    hangUp: front.hangUp,
    repent() {
      tricks = []
      shown.clear()
      front.hangUp()
    },
    async remove() {
      await front.close()
      for (const branch of branches) await branch.close()
      await honest.remove()
    },
  }
}
