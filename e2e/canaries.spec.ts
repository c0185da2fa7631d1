/**
 * A thousand words that nobody could guess are put into every field by people at their browsers. None of them, in any
 * spelling, is afterwards in the relay's files, in the memory of its process, in what it printed or in what went over the
 * wire; nor in the browsers' files while they are locked. Each place is also searched for something that was put there on
 * purpose: a search that finds nothing anywhere would prove nothing.
 */
import { chromium, errors, expect, test, type BrowserContext } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { t } from '../apps/web/src/words/t.ts'
import { startRelayProcess, type RunningRelay } from '../story/relay-process.ts'
import { speak } from '../story/words.ts'
import { PASS, type Stage } from './story/stage.ts'
import { STEPS } from './story/steps.ts'
import { Actor, PHONE, WIDE } from './support/actor.ts'
import { madeCircle } from './support/made-circle.ts'
import { foundIn, foundInFolder, foundInMemory, Marks, MARK_LENGTH, spellings, type Needle } from './support/marks.ts'
import { arriveAt, everyPath } from './support/paths.ts'
import { comeIn, newLink, PASSPHRASE, practitioner } from './support/people.ts'
import { openRecorder, type Recorder } from './support/recorder.ts'

test.beforeAll(() => speak('en'))

interface Profile {
  readonly folder: string
  readonly context: BrowserContext
  readonly console: string[]
}

/** A browser with a profile folder of its own, as a phone has one. */
async function profile(baseURL: string, viewport: { width: number; height: number }): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'))
  const context = await chromium.launchPersistentContext(folder, {
    ...test.info().project.use.launchOptions,
    locale: 'en',
    baseURL,
    viewport,
    hasTouch: viewport === PHONE,
    acceptDownloads: true,
  })
  const said: string[] = []
  context.on('console', (line) => said.push(line.text()))
  return { folder, context, console: said }
}

const planted = (): string => `planted${randomBytes(8).toString('hex')}`

/** Everything the relay has and everything it was sent, with a control in each place. */
async function searchRelay(relay: RunningRelay, recorder: Recorder, needles: readonly Needle[]): Promise<void> {
  expect(foundInFolder(relay.folder, needles)).toEqual([])
  const box = /\bbox=([0-9a-f]{32})\b/.exec(relay.inspect())?.[1]
  expect(box, 'the relay holds a box').toBeDefined()
  const boxBytes = [{ name: 'box', bytes: Buffer.from(box ?? '', 'hex') }]
  expect(foundInFolder(relay.folder, boxBytes).length, 'a search of the files finds what is there').toBeGreaterThan(0)

  expect(foundIn(Buffer.from(relay.printed()), needles)).toEqual([])
  expect(relay.printed()).toContain('Alongside relay at')

  const control = planted()
  for (let i = 0; i < 20; i++) await fetch(`${recorder.url}/${control}`, { headers: { [control]: control } })
  const memory = foundInMemory(relay.pid(), [...needles, ...spellings(control)])
  if (memory === null) {
    test.info().annotations.push({ type: 'could not run', description: 'this system does not let us read memory' })
    console.log('  could not run: the memory of the relay’s process cannot be read on this system')
  } else {
    expect(memory.bytes).toBeGreaterThan(1 << 24)
    expect(memory.found.filter((name) => name.startsWith(control)).length, 'a search of memory finds').toBeGreaterThan(
      0,
    )
    expect(memory.found.filter((name) => !name.startsWith(control))).toEqual([])
  }

  const wire = recorder.all()
  expect(foundIn(wire, spellings(control)).length, 'a search of the wire finds').toBeGreaterThan(0)
  expect(foundIn(wire, needles)).toEqual([])
  expect(recorder.passed.filter((one) => one.kind === 'socket').length).toBeGreaterThan(100)
}

async function lock(actor: Actor): Promise<void> {
  await actor.tab(t('shell.tab.more'))
  await actor.button(t('shell.lockNow'))
}

/** A locked device: its title, address, console, and every file of its browser, before and after it is closed. */
async function searchLocked(actor: Actor, at: Profile, needles: readonly Needle[]): Promise<void> {
  await actor.heading(t('shell.unlock.title'))
  const control = planted()
  await actor.page.evaluate((text) => localStorage.setItem('planted', text), control)
  const shown = await actor.page.evaluate(() =>
    [document.title, location.href, JSON.stringify(history.state), document.documentElement.outerHTML].join('\n'),
  )
  expect(foundIn(Buffer.from(shown), needles)).toEqual([])
  expect(foundIn(Buffer.from(at.console.join('\n')), needles)).toEqual([])
  expect(foundInFolder(at.folder, needles)).toEqual([])
  await at.context.close()
  expect(foundInFolder(at.folder, spellings(control)).length, 'a search of the profile finds').toBeGreaterThan(0)
  expect(foundInFolder(at.folder, needles)).toEqual([])
  rmSync(at.folder, { recursive: true, force: true })
}

/** More live writing than a meeting has: blocks full of marks, that both see, and one of them kept. */
async function writeMuch({ amal, bea }: Stage, marks: Marks): Promise<void> {
  await bea.button(t('note.addShared'))
  const label = t('note.sharedLabel', { n: 1 })
  const text = marks.fitting(3_000, 150)
  await bea.field(label).focus()
  await bea.page.keyboard.insertText(text)
  await expect(amal.field(label)).toHaveValue(text)
  await bea.button(t('note.keepLong', { n: 1 }))
  await bea.button(t('note.keepYes'))
  await expect(amal.page.getByText(text.slice(0, 40)).first()).toBeVisible()
}

test('the story with a random word in every sentence: none of them is anywhere at the relay, on the wire, or in a locked browser', async () => {
  const marks = new Marks()
  const relay = await startRelayProcess()
  const recorder = await openRecorder(relay.url)
  const [forBea, forAmal] = [await profile(recorder.url, WIDE), await profile(recorder.url, PHONE)]
  const stage: Stage = {
    relay,
    bea: await Actor.arrive('Bea', forBea.context, 'touch'),
    amal: await Actor.arrive('Amal', forAmal.context, 'touch'),
    language: 'en',
    looks: false,
    pictures: false,
    say: (words, count = 1) => marks.behind(words, count),
  }
  const secrets = Object.values(PASS).flatMap(spellings)
  for (const [name, step] of STEPS) {
    if (name === 'leaving') {
      expect(marks.count).toBeGreaterThan(400)
      await searchRelay(relay, recorder, [...marks.needles(), ...secrets])
    }
    await test.step(name, () => step(stage))
    if (name === 'a note written together') await writeMuch(stage, marks)
  }
  const needles = [...marks.needles(), ...secrets]
  await lock(stage.amal)
  await searchRelay(relay, recorder, needles)
  await searchLocked(stage.amal, forAmal, needles)
  await searchLocked(stage.bea, forBea, needles)
  await recorder.close()
  await relay.stop()
})

/** Fields whose words are a secret or a date of their own; they are filled elsewhere. */
const TEXT_FIELDS = 'textarea:visible, input[type=text]:visible:not([readonly])'
/** A field that is gone is not waited for. */
const GONE = { timeout: 2_000 }
const tagName = (element: Element): string => element.tagName

/** Screens whose forms end something, or begin another life on this device. */
const NOT_SENT = /^\/(leave|way-back|come-back|start|link|meet|settings)/

test('a thousand random words in every field of every screen: none of them is anywhere at the relay, on the wire, or in the locked browser', async () => {
  const marks = new Marks()
  const relay = await startRelayProcess()
  const recorder = await openRecorder(relay.url)
  const [beaName, amalName] = [marks.next(), marks.next()]
  const bea = await practitioner({ ...relay, url: recorder.url }, beaName)
  const forAmal = await profile(recorder.url, PHONE)
  const amal = await Actor.arrive('Amal', forAmal.context, 'touch')
  await comeIn(amal, await newLink(bea), amalName)
  expect(await bea.until((seat) => seat.circle.phase === 'open')).toBe(true)
  const ids = await madeCircle(bea)
  await amal.link('Alongside')
  const filled = new Map<string, number>()
  let entered = 0
  const paths = everyPath(ids)
  // again and again until there are enough: what was said once makes room for the next
  for (let round = 0; round < 6; round++) {
    if (round > 0 && entered >= 1_000) break
    for (const path of paths)
      await test.step(`round ${round + 1}, ${path}`, async () => {
        await amal.page.mouse.wheel(0, 1)
        await arriveAt(amal.page, path)
        await amal.heading()
        await amal.page.evaluate(() => {
          for (const folded of document.querySelectorAll('details')) folded.open = true
        })
        const fields = amal.page.locator(TEXT_FIELDS)
        // a field may go when another is filled, or with the screen before, so they are counted each time
        let count = 0
        while (count < (await fields.count())) {
          const field = fields.nth(count)
          try {
            const most = (await field.evaluate(tagName, null, GONE)) === 'TEXTAREA' ? 12 : 2
            const text = marks.fitting(most * MARK_LENGTH, most)
            await field.fill(text, GONE)
            entered += text.split(' ').length
            count++
          } catch (error) {
            if (!(error instanceof errors.TimeoutError)) throw error
          }
        }
        filled.set(path, Math.max(count, filled.get(path) ?? 0))
        const send = amal.page.locator('form button[type=submit]:visible').first()
        if (count > 0 && !NOT_SENT.test(path) && (await send.count()) > 0) await send.click()
      })
  }
  const total = [...filled.values()].reduce((sum, count) => sum + count, 0)
  console.log(`  ${entered} marks in ${total} fields on ${[...filled.values()].filter(Boolean).length} screens`)
  expect(entered).toBeGreaterThanOrEqual(1_000)
  expect(total).toBeGreaterThan(20)
  expect(await bea.until((seat) => seat.circle.sync.waiting === 0)).toBe(true)

  const needles = [...marks.needles(), ...spellings(PASSPHRASE)]
  await lock(amal)
  await searchRelay(relay, recorder, needles)
  await searchLocked(amal, forAmal, needles)
  await bea.api.lock()
  await recorder.close()
  await relay.stop()
})
