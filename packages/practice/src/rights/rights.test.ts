import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { founded, rekey, together } from '../../test/story.ts'
import { copiesThatStay } from '../leaving/state.ts'
import { allSubjects } from '../registry.ts'
import { RIGHTS, rightsOf, type Right } from './table.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every id that a SPEC.md of this package makes a sentence of. */
function sentences(): ReadonlySet<string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('SPEC.md') && !path.includes('node_modules'),
  )
  const ids = files.flatMap((path) =>
    [...readFileSync(`${root}/${path}`, 'utf8').matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map((match) => match[1] ?? ''),
  )
  return new Set(ids)
}

const acts = (kind: Right['kind']) => rightsOf(kind).map((right) => right.act)
const notOpen = RIGHTS.filter((right) => right.standing.type === 'notOpenYet')

describe('who may do what', () => {
  it('every row of the table is there once', () => {
    expect(acts('alongside')).toEqual([
      'foundCircle',
      'addMember',
      'addSupporterOrInterpreter',
      'removeMember',
      'freezeMember',
      'removePerson',
      'leave',
      'agreementLine',
      'rightsFloor',
      'note',
      'ownWords',
      'showOrTakeOut',
      'jointText',
      'forcedDisclosure',
      'repair',
      'strike',
      'erase',
      'pauseOrEnd',
      'patternsOrStudy',
    ])
    expect(acts('own')).toEqual([
      'foundCircle',
      'addMember',
      'privateNote',
      'agreementLine',
      'showOrTakeOut',
      'pauseOrEnd',
      'learning',
    ])
    expect(new Set(RIGHTS.map((right) => right.id)).size).toBe(RIGHTS.length)
  })

  it('[RIG-1] every sentence that a row names stands in a SPEC.md, and every event it names exists', () => {
    const known = sentences()
    expect(known.size).toBeGreaterThan(50)
    const events = new Set(allSubjects.flatMap((subject) => subject.events.map((def) => def.name)))
    for (const right of RIGHTS) {
      if (right.standing.type === 'notOpenYet') continue
      expect(right.standing.rules.length, right.id).toBeGreaterThan(0)
      for (const id of right.standing.rules) expect(known.has(id), `${right.id} names ${id}`).toBe(true)
      for (const event of right.by) expect(events.has(event), `${right.id} names ${event}`).toBe(true)
    }
  })

  it('[RIG-2] showing and taking out needs no entry, and is there when paused, ending or alone', () => {
    for (const right of RIGHTS.filter((one) => one.act === 'showOrTakeOut')) expect(right.by).toEqual([])
    const alone = together().says('Bea', { type: 'MemberLeft' }).says('Amal', rekey('leave', 1))
    const stories = [alone, together().says('Amal', { type: 'Paused' }), founded('own')]
    for (const { circle } of stories)
      expect(copiesThatStay(circle)[0]).toMatchObject({ why: 'person', keeps: 'all', until: null })
    const ending = together().says('Amal', { type: 'EndAsked', now: true })
    expect(copiesThatStay(ending.circle)[0]).toMatchObject({ why: 'person', keeps: 'all', until: null })
  })

  it('[RIG-3] what is not open yet has no event', () => {
    expect(notOpen.map((right) => right.id)).toEqual([
      'alongside.addSupporterOrInterpreter',
      'alongside.freezeMember',
      'alongside.jointText',
      'alongside.forcedDisclosure',
      'alongside.repair',
      'alongside.erase',
      'alongside.patternsOrStudy',
      'own.learning',
    ])
    expect(notOpen.every((right) => right.by.length === 0)).toBe(true)
  })
})
