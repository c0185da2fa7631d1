/**
 * Bad input and bad surroundings: links that are cut, changed, used up or meant for elsewhere, a wrong passphrase, a wrong
 * picture, too much text, a full disk, a browser that keeps nothing, an address that is not protected, a relay that talks
 * nonsense. Each says what is safe and what to do, and nothing that was typed is gone.
 */
import { expect, test, type Page } from '@playwright/test'
import { renderSVG } from 'uqr'
import { startRelayProcess } from '../story/relay-process.ts'
import { get } from '../story/seat.ts'
import { speak } from '../story/words.ts'
import { safetyText } from '../apps/web/src/practices/coming-in/safety-text.ts'
import { t } from '../apps/web/src/words/t.ts'
import { circleOfTwo, comeIn, newLink, PASSPHRASE, practitioner, unlock, visitor } from './support/people.ts'
import { openWire } from './support/wire.ts'

test.beforeAll(() => speak('en'))

test('a link that is cut, changed, for elsewhere, gone or taken says which, and that nothing was sent', async ({
  browser,
}) => {
  const relay = await startRelayProcess()
  const bea = await practitioner(relay)
  const link = await newLink(bea)
  const { actor: amal, context, watched } = await visitor(browser, relay)
  const { page } = amal
  const put = async (text: string): Promise<void> => {
    await page.goto('/link')
    await amal.write(t('begin.link.label'), text)
    await amal.button(t('begin.link.look'))
  }
  await put('')
  await amal.sees(t('begin.link.nothing'))
  await put(link.slice(0, relay.url.length + 8))
  await amal.sees(t('begin.link.cutShort'))
  await expect(amal.field(t('begin.link.label'))).toHaveValue(link.slice(0, relay.url.length + 8))
  const elsewhere = link.replace(relay.url, 'https://other.example')
  await put(elsewhere)
  await amal.sees(t('begin.link.otherPlace', { host: 'other.example' }))
  await expect(amal.field(t('begin.link.label'))).toHaveValue(elsewhere)
  await put(link.slice(0, -3))
  await amal.sees(t('meet.fault.LinkNotWhole'))
  await amal.sees(t('meet.nothingSent'))

  const last = link.at(-5) ?? ''
  await page.goto('/blank.html')
  await page.goto(`${link.slice(0, -5)}${last === '3' ? '4' : '3'}${link.slice(-4)}`)
  await amal.sees(t('meet.nothingSent'))
  await expect(page.getByText('I write the housing report.')).toHaveCount(0)

  // as letters and digits from paper, in pieces
  await put(`  ${link.slice(0, 30)}\n${link.slice(30)} `)
  await amal.heading('Bea')

  const gone = get(await bea.api.openPlace({ code: null }))
  get(await bea.api.closePlace(gone.place))
  await put(gone.link)
  await amal.sees(t('meet.fault.PlaceGone'))
  await amal.sees(t('meet.nothingSent'))

  await comeIn(amal, link)
  const other = await visitor(browser, relay)
  await other.actor.page.goto(link)
  await expect(
    other.actor.page.getByText(t('meet.fault.PlaceTaken')).or(other.actor.page.getByText(t('meet.fault.PlaceGone'))),
  ).toBeVisible()
  watched.clean([/status of 4\d\d/])
  other.watched.clean([/status of 4\d\d/])
  await other.context.close()
  await context.close()
  await bea.api.lock()
  await relay.stop()
})

test('a wrong passphrase changes nothing, and one that is too short is said before anything is made', async ({
  browser,
}) => {
  const at = await circleOfTwo(browser)
  const { amal, context } = at
  await amal.page.goto('/')
  await amal.write(t('shell.unlock.label'), 'not my words')
  await amal.button(t('shell.unlock.open'))
  await amal.sees(t('failure.WrongPassphrase'))
  await expect(amal.field(t('shell.unlock.label'))).toHaveValue('not my words')
  await unlock(amal)
  at.watched.clean()
  await context.close()

  const { actor: fresh, watched } = await visitor(browser, at.relay)
  await fresh.page.goto('/start')
  await fresh.button(t('begin.start.go'))
  await fresh.sees(t('begin.start.nameEmpty'))
  await fresh.write(t('begin.start.name'), 'Bea')
  await fresh.write(t('begin.start.passphrase'), 'abc')
  await fresh.button(t('begin.start.go'))
  await fresh.sees(t('failure.PassphraseTooShort'))
  await expect(fresh.field(t('begin.start.name'))).toHaveValue('Bea')
  watched.clean()
  await fresh.page.context().close()
  await at.end()
})

/** A photo of a square code, or of nothing. */
async function photo(page: Page, content: string | null): Promise<Buffer> {
  const drawn = content === null ? '<p>a wall</p>' : renderSVG(content, { ecc: 'Q', border: 4, pixelSize: 8 })
  const sheet = await page.context().newPage()
  await sheet.setContent(`<body style="background:#fff">${drawn}</body>`)
  const picture = await sheet.screenshot()
  await sheet.close()
  return picture
}

test('a wrong picture for the safety code is told from a wrong code, and from the right one', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const { amal, bea } = at
  await amal.link('Alongside')
  await amal.press(amal.page.getByRole('link', { name: t('coming-in.compareWith', { name: 'Bea' }) }).first())
  await amal.press(amal.page.getByRole('tab', { name: t('coming-in.scan') }))
  const scan = async (content: string | null): Promise<void> => {
    const buffer = await photo(amal.page, content)
    await amal
      .field(t('coming-in.scanTheirs', { name: 'Bea' }))
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer })
  }
  const code = bea.circle.safety[bea.other]?.code ?? new Uint8Array(0)
  await scan(null)
  await amal.sees(t('components.photoNoCode'))
  await scan('https://example.org/something')
  await amal.sees(t('coming-in.scanned', { result: 'otherCode', name: 'Bea' }))
  await scan(safetyText(code.map((byte) => byte ^ 1)))
  await amal.sees(t('coming-in.scanned', { result: 'different', name: 'Bea' }))
  await scan(safetyText(code))
  await amal.sees(t('coming-in.scanned', { result: 'same', name: 'Bea' }))
  // a file that is no picture at all
  await amal
    .field(t('coming-in.scanTheirs', { name: 'Bea' }))
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') })
  await amal.sees(t('components.photoNoCode'))
  at.watched.clean()
  await at.end()
})

test('too much text is counted, never cut, and refused with all of it still there', async ({ browser }) => {
  const at = await circleOfTwo(browser)
  const { amal } = at
  await amal.page.goto('/agenda')
  await unlock(amal)
  for (const long of ['x'.repeat(1_001), 'ض'.repeat(60_000)]) {
    await amal.write(t('encounter.addLabel'), long)
    await amal.sees(t('components.countOver', { n: long.length - 1_000 }))
    await amal.button(t('encounter.add'))
    await amal.sees(t('failure.title'))
    await expect(amal.field(t('encounter.addLabel'))).toHaveValue(long)
  }
  await amal.write(t('encounter.addLabel'), 'y'.repeat(1_000))
  await amal.button(t('encounter.add'))
  await expect(amal.page.locator('.agenda-line')).toHaveCount(1)
  at.watched.clean()
  await at.end()
})

test('a full disk says so; what was typed stays, and is kept once there is room', async ({ browser }) => {
  const wire = await openWire()
  wire.inWorker(
    `let full = false
     new BroadcastChannel('disk').onmessage = ({ data }) => { full = data }
     const put = IDBObjectStore.prototype.put
     IDBObjectStore.prototype.put = function (...row) {
       if (full) throw new DOMException('no room', 'QuotaExceededError')
       return put.apply(this, row)
     };`,
  )
  const at = await circleOfTwo(browser, { proxy: wire.settings })
  const { amal, bea } = at
  const disk = (full: boolean): Promise<void> =>
    amal.page.evaluate((is) => new BroadcastChannel('disk').postMessage(is), full)
  await amal.page.goto('/agenda')
  await unlock(amal)
  await disk(true)
  await amal.write(t('encounter.addLabel'), 'Written on a full disk')
  await amal.button(t('encounter.add'))
  await amal.sees(t('failure.StorageFull'))
  await expect(amal.field(t('encounter.addLabel'))).toHaveValue('Written on a full disk')
  await expect(amal.page.locator('.agenda-line')).toHaveCount(0)
  // not even a lock loses it, though it could not be saved
  await amal.tab(t('shell.tab.more'))
  await amal.button(t('shell.lockNow'))
  await disk(false)
  await unlock(amal)
  await amal.page.goBack()
  await expect(amal.field(t('encounter.addLabel'))).toHaveValue('Written on a full disk')
  await amal.button(t('encounter.add'))
  await expect(amal.page.locator('.agenda-line')).toHaveCount(1)
  await expect(amal.page.locator('.agenda-line')).toContainText(t('components.noWordYet', { name: 'Bea' }))
  await expect.poll(() => Object.keys(bea.circle.state.encounter.agenda).length).toBe(1)
  at.watched.clean()
  await at.end()
  await wire.close()
})

test('a browser that keeps nothing: a page can still be read, and a yes is refused with nothing lost', async ({
  browser,
}) => {
  const relay = await startRelayProcess()
  const bea = await practitioner(relay)
  const link = await newLink(bea)
  const wire = await openWire()
  wire.inWorker(`IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError') };`)
  const { actor: amal, context, watched } = await visitor(browser, relay, { proxy: wire.settings })
  await amal.page.goto('/')
  await amal.heading(t('begin.noStorage.title'))
  await amal.sees(t('begin.noStorage.why', { why: 'refused' }))
  await amal.sees(t('begin.noStorage.safe'))
  await amal.sees(t('begin.noStorage.refused1'))

  await amal.page.goto('/blank.html')
  await amal.page.goto(link)
  await amal.heading('Bea')
  await amal.link(t('meet.yes'))
  await amal.pick(t('meet.limitsRead'))
  await amal.write(t('meet.called'), 'Amal')
  await amal.write(t('meet.passphrase'), PASSPHRASE)
  await amal.button(t('meet.found'))
  await amal.sees(t('failure.StorageRefused'))
  await expect(amal.field(t('meet.called'))).toHaveValue('Amal')
  await expect(amal.field(t('meet.passphrase'))).toHaveValue(PASSPHRASE)
  // the place was not used up by it
  const { actor: other, context: elsewhere } = await visitor(browser, relay)
  await comeIn(other, link)
  watched.clean()
  await elsewhere.close()
  await context.close()
  await bea.api.lock()
  await relay.stop()
  await wire.close()
})

test('an address that is not protected is refused before anything can be typed', async ({ browser }) => {
  const relay = await startRelayProcess()
  // by the relay, in every language, when it can tell
  const wire = await openWire()
  const origin = relay.url.replace('127.0.0.1', 'alongside.example')
  const { actor: amal, context } = await visitor(browser, { ...relay, url: origin }, { proxy: wire.settings })
  await amal.page.goto('/start')
  await expect(amal.page.locator('section')).toHaveCount(3)
  await expect(amal.page.locator('section[lang=ar]')).toHaveAttribute('dir', 'rtl')
  await expect(amal.page.locator('input, textarea, script')).toHaveCount(0)
  await context.close()

  // by the app itself where the relay cannot, behind somebody's proxy
  const { actor: other, context: open, watched } = await visitor(browser, relay)
  await open.addInitScript(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }))
  for (const path of ['/', '/start', '/meet', '/notes']) {
    await other.page.goto(path)
    await other.heading(t('begin.noStorage.title'))
    await other.sees(t('begin.noStorage.why', { why: 'insecure' }))
    await other.sees(t('begin.noStorage.insecure2'))
    await expect(other.page.locator('input, textarea')).toHaveCount(0)
  }
  watched.clean()
  await open.close()
  await relay.stop()
  await wire.close()
})

test('a relay that talks nonsense breaks nothing: work goes on, and reaches it when it makes sense again', async ({
  browser,
}) => {
  const wire = await openWire()
  const at = await circleOfTwo(browser, { proxy: wire.settings })
  const { amal, bea } = at
  await amal.page.goto('/agenda')
  await unlock(amal)
  let spoiled = 0
  for (const [name, spoil] of [
    // the last byte of every frame is another
    ['flipped', (bytes: Buffer) => Buffer.from(bytes.map((byte, n) => (n === bytes.length - 1 ? byte ^ 0x55 : byte)))],
    // a whole frame, of nothing that means anything
    ['nonsense', () => Buffer.concat([Buffer.from([0x82, 6]), Buffer.from([0xff, 0x00, 0x9f, 0x01, 0xa1, 0x7f])])],
    // no frame at all
    ['broken', () => Buffer.from([0xff, 0xff, 0xff, 0xff])],
    // a text where bytes belong
    ['text', () => Buffer.concat([Buffer.from([0x81, 5]), Buffer.from('hello')])],
  ] as const) {
    await test.step(name, async () => {
      wire.spoil((bytes) => {
        spoiled += 1
        return spoil(bytes)
      })
      const before = spoiled
      await amal.write(t('encounter.addLabel'), `While it was ${name}`)
      await amal.button(t('encounter.add'))
      await expect(amal.page.locator('.agenda-line', { hasText: `While it was ${name}` })).toHaveCount(1)
      await expect.poll(() => spoiled).toBeGreaterThan(before)
      await expect(amal.page.getByRole('heading', { level: 1, name: t('encounter.agenda') })).toBeVisible()
    })
  }
  wire.spoil(null)
  wire.cut()
  wire.mend()
  for (const name of ['flipped', 'nonsense', 'broken', 'text'])
    await expect(amal.page.locator('.agenda-line', { hasText: `While it was ${name}` })).toContainText(
      t('components.noWordYet', { name: 'Bea' }),
    )
  expect(await bea.until((seat) => Object.keys(seat.circle.state.encounter.agenda).length === 4)).toBe(true)
  at.watched.clean()
  await at.end()
  await wire.close()
})
