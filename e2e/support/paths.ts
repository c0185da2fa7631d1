/** The path of every screen there is: the shell's own, and what each practice's `screens.ts` says. */
import type { Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const practices = resolve(import.meta.dirname, '../../apps/web/src/practices')

const OWN = ['/', '/notes', '/plan', '/more', '/about', '/settings', '/link', '/start', '/nowhere']

/** Every path with its named parts filled in. */
export function everyPath(ids: Readonly<Record<string, string>>): readonly string[] {
  const files = readdirSync(practices).map((folder) => join(practices, folder, 'screens.ts'))
  const paths = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map((hit) => hit[1]),
  )
  return [...OWN, ...paths.map(String)].map((pattern) =>
    pattern.replace(/:(\w+)/g, (_all, name: string) => ids[name] ?? '1'),
  )
}

/** Goes to a screen as Back and Forward do, without a new start of the app. */
export async function arriveAt(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}
