/** Before the meeting: the page, choosing, coming in, the agreement, the plan. */
import { liveLines } from '@alongside/practice/agreement/state.ts'
import { nextEncounter, openAgenda } from '@alongside/practice/encounter/state.ts'
import { emptyPage, type PracticePage } from '@alongside/practice/page/page.ts'
import { get } from '../seat.ts'
import { dayFromNow, inStep, newId, type Stage } from '../stage.ts'

const PASS = { amal: 'three blue boats at dawn', bea: 'seven slow green trains' }
export { PASS }

export interface Page {
  readonly link: string
  readonly content: PracticePage
}

export async function practicePage({ telling, bea }: Stage): Promise<Page> {
  telling.begin('Bea writes a practice page')
  telling.words('Beatriz', 'three streets away', 'council pays', 'you can write to the ombud')
  get(await bea.api.create({ name: 'Beatriz', language: 'en', passphrase: PASS.bea }))
  await bea.until((seat) => seat.shown.type === 'open')
  const start: PracticePage = {
    ...emptyPage('Beatriz', 'en'),
    how: 'We sit side by side. You start.',
    whoPays: 'The council pays me, not you.',
    complaint: 'Unhappy? Then you can write to the ombud.',
  }
  get(await bea.api.savePage(start))
  await bea.until((seat) => seat.open.page.draft.how !== '')
  telling.sees('Bea', `still missing before it can be published: ${bea.open.page.missing.join(', ')}`)
  const early = await bea.api.openPlace({ code: null })
  telling.expect('[PAG] an unfinished page is not published', !early.ok && early.error.type === 'PageNotReady')
  const row = (kind: 'child' | 'relyOnCare' | 'endLife' | 'hurtOther', duty: 'must' | 'may') => ({
    kind,
    duty,
    text: 'I tell the county office.',
    first: 'I tell you first.',
    youCan: 'Have someone with you.',
    source: 'County act 12',
    checkedOn: dayFromNow(-20),
    checkedBy: 'Beatriz',
  })
  const content: PracticePage = {
    ...start,
    controls: 'I write the housing report.',
    cannotMove: 'The waiting list.',
    whoseSide: 'Yours, up to my limits.',
    limits: [row('child', 'must'), row('relyOnCare', 'must'), row('endLife', 'may'), row('hurtOther', 'may')],
    dutyToWarn: { duty: 'may', source: 'County act 14', checkedOn: dayFromNow(-20) },
  }
  get(await bea.api.savePage(content))
  await bea.until((seat) => seat.open.page.missing.length === 0)
  telling.expect(
    'with limits, power, duty to warn and whose side filled in, nothing is missing',
    bea.open.page.missing.length === 0,
  )
  const { link } = get(await bea.api.openPlace({ code: null }))
  await bea.until((seat) => seat.open.places[0]?.state === 'free')
  telling.sees('Bea', `a place, free, with a link of ${link.length} characters and a code to scan`)
  telling.expect('the link keeps its secret after the #, which no browser sends', link.includes('/#'))
  telling.words(link.slice(link.indexOf('#') + 1))
  telling.relayHolds()
  return { link, content }
}

export async function choosing({ telling, amal, bea, stranger }: Stage, page: Page): Promise<void> {
  telling.begin('Amal reads it with no account, and asks without details')
  telling.words('what if someone sleeps in a car', 'Sleeping in a car is not something I report')
  const visit = get(await amal.api.readLink(page.link))
  telling.sees(
    'Amal',
    `${visit.page.name}'s page, with ${visit.page.limits.length} limits first; nothing asked, nothing stored`,
  )
  telling.expect('nothing of ours is on Amal’s phone yet', amal.disk.size === 0 && amal.shown.type === 'empty')
  telling.expect(
    'a link cut short is said to be cut short',
    await amal.api.readLink(page.link.slice(0, -4)).then((r) => !r.ok && r.error.type === 'LinkNotWhole'),
  )
  const { code } = get(await amal.api.ask(visit.visit, 'what if someone sleeps in a car?'))
  telling.words(code)
  telling.expect('Bea sees the question', await bea.until((seat) => seat.open.places[0]?.questions.length === 1))
  telling.sees('Bea', `a question, with no name: “${bea.open.places[0]?.questions[0]?.text ?? ''}”`)
  get(
    await bea.api.reply(
      bea.open.places[0]?.id ?? '',
      bea.open.places[0]?.questions[0]?.n ?? 0,
      'Sleeping in a car is not something I report.',
    ),
  )
  let reply = ''
  for (let tries = 0; tries < 10 && reply === ''; tries++) {
    const found = await amal.api.readReplies(page.link, code)
    reply = found.ok ? (found.value[0] ?? '') : ''
  }
  telling.expect('Amal opens the reply with the code', reply !== '')
  telling.sees('Amal', `the reply: “${reply}”`)

  const second = get(await bea.api.openPlace({ code: null }))
  const other = get(await stranger.api.readLink(second.link))
  get(await stranger.api.decline(other.visit))
  telling.expect(
    'of a no, not now or someone else, Bea learns only that the place is free again',
    await bea.until((seat) => seat.open.places.some((place) => place.state === 'freeAgain')),
  )
  telling.expect('nothing was kept on the other phone', stranger.disk.size === 0)
  telling.relayHolds()
}

export async function comingIn(stage: Stage, page: Page): Promise<void> {
  const { telling, amal, bea, stranger } = stage
  telling.begin('Amal says yes; the circle is Amal’s, and Bea is welcomed into it')
  telling.words('Amal Haddad')
  const visit = get(await amal.api.readLink(page.link))
  const { circle } = get(
    await amal.api.sayYes(visit.visit, { name: 'Amal Haddad', language: 'en', passphrase: PASS.amal, limits: 'read' }),
  )
  telling.expect(
    'Amal’s circle is open at once',
    await amal.until((seat) => seat.circle.id === circle && seat.circle.phase === 'open'),
  )
  telling.sees(
    'Amal',
    `a circle with members: ${Object.keys(amal.circle.state.people.members).length}; and the rights floor: yours already`,
  )
  const late = await stranger.api.readLink(page.link)
  telling.expect(
    'a second person with the same link sees that the place is taken',
    late.ok ? late.value.taken : late.error.type === 'PlaceTaken',
  )
  telling.expect(
    'Bea’s place says yes, and Bea is in the circle',
    await bea.until(
      (seat) => seat.circle.phase === 'open' && seat.circle.state.people.members[seat.me]?.status === 'here',
    ),
  )
  telling.expect(
    'both see each other here',
    await amal.until((seat) => seat.circle.state.people.members[seat.other]?.status === 'here'),
  )
  const digits = {
    amal: amal.circle.safety[amal.other]?.digits ?? 'a',
    bea: bea.circle.safety[bea.other]?.digits ?? 'b',
  }
  await amal.until((seat) => (digits.amal = seat.circle.safety[seat.other]?.digits ?? 'a') !== 'a')
  await bea.until((seat) => (digits.bea = seat.circle.safety[seat.other]?.digits ?? 'b') !== 'b')
  telling.sees('both', `the same twenty digits to read to each other: ${digits.amal}`)
  telling.expect('the safety phrase is the same on both sides', digits.amal === digits.bea)
  telling.expect(
    'a scanned code compares as the same',
    await amal.api.compareSafety(circle, amal.other, bea.circle.safety[bea.other]?.code ?? new Uint8Array()),
  )
  await amal.says({ type: 'IdentityChecked', member: amal.other, how: 'inPerson' })
  telling.expect(
    '“checked in person” stays visible to both',
    await bea.until((seat) => seat.circle.state.people.checks.some((check) => check.how === 'inPerson')),
  )
  telling.expect(
    'the page Amal said yes to is in the record, with what was read',
    amal.circle.state.people.page !== null && amal.circle.state.agreement.limitsHeard.length === 1,
  )
  const way = get(await amal.api.makeWayBack(circle, PASS.amal))
  telling.sees('Amal', `a way back, offered and not required: ${way.text.length} characters to print or save`)
  telling.words(way.text)
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
}

export async function agreement(stage: Stage): Promise<void> {
  const { telling, amal, bea } = stage
  telling.begin('The agreement, line by line')
  telling.words('We meet on Tuesdays at the library', 'reminders by text')
  const [tuesdays, texts] = [newId(), newId()]
  const line = (id: string, text: string) =>
    ({
      type: 'LineProposed',
      line: id,
      section: 6,
      text,
      language: 'en',
      second: null,
      asks: [amal.me, bea.me],
      refusable: true,
      why: '',
      review: null,
      replaces: null,
      ready: null,
    }) as const
  await bea.says(line(tuesdays, 'We meet on Tuesdays at the library.'), line(texts, 'You get reminders by text.'))
  await amal.until((seat) => seat.circle.state.agreement.lines[texts] !== undefined)
  telling.sees('Amal', 'two lines offered by Bea, both off until Amal says yes')
  telling.expect('[AGR-7] offered lines are not in force', liveLines(amal.circle.state).length === 0)
  await amal.says({ type: 'LineAccepted', line: tuesdays }, { type: 'LineDeclined', line: texts })
  telling.expect(
    '[AGR-7] the line both accepted is in force on both devices; the other stays off',
    await bea.until(
      (seat) => liveLines(seat.circle.state).length === 1 && seat.circle.state.agreement.lines[texts]?.status === 'off',
    ),
  )
  const change = newId()
  await amal.says({ ...line(change, 'We meet on Thursdays at the library.'), replaces: tuesdays })
  await bea.until((seat) => seat.circle.state.agreement.lines[change] !== undefined)
  telling.sees('Bea', 'Amal’s change beside the old words; nothing changes until Bea says yes')
  telling.expect(
    '[AGR-10] the old line stands until the new one is accepted',
    liveLines(bea.circle.state)[0]?.id === tuesdays,
  )
  await bea.says({ type: 'LineAccepted', line: change })
  telling.expect(
    '[AGR-10] then the new one is in force and the old one shows as changed',
    await amal.until((seat) => liveLines(seat.circle.state)[0]?.id === change),
  )
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
}

export async function plan(stage: Stage): Promise<string> {
  const { telling, amal, bea } = stage
  telling.begin('Before: one agenda, and one small act of equality')
  telling.words('the broken lock', 'the housing form')
  const encounter = newId()
  await bea.says({
    type: 'EncounterPlanned',
    encounter,
    day: dayFromNow(1),
    time: '10:00',
    place: 'The library',
    way: 'visit',
  })
  await bea.says({ type: 'AgendaItemAdded', item: newId(), text: 'the housing form', opening: false })
  await amal.until((seat) => nextEncounter(seat.circle.state) !== null)
  await amal.says({ type: 'AgendaItemAdded', item: newId(), text: 'the broken lock', opening: false })
  await bea.says({ type: 'IntentionChosen', encounter, act: 'askFirst', words: '' })
  telling.expect(
    '[ENC-14] both see one agenda, Amal’s line first',
    await bea.until(
      (seat) =>
        openAgenda(seat.circle.state)[0]?.text === 'the broken lock' && openAgenda(seat.circle.state).length === 2,
    ),
  )
  telling.sees(
    'both',
    `the agenda: ${openAgenda(amal.circle.state)
      .map((one) => one.text)
      .join(' · ')}`,
  )
  telling.expect('both devices stand at the same place', await inStep(stage))
  telling.relayHolds()
  return encounter
}
