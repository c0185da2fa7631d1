/** Notes: blocks offered, kept with their writers' yes, signed or seen differently, corrected, struck. */
import type { Id } from '@alongside/base/codec.ts'
import { defineSubject, type By, type EventOf } from '../define.ts'
import { yesHasEffect } from '../people/state.ts'
import { put } from '../things.ts'
import * as events from './events.ts'
import { roomIn } from '../room.ts'
import * as rules from './rules.ts'
import { blockOf, needsOf, noNotes, waitsOn, type Block, type NoteState, type Word } from './state.ts'

type Bring = {
  BlockOffered: EventOf<typeof events.BlockOffered>
  BlockAgreed: EventOf<typeof events.BlockAgreed>
  BlockTakenBack: EventOf<typeof events.BlockTakenBack>
  BlockSigned: EventOf<typeof events.BlockSigned>
  BlockDiffers: EventOf<typeof events.BlockDiffers>
  BlockStruck: EventOf<typeof events.BlockStruck>
}

declare module '../define.ts' {
  interface Circle {
    readonly note: NoteState
  }
  interface Events extends Bring {}
}

const change = (part: NoteState, id: Id, to: (block: Block) => Partial<Block>): NoteState => {
  const block = part.blocks[id]
  return block === undefined ? part : { blocks: put(part.blocks, id, { ...block, ...to(block) }) }
}

/** NOTE-5 and NOTE-9: keeps a block that waits for nobody, with its writers' yes as their word; moves what it corrects. */
function settle(part: NoteState, id: Id, by: By): NoteState {
  const block = part.blocks[id]
  if (block === undefined || waitsOn(block).length > 0) return part
  const words: Record<Id, Word> = {}
  for (const member of block.needs) words[member] = { word: 'signed', words: '', seq: by.seq, at: by.at }
  const kept = change(part, id, () => ({ status: 'kept', keptSeq: by.seq, words }))
  return block.replaces === null ? kept : change(kept, block.replaces, () => ({ status: 'corrected', correctedBy: id }))
}

const say = (part: NoteState, id: Id, by: By, word: Word['word'], words: string): NoteState =>
  change(part, id, (block) => ({ words: { ...block.words, [by.member]: { word, words, seq: by.seq, at: by.at } } }))

export const note = defineSubject<NoteState>({
  name: 'note',
  initial: noNotes,
  events: Object.values(events).filter((value) => typeof value === 'object' && 'code' in value),
  handlers: {
    BlockOffered: {
      rules: [
        rules.notAlone,
        rules.blockIsNew,
        rules.textSaysSomething,
        rules.meetingIsOurs,
        rules.everyPartHasWriter,
        rules.correctsWhatStands,
        rules.ownWordsAreOwn,
        roomIn((circle) => circle.note.blocks),
      ],
      evolve: (part, event, by, circle) => {
        const old = event.replaces === null ? null : blockOf(circle, event.replaces)
        const block: Block = {
          id: event.block,
          encounter: event.encounter,
          kind: event.kind,
          offeredBy: by.member,
          seq: by.seq,
          at: by.at,
          place: old?.place ?? by.seq,
          text: event.text,
          language: event.language,
          spans: event.spans,
          readBy: event.readBy,
          replaces: event.replaces,
          needs: needsOf(circle, event.spans, event.replaces),
          // PEO-18: what a device offers that does not count, its member still has to say yes to
          yes: yesHasEffect(circle, by) ? [by.member] : [],
          status: 'offered',
          keptSeq: null,
          correctedBy: null,
          struck: null,
          words: {},
        }
        return settle({ blocks: put(part.blocks, block.id, block) }, block.id, by)
      },
    },
    BlockAgreed: {
      rules: [rules.waitsForAuthor, rules.stillCorrects],
      evolve: (part, event, by) =>
        settle(
          change(part, event.block, (block) => ({ yes: [...block.yes, by.member] })),
          event.block,
          by,
        ),
    },
    BlockTakenBack: {
      rules: [rules.mayTakeBack],
      evolve: (part, event) =>
        change(part, event.block, () => ({
          status: 'takenBack',
          text: '',
          spans: [],
          readBy: null,
          needs: [],
          yes: [],
        })),
    },
    BlockSigned: {
      rules: [rules.hasWordToSay],
      evolve: (part, event, by) => say(part, event.block, by, 'signed', ''),
    },
    BlockDiffers: {
      rules: [rules.hasWordToSay, rules.wordsSaySomething],
      evolve: (part, event, by) => say(part, event.block, by, 'differs', event.words),
    },
    BlockStruck: {
      rules: [rules.mayStrike],
      evolve: (part, event, by) => change(part, event.block, () => ({ struck: { by: by.member, seq: by.seq } })),
    },
  },
})
