/** A page to write on, as the note screen has it: one Yjs text for each block, under the client id the device gave out. */
import type { Id } from '@alongside/base/codec.ts'
import type { Bytes } from '@alongside/base/bytes.ts'
import type { DraftBlock, NoteEvent } from '@alongside/device/api.ts'
import { FIELD } from '@alongside/device/live/check-update.ts'
import * as Y from 'yjs'
import { get, type Seat } from './seat.ts'

export class Desk {
  readonly seat: Seat
  readonly encounter: Id
  private session: Id = ''
  private clientId = 0
  private readonly pages = new Map<Id, Y.Doc>()
  others = 0

  constructor(seat: Seat, encounter: Id) {
    this.seat = seat
    this.encounter = encounter
  }

  async sit(): Promise<this> {
    const joined = get(await this.seat.api.joinNote(this.seat.circle.id, this.encounter, (event) => this.hear(event)))
    this.session = joined.session
    this.clientId = joined.clientId
    for (const block of joined.blocks) this.lay(block)
    return this
  }

  private lay(block: DraftBlock): void {
    if (this.pages.has(block.block)) return
    const page = new Y.Doc()
    page.clientID = this.clientId
    Y.applyUpdate(page, block.state, 'device')
    page.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'device') void this.seat.api.writeBlock(this.session, block.block, update as Bytes)
    })
    this.pages.set(block.block, page)
  }

  private hear(event: NoteEvent): void {
    if (event.type === 'blocks') for (const block of event.blocks) this.lay(block)
    if (event.type === 'update') {
      const page = this.pages.get(event.block)
      if (page !== undefined) Y.applyUpdate(page, event.update, 'device')
    }
    if (event.type === 'here') this.others = event.others.length
  }

  async newBlock(kind: DraftBlock['kind']): Promise<Id> {
    const { block } = get(await this.seat.api.addBlock(this.session, kind))
    await this.seat.until(() => this.pages.has(block))
    return block
  }

  has(block: Id): boolean {
    return this.pages.has(block)
  }

  private page(block: Id): Y.Text {
    const page = this.pages.get(block)
    if (page === undefined) throw new Error(`${this.seat.name} has no such block`)
    return page.getText(FIELD)
  }

  read(block: Id): string {
    return this.page(block).toJSON()
  }

  write(block: Id, at: number, words: string): void {
    this.page(block).insert(at, words)
  }

  takeOut(block: Id, words: string): void {
    const text = this.page(block)
    const at = text.toJSON().indexOf(words)
    if (at >= 0) text.delete(at, words.length)
  }

  async offer(block: Id): Promise<void> {
    get(await this.seat.api.offerBlock(this.session, block, null))
  }

  rise(): Promise<void> {
    return this.seat.api.leaveNote(this.session)
  }
}
