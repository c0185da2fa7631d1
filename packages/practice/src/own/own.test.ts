import { describe, expect, it } from 'vitest'
import { founded, idOf, together } from '../../test/story.ts'
import { privateNotes } from './state.ts'

const keep = (name: string, about: string | null = null) =>
  ({ type: 'PrivateNoteKept', note: idOf(name), text: name, about: about === null ? null : idOf(about) }) as const
const change = (name: string, text: string) => ({ type: 'PrivateNoteChanged', note: idOf(name), text }) as const
const strike = (name: string) => ({ type: 'PrivateNoteStruck', note: idOf(name) }) as const

describe('private notes', () => {
  it('[OWN-1] are never written in a shared circle', () => {
    for (const who of ['Amal', 'Bea']) expect(together().say(who, keep('Ask my sister'))?.rule).toBe('OWN-1')
    expect(founded('own').say('Amal', keep('Ask my sister'))).toBeNull()
  })

  it('[OWN-2] have an id of their own and say something', () => {
    const story = founded('own').says('Amal', keep('Ask my sister'))
    expect(story.say('Amal', keep('Ask my sister'))?.rule).toBe('OWN-2')
    expect(story.say('Amal', keep(' '))?.rule).toBe('OWN-2')
    expect(story.say('Amal', change('Ask my sister', ' '))?.rule).toBe('OWN-2')
  })

  it('[OWN-3] are changed and struck while they stand, and a struck one leaves no words in the state', () => {
    const story = founded('own').says('Amal', keep('a', 'meeting')).says('Amal', keep('b'))
    expect(story.say('Amal', change('nothing', 'x'))?.rule).toBe('OWN-3')
    story.says('Amal', change('a', 'better'))
    expect(privateNotes(story.circle).map((note) => note.text)).toEqual(['b', 'better'])
    expect(privateNotes(story.circle, idOf('meeting')).map((note) => note.text)).toEqual(['better'])
    story.says('Amal', strike('a'))
    expect(story.say('Amal', change('a', 'again'))?.rule).toBe('OWN-3')
    expect(privateNotes(story.circle).map((note) => note.text)).toEqual(['b'])
    expect(story.circle.own.notes[idOf('a')]?.text).toBe('')
  })
})
