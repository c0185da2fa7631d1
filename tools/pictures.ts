/**
 * `npm run pictures`: makes the README's pictures anew. The browser story takes a picture of every screen it passes; this
 * plays it in English and Arabic and keeps the few that the README shows.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** Names as the story gives them, with the width. */
export const SHOWN = [
  'meet-390',
  'today-full-390',
  'agreement-390',
  'note-ar-390',
  'check-in-shown-390',
  'today-practitioner-1280',
] as const

function play(): number {
  const playwright = join(root, 'node_modules/@playwright/test/cli.js')
  const run = spawnSync(
    process.execPath,
    [playwright, 'test', '-c', 'e2e/playwright.config.ts', 'story', '-g', 'in (en|ar), by touch'],
    { cwd: root, stdio: 'inherit' },
  )
  return run.status ?? 1
}

if (import.meta.main) {
  const status = play()
  if (status !== 0) process.exit(status)
  mkdirSync(join(root, 'docs/pictures'), { recursive: true })
  for (const name of SHOWN)
    copyFileSync(join(root, 'e2e/pictures', `${name}.png`), join(root, 'docs/pictures', `${name}.png`))
}
