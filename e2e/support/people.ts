/**
 * Quick beginnings for journeys that are about something else: a practitioner whose device runs beside the test and whose
 * page is published, and a person in the browser who came in through its link, as everybody does.
 */
import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { emptyPage, type PracticePage } from '@alongside/practice/page/page.ts'
import { startRelayProcess, type RunningRelay } from '../../story/relay-process.ts'
import { get, Seat } from '../../story/seat.ts'
import { t } from '../../apps/web/src/words/t.ts'
import { Actor, PHONE } from './actor.ts'
import { watchful, type Watchful } from './watchful.ts'

export const PASSPHRASE = 'three blue boats at dawn'

const checked = { source: 'County act 12', checkedOn: '2026-02-01', checkedBy: 'Bea' }

const finishedPage = (name: string): PracticePage => ({
  ...emptyPage(name, 'en'),
  controls: 'I write the housing report.',
  whoseSide: 'Yours, up to my limits.',
  complaint: 'Call 555 0100.',
  limits: (['child', 'relyOnCare', 'endLife', 'hurtOther'] as const).map((kind) => ({
    kind,
    duty: kind === 'child' ? 'must' : 'may',
    text: 'I tell the county office.',
    first: 'I tell you first.',
    youCan: 'Have someone with you.',
    ...checked,
  })),
  dutyToWarn: { duty: 'may', source: checked.source, checkedOn: checked.checkedOn },
})

/** A practitioner with a finished page, on a device without a screen. */
export async function practitioner(relay: RunningRelay, name = 'Bea'): Promise<Seat> {
  const seat = await new Seat(name, relay.url).start()
  get(await seat.api.create({ name, language: 'en', passphrase: PASSPHRASE }))
  await seat.until(() => seat.shown.type === 'open')
  get(await seat.api.savePage(finishedPage(name)))
  return seat
}

/** The link of a new place of theirs. */
export async function newLink(seat: Seat): Promise<string> {
  return get(await seat.api.openPlace({ code: null })).link
}

export interface Visitor {
  readonly actor: Actor
  readonly context: BrowserContext
  readonly watched: Watchful
}

/** Somebody with a phone. */
export async function visitor(
  browser: Browser,
  relay: RunningRelay,
  more: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'en',
    baseURL: relay.url,
    viewport: PHONE,
    hasTouch: true,
    acceptDownloads: true,
    ...more,
  })
  const watched = await watchful(context, relay.url)
  return { context, watched, actor: await Actor.arrive('Amal', context, 'touch') }
}

/** Reads the page behind a link and says yes, up to the first screen of the circle. */
export async function comeIn(actor: Actor, link: string, name = 'Amal'): Promise<void> {
  await actor.page.goto(link)
  await actor.link(t('meet.yes'))
  await actor.pick(t('meet.limitsRead'))
  await actor.write(t('meet.called'), name)
  await actor.write(t('meet.passphrase'), PASSPHRASE)
  await actor.button(t('meet.found'))
  await actor.heading(t('coming-in.youAreIn', { name }))
}

/** Opens the device after a lock or a new start. */
export async function unlock(actor: Actor, passphrase = PASSPHRASE): Promise<void> {
  await actor.heading(t('shell.unlock.title'))
  await actor.write(t('shell.unlock.label'), passphrase)
  await actor.button(t('shell.unlock.open'))
  await expect(actor.page.getByRole('heading', { level: 1, name: t('shell.unlock.title'), exact: true })).toHaveCount(0)
}

/** Resolves when the service worker has kept the shell, so that it opens without a network. */
export async function shellKept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state))
    .toBe('activated')
}

/** A person in the browser and a practitioner beside the test, in one circle, both sure of it. */
export async function circleOfTwo(browser: Browser, more: BrowserContextOptions = {}) {
  const relay = await startRelayProcess()
  const bea = await practitioner(relay)
  const amal = await visitor(browser, relay, more)
  await comeIn(amal.actor, await newLink(bea))
  expect(await bea.until((seat) => seat.circle.phase === 'open' && seat.circle.safety[seat.other] !== null)).toBe(true)
  return {
    relay,
    bea,
    ...amal,
    amal: amal.actor,
    end: async () => {
      await amal.context.close()
      await bea.api.lock()
      await relay.stop()
    },
  }
}
