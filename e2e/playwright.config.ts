/**
 * Journeys in real Chromium: two people, two browser profiles, one relay process each. Debian's own Chromium is used;
 * nothing is downloaded. Every wait has a limit.
 */
import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const found = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path))
if (found === undefined) throw new Error('No Chromium was found. Set CHROMIUM_PATH to one.')

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 600_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  retries: 0,
  reporter: [['list']],
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    serviceWorkers: 'allow',
    launchOptions: {
      executablePath: found,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
