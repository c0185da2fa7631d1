/** How the circles of the rights matrix begin: just founded, with somebody on the way, together, after a meeting, parted. */
import { founded, idOf, invited, keysOf, rekey, together, type Story } from './story.ts'

const proposed = (story: Story, by: string, name: string): Story =>
  story.says(
    by,
    {
      type: 'MemberProposed',
      role: 'practitioner',
      name,
      language: 'en',
      keys: keysOf(name),
      place: idOf(`place of ${name}`),
      commitment: keysOf(`${name} commitment`).member,
      nonce: keysOf(`${name} place`).member,
    },
    { derived: name },
  )

/** Cam comes in as Bea did: proposed by the person, with an epoch of their own, and by their own yes. */
const withCam = (story: Story): Story =>
  proposed(story, 'Amal', 'Cam')
    .says('Amal', rekey('admit', 1))
    .says('Cam', { type: 'MemberAccepted', nonce: keysOf('Cam nonce').member, proof: keysOf('Cam yes').proof })

/** A meeting that was met, about which both have sealed an item and Bea has shown what there is to talk about. */
function met(): Story {
  const encounter = idOf('meeting')
  const story = together()
    .says('Amal', { type: 'EncounterPlanned', encounter, day: null, time: null, place: '', way: 'visit' })
    .says('Bea', { type: 'EncounterMet', encounter })
  for (const name of ['Amal', 'Bea'])
    story.says(name, {
      type: 'CheckInSealed',
      encounter,
      item: new Uint8Array(4096),
      commitment: keysOf(`${name} item`).member,
      wrap: new Uint8Array(80),
    })
  return shows(story, 'Bea', encounter)
}

const shows = (story: Story, name: string, encounter: string): Story =>
  story.says(name, {
    type: 'CheckInShown',
    encounter,
    what: 'topics',
    key: null,
    topics: [],
    oneStep: 'own',
    oneStepWords: 'Ask me first',
  })

/** A choice of two of the three who are here, with a way and not now. */
function choosing(): Story {
  const choice = idOf('choice')
  const story = withCam(together()).says('Bea', {
    type: 'ChoiceOpened',
    choice,
    encounter: null,
    question: 'Where to live',
    whose: [idOf('Amal'), idOf('Bea')],
    byWhen: null,
    ifNot: '',
  })
  for (const notNow of [true, false])
    story.says('Amal', { type: 'WayAdded', choice, way: idOf(`way ${notNow}`), text: 'A way', notNow })
  return story
}

/** Bea has come back with a paper, and nobody has said yet that the new device is hers. */
const cameBack = (): Story =>
  withCam(together())
    .says('Bea', { type: 'DeviceAdded', keys: keysOf('Bea'), use: 'wayBack' }, { derived: 'Bea', device: 'Bea paper' })
    .says(
      'Bea',
      { type: 'DeviceAdded', keys: keysOf('Bea'), use: 'everyday' },
      { derived: 'Bea', device: 'Bea new phone', from: 'Bea paper' },
    )

export const BEGINNINGS = {
  own: () => founded('own'),
  founded: () => founded(),
  invited,
  together,
  met,
  bothShown: () => shows(met(), 'Amal', idOf('meeting')),
  three: () => withCam(together()),
  choosing,
  cameBack,
  waiting: () => proposed(proposed(together(), 'Bea', 'Cam'), 'Bea', 'Dee'),
  left: () => withCam(together()).says('Bea', { type: 'MemberLeft' }).says('Amal', rekey('leave', 2)),
  removed: () =>
    withCam(together())
      .says('Amal', { type: 'MemberRemoved', member: idOf('Bea') })
      .says('Amal', rekey('remove', 2)),
} satisfies { readonly [name: string]: () => Story }

export type Beginning = keyof typeof BEGINNINGS
