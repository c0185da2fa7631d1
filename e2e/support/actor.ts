/**
 * Somebody at a screen: finds things by role and name as a screen reader says them, by touch or by keyboard alone. At
 * every screen it can be asked to look: axe on the phone's width and on a wide screen, in the direction of the language.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const PHONE = { width: 390, height: 844 }
export const WIDE = { width: 1280, height: 800 }

const pictures = resolve(import.meta.dirname, '../pictures')

export type Hands = 'touch' | 'keyboard'
type Role = Parameters<Page['getByRole']>[0]

/** The most Tab presses before something counts as out of reach. */
const REACH = 400

export class Actor {
  readonly name: string
  readonly page: Page
  readonly hands: Hands
  /** Folder of pictures for the README; null takes none. */
  pictures = false
  private readonly seen = new Set<string>()

  constructor(name: string, page: Page, hands: Hands) {
    this.name = name
    this.page = page
    this.hands = hands
  }

  static async arrive(name: string, context: BrowserContext, hands: Hands): Promise<Actor> {
    const page = await context.newPage()
    page.on('pageerror', (error) => {
      throw new Error(`${name}'s page broke: ${error.message}`)
    })
    return new Actor(name, page, hands)
  }

  /** The same somebody at another tab of the same browser. */
  beside(context: BrowserContext): Promise<Actor> {
    return Actor.arrive(this.name, context, this.hands)
  }

  /** A thing on the screen by its role and whole name; the first where a name stands more than once. */
  the(role: Role, name: string, within: Page | Locator = this.page): Locator {
    return within.getByRole(role, { name, exact: true }).first()
  }

  field(label: string, within: Page | Locator = this.page): Locator {
    return within.getByLabel(label, { exact: true }).first()
  }

  /** Presses a button, link, tab or box. */
  async press(target: Locator): Promise<void> {
    await target.waitFor()
    if (this.hands === 'touch') return target.click()
    await this.reach(target)
    const key = await target.evaluate((element) => (element instanceof HTMLAnchorElement ? 'Enter' : 'Space'))
    await this.page.keyboard.press(key)
  }

  button(name: string, within?: Locator): Promise<void> {
    return this.press(this.the('button', name, within))
  }

  link(name: string, within?: Locator): Promise<void> {
    return this.press(this.the('link', name, within))
  }

  /** Opens what is folded. */
  async unfold(summary: string): Promise<void> {
    const target = this.page.locator('summary', { hasText: summary }).first()
    await target.waitFor()
    if (await target.evaluate((element) => element.parentElement?.hasAttribute('open') === true)) return
    await this.press(target)
  }

  async fill(target: Locator, text: string): Promise<void> {
    await target.waitFor()
    if (this.hands === 'touch') return target.fill(text)
    await this.reach(target)
    const type = await target.getAttribute('type')
    if (type === 'date' || type === 'time') return target.fill(text) // the picker's own keys differ by locale
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.type(text)
  }

  write(label: string, text: string, within?: Locator): Promise<void> {
    return this.fill(this.field(label, within), text)
  }

  /** Picks one of a group of radio buttons. */
  async pick(option: string, within: Page | Locator = this.page): Promise<void> {
    const target = within.getByRole('radio', { name: option }).first()
    await target.waitFor()
    if (this.hands === 'touch') return target.check()
    const group = await target.getAttribute('name')
    await this.reachAny(this.page.locator(`input[type=radio][name="${group ?? ''}"]`))
    for (let i = 0; i < 40; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) break
      await this.page.keyboard.press('ArrowDown')
    }
    await this.page.keyboard.press('Space')
    await expect(target).toBeChecked()
  }

  async tick(label: string): Promise<void> {
    const target = this.page.getByRole('checkbox', { name: label }).first()
    if (await target.isChecked()) return
    if (this.hands === 'touch') return target.check()
    await this.reach(target)
    await this.page.keyboard.press('Space')
  }

  /** One of the four tabs. */
  async tab(name: string): Promise<void> {
    await this.press(this.page.getByRole('navigation').getByRole('link', { name, exact: true }))
    await this.heading()
  }

  /** Waits for the screen's heading. */
  async heading(name?: string): Promise<void> {
    const heading = this.page.getByRole('heading', { level: 1, ...(name === undefined ? {} : { name, exact: true }) })
    await heading.first().waitFor()
  }

  async sees(text: string): Promise<void> {
    await expect(this.page.getByText(text).first()).toBeVisible()
  }

  async seesNot(text: string): Promise<void> {
    await expect(this.page.getByText(text)).toHaveCount(0)
  }

  /** Looks at the screen: axe at both widths, one h1, no sideways scroll; once for each name. */
  async look(name: string): Promise<void> {
    if (this.seen.has(name)) return
    this.seen.add(name)
    await this.heading()
    for (const size of [WIDE, PHONE]) {
      await this.page.setViewportSize(size)
      const found = await new AxeBuilder({ page: this.page }).analyze()
      const problems = found.violations.map(
        (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`,
      )
      expect(problems, `axe on “${name}” at ${size.width}`).toEqual([])
      const sideways = await this.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(sideways, `“${name}” scrolls sideways at ${size.width}`).toBeLessThanOrEqual(1)
      if (this.pictures) {
        mkdirSync(pictures, { recursive: true })
        await this.page.screenshot({ path: join(pictures, `${name}-${size.width}.png`) })
      }
    }
    expect(await this.page.title()).toBe('Alongside')
    expect(await this.page.getByRole('heading', { level: 1 }).count()).toBe(1)
  }

  private async reach(target: Locator): Promise<void> {
    await target.waitFor()
    for (let i = 0; i < REACH; i++) {
      if (await target.evaluate(isFocusedFor2Frames)) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`${this.name} cannot reach ${target} by keyboard`)
  }

  private async reachAny(targets: Locator): Promise<void> {
    for (let i = 0; i < REACH; i++) {
      if (await targets.evaluateAll((all) => all.some((one) => one === document.activeElement))) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`${this.name} cannot reach ${targets} by keyboard`)
  }
}

/** Whether an element has the focus, and keeps it while the screen settles: a new screen moves it to its heading. */
async function isFocusedFor2Frames(element: Element): Promise<boolean> {
  for (let frame = 0; frame < 2; frame++) {
    if (element !== document.activeElement) return false
    await new Promise(requestAnimationFrame)
  }
  return element === document.activeElement
}
