/** Private notes, as the sentences OWN-1 to OWN-3 have it. */
import type { By } from '../../src/define.ts'
import { isOwn } from './people.ts'
import { type Named, saysSomething, type Verdict, type World } from './world.ts'

export function privateNoteKept(world: World, event: Named<'PrivateNoteKept'>, by: By): Verdict {
  const { notes } = world.own
  if (!isOwn(world)) return 'OWN-1'
  if (notes[event.note] !== undefined || !saysSomething(event.text)) return 'OWN-2'
  const { note: id, text, about } = event
  notes[id] = { id, text, about, seq: by.seq, at: by.at, changedSeq: null, struck: false }
  return null
}

export function privateNoteChanged(world: World, event: Named<'PrivateNoteChanged'>, by: By): Verdict {
  const note = world.own.notes[event.note]
  if (!isOwn(world)) return 'OWN-1'
  if (note === undefined || note.struck) return 'OWN-3'
  if (!saysSomething(event.text)) return 'OWN-2'
  note.text = event.text
  note.changedSeq = by.seq
  return null
}

export function privateNoteStruck(world: World, event: Named<'PrivateNoteStruck'>): Verdict {
  const note = world.own.notes[event.note]
  if (!isOwn(world)) return 'OWN-1'
  if (note === undefined || note.struck) return 'OWN-3'
  note.struck = true
  note.text = ''
  return null
}
