/** Notes a member keeps for themselves. They are entries of an own circle and never of a shared one. */
import { id, maybe, text } from '@alongside/base/codec.ts'
import { defineEvent } from '../define.ts'

/** `about`: the circle, meeting or anything else with an id that the note is about, known on this device only. */
export const PrivateNoteKept = defineEvent(104, 'PrivateNoteKept', { note: id, text: text(8000), about: maybe(id) })

export const PrivateNoteChanged = defineEvent(105, 'PrivateNoteChanged', { note: id, text: text(8000) })

export const PrivateNoteStruck = defineEvent(106, 'PrivateNoteStruck', { note: id })
