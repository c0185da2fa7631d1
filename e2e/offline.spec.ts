/**
 * Interruption: either device loses the network, the relay dies, a page is closed without a word. Work goes on, what the
 * screen says about each line is true, and when the network is back nothing is lost and nothing is there twice.
 */
import { expect, test, type Locator } from '@playwright/test'
import { openAgenda } from '../packages/practice/src/encounter/state.ts'
import { startRelayProcess } from '../story/relay-process.ts'
import type { Seat } from '../story/seat.ts'
import { t } from '../apps/web/src/words/t.ts'
import type { Actor } from './support/actor.ts'
import { circleOfTwo, newLink, PASSPHRASE, practitioner, shellKept, unlock, visitor } from './support/people.ts'
import { openWire } from './support/wire.ts'
import { speak } from '../story/words.ts'

test.beforeAll(() => speak('en'))

const line = (actor: Actor, text: string): Locator => actor.page.locator('.agenda-line', { hasText: text })
const agendaOf = (seat: Seat): readonly string[] => openAgenda(seat.circle.state).map((item) => item.text)

async function add(actor: Actor, text: string): Promise<void> {
  await actor.write(t('encounter.addLabel'), text)
  await actor.button(t('encounter.add'))
  await expect(line(actor, text)).toHaveCount(1)
}

async function toAgenda(actor: Actor): Promise<void> {
  await actor.link('Alongside')
  await actor.button(t('encounter.meetNow'))
  await actor.page.getByRole('heading', { name: t('encounter.agenda') }).waitFor()
}

test('a person without a network at each step: reading, saying yes, coming in, writing', async ({ browser }) => {
  const relay = await startRelayProcess()
  const bea = await practitioner(relay)
  const link = await newLink(bea)
  const wire = await openWire()
  const { actor: amal, context, watched } = await visitor(browser, relay, { proxy: wire.settings })
  const { page } = amal
  await page.goto('/')
  await amal.heading(t('shell.welcome.title'))
  await shellKept(page)

  // the page behind the link
  await amal.link(t('shell.welcome.haveLink'))
  wire.cut()
  await amal.write(t('begin.link.label'), link)
  await amal.button(t('begin.link.look'))
  await amal.sees(t('meet.fault.Unreachable'))
  await amal.sees(t('meet.nothingSent'))
  wire.mend()
  await amal.button(t('meet.tryAgain'))
  await amal.heading('Bea')

  // a question, then the yes: nothing typed is lost, the same button tries again
  await amal.link(t('meet.ask'))
  wire.cut()
  await amal.write(t('meet.question'), 'What if someone sleeps in a car?')
  await amal.button(t('meet.sendQuestion'))
  await amal.sees(t('meet.fault.Unreachable'))
  await expect(amal.field(t('meet.question'))).toHaveValue('What if someone sleeps in a car?')
  wire.mend()
  await amal.button(t('meet.sendQuestion'))
  await amal.heading(t('meet.asked'))
  await amal.link(t('meet.backToPage'))
  await amal.link(t('meet.yes'))
  await amal.pick(t('meet.limitsRead'))
  await amal.write(t('meet.called'), 'Amal')
  await amal.write(t('meet.passphrase'), PASSPHRASE)
  wire.cut()
  await amal.button(t('meet.found'))
  await expect(
    amal.page.getByText(t('meet.fault.Unreachable')).or(amal.page.getByText(t('coming-in.onTheWay'))),
  ).toBeVisible()
  if (await amal.page.getByText(t('meet.fault.Unreachable')).isVisible()) {
    await expect(amal.field(t('meet.called'))).toHaveValue('Amal')
    wire.mend()
    await amal.button(t('meet.found'))
  }
  wire.mend()
  await amal.heading(t('coming-in.youAreIn', { name: 'Amal' }))
  expect(await bea.until((seat) => seat.circle.phase === 'open')).toBe(true)
  expect(Object.keys(bea.circle.state.people.members)).toHaveLength(2)

  // writing without a network: saved here, waiting to go
  await toAgenda(amal)
  wire.cut()
  await add(amal, 'The housing form')
  await expect(line(amal, 'The housing form')).toContainText(t('components.waitingToGo'))
  await add(amal, 'The broken lock')
  await expect(line(amal, 'The broken lock')).toContainText(t('components.waitingToGo'))
  // closed without a word in the middle of it, opened again: everything is there, once
  await page.reload()
  await unlock(amal)
  await expect(page.locator('.agenda-line')).toHaveCount(2)
  await expect(line(amal, 'The broken lock')).toContainText(t('components.waitingToGo'))
  expect(agendaOf(bea)).toEqual([])
  wire.mend()
  await expect(line(amal, 'The broken lock')).toContainText(t('components.noWordYet', { name: 'Bea' }))
  expect(await bea.until((seat) => agendaOf(seat).length === 2)).toBe(true)
  expect(agendaOf(bea)).toEqual(['The housing form', 'The broken lock'])
  // only what Bea writes says that she has it
  await bea.says({ type: 'AgendaItemAdded', item: 'ab'.repeat(16), text: 'The letter', opening: false })
  await expect(line(amal, 'The broken lock')).toContainText(t('components.otherHasIt', { name: 'Bea' }))
  await expect(page.locator('.agenda-line')).toHaveCount(3)

  watched.clean()
  await context.close()
  await bea.api.lock()
  await relay.stop()
  await wire.close()
})

test('the relay dies in the middle and comes back; both wrote meanwhile; nothing is lost or doubled', async ({
  browser,
}) => {
  const at = await circleOfTwo(browser)
  const { amal, bea, relay } = at
  await toAgenda(amal)
  await add(amal, 'Before')
  await expect(line(amal, 'Before')).toContainText(t('components.noWordYet', { name: 'Bea' }))

  await Promise.all([
    relay.restart('SIGKILL'),
    (async () => {
      for (const n of [1, 2, 3]) await add(amal, `Amal ${n}`)
    })(),
    (async () => {
      for (const n of [1, 2, 3])
        await bea.says({ type: 'AgendaItemAdded', item: `${n}`.repeat(32), text: `Bea ${n}`, opening: false })
    })(),
  ])
  await expect(amal.page.locator('.agenda-line')).toHaveCount(7)
  await expect(line(amal, 'Amal 3')).toContainText(/No word from|has it/)
  expect(await bea.until((seat) => agendaOf(seat).length === 7 && seat.circle.sync.waiting === 0)).toBe(true)
  const all = ['Before', 'Amal 1', 'Amal 2', 'Amal 3', 'Bea 1', 'Bea 2', 'Bea 3']
  expect([...agendaOf(bea)].sort()).toEqual([...all].sort())
  expect(relay.inspect()).not.toContain('Amal 1')

  // and once more, with the other side away
  bea.network(false)
  await add(amal, 'While Bea was away')
  await expect(line(amal, 'While Bea was away')).toContainText(t('components.noWordYet', { name: 'Bea' }))
  await relay.restart('SIGKILL')
  bea.network(true)
  expect(await bea.until((seat) => agendaOf(seat).includes('While Bea was away'))).toBe(true)
  at.watched.clean()
  await at.end()
})

test('a tab killed right after an act keeps the act, and it is there once', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const { amal, bea, context } = at
  await toAgenda(amal)
  const address = amal.page.url()
  await add(amal, 'Said just before')
  const crashed = amal.page.waitForEvent('crash')
  const devtools = await context.newCDPSession(amal.page)
  void devtools.send('Page.crash').catch(() => undefined)
  await crashed
  const next = await amal.beside(context)
  await next.page.goto(address)
  await unlock(next)
  await expect(line(next, 'Said just before')).toHaveCount(1)
  await expect(line(next, 'Said just before')).toContainText(t('components.noWordYet', { name: 'Bea' }))
  expect(await bea.until((seat) => agendaOf(seat).length === 1)).toBe(true)
  at.watched.clean([/the page crashed/])
  await at.end()
})

test('two tabs: one writes, the other offers “use it here”, and taking over saves and locks the first', async ({
  browser,
}) => {
  const at = await circleOfTwo(browser)
  const { amal, context } = at
  await toAgenda(amal)
  await add(amal, 'Written in the first tab')
  const second = await amal.beside(context)
  await second.page.goto('/')
  await second.heading(t('shell.elsewhere.title'))
  await expect(second.page.getByText('Written in the first tab')).toHaveCount(0)
  await second.button(t('shell.elsewhere.use'))
  await unlock(second)
  await amal.heading(t('shell.elsewhere.title'))
  await expect(amal.page.getByText('Written in the first tab')).toHaveCount(0)
  await second.press(second.page.getByRole('link', { name: t('encounter.talkAbout', { n: 1 }) }))
  await expect(line(second, 'Written in the first tab')).toHaveCount(1)
  // and back again
  await amal.button(t('shell.elsewhere.use'))
  await unlock(amal)
  await expect(line(amal, 'Written in the first tab')).toHaveCount(1)
  await second.heading(t('shell.elsewhere.title'))
  at.watched.clean()
  await at.end()
})
