/**
 * A small story, told by two real devices through a real relay: a page, a yes, an agreement, a meeting a week ago with
 * what came of it, and another tomorrow. Every step is one that people make on their screens; nothing is put in place
 * behind the devices' backs. It stops with `Stopped` where a device refuses.
 */
import { PASSPHRASE } from '../seats.ts'
import { lookBack, meet } from './meeting.ts'
import { writePage } from './page.ts'
import { get } from './player.ts'
import { MET_DAYS_AGO, type Telling } from './telling.ts'

/** Amina reads the page and says yes; they compare the safety phrase. */
async function comeIn({ amina, rosa, words, language }: Telling, link: string): Promise<void> {
  const { visit } = get(await amina.api.readLink(link))
  get(await amina.api.sayYes(visit, { name: words.amina, language, passphrase: PASSPHRASE, limits: 'read' }))
  await Promise.all(
    [amina, rosa].map((one) =>
      one.until(({ state }) => Object.values(state.people.members).filter((m) => m.status === 'here').length === 2),
    ),
  )
  const other = Object.keys(amina.circle.state.people.members).find((id) => id !== amina.me) ?? ''
  await amina.until(({ safety }) => (safety[other] ?? null) !== null)
  await amina.says({ type: 'IdentityChecked', member: other, how: 'inPerson' })
}

/** One line in force, and one that waits for Amina. */
async function agree({ amina, rosa, words, language, newId }: Telling): Promise<void> {
  const line = (more: { section: number; text: string; why: string; ready: { id: string; version: number } | null }) =>
    ({
      type: 'LineProposed',
      line: newId(),
      language,
      second: null,
      asks: [amina.me, rosa.me],
      refusable: true,
      review: null,
      replaces: null,
      ...more,
    }) as const
  const live = line({ section: 2, text: '', why: '', ready: { id: 'agreement.ready.2', version: 1 } })
  const offered = line({ section: 6, text: words.offered, why: words.offeredWhy, ready: null })
  await rosa.says(live)
  await amina.until(({ state }) => state.agreement.lines[live.line] !== undefined)
  await amina.says({ type: 'LineAccepted', line: live.line })
  await rosa.says(offered)
}

/** Tells the whole story. Afterwards both devices are open and stand at the same place. */
export async function tell(telling: Telling): Promise<void> {
  const { amina, rosa, goBack, chapter } = telling
  await Promise.all([amina.begin(), rosa.begin()])
  goBack(MET_DAYS_AGO)
  chapter('page')
  const link = await writePage(telling)
  chapter('comingIn')
  await comeIn(telling, link)
  await agree(telling)
  chapter('meeting')
  const encounter = await meet(telling)
  chapter('after')
  goBack(0)
  await lookBack(telling, encounter)
  await Promise.all(
    [amina, rosa].map((one) =>
      one.until(
        ({ sync }) => sync.waiting === 0 && sync.head >= Math.max(amina.circle.sync.head, rosa.circle.sync.head),
      ),
    ),
  )
}
