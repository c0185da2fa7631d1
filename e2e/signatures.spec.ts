/**
 * The verification of signatures in Chromium: the same module as in the app's worker, built the same way, is asked about every
 * case on which libraries part ways, and must say what Node says (SPEC CRY-2, CRY-3).
 */
import { expect, test, type Page } from '@playwright/test'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'vite'
import { toHex } from '@alongside/base/bytes.ts'
import { verifySync } from '@alongside/record/crypto.ts'
import { signatureCases } from '../packages/record/test/signature-cases.ts'
import { wycheproof } from '../packages/record/test/third-party.ts'
import { watchful } from './support/watchful.ts'
import type { Asked, Said } from './support/verdicts.ts'

/** The worker's code, with the targets of the app's own build. */
async function builtWorker(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '..'),
    build: {
      write: false,
      target: ['es2020', 'chrome87', 'safari14', 'firefox78'],
      rolldownOptions: { input: join(import.meta.dirname, 'support/verdicts.ts') },
    },
  })
  const outputs = Array.isArray(made) ? made : 'output' in made ? [made] : []
  const code = outputs.flatMap(({ output }) => output).find((one) => one.type === 'chunk')?.code
  if (code === undefined) throw new Error('nothing was built')
  return code
}

/** A page of our own on this machine, with the worker beside it. */
async function served(code: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isCode = request.url === '/verdicts.js'
    response.setHeader('content-type', isCode ? 'text/javascript' : 'text/html')
    response.end(isCode ? code : '<!doctype html><link rel="icon" href="data:,"><title>Signatures</title>')
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => void server.close(() => done())),
  }
}

const ask = (page: Page, cases: readonly Asked[]): Promise<readonly Said[]> =>
  page.evaluate(
    (sent) =>
      new Promise<readonly Said[]>((resolve, reject) => {
        const worker = new Worker('/verdicts.js', { type: 'module' })
        worker.addEventListener('message', (event: MessageEvent<readonly Said[]>) => resolve(event.data))
        worker.addEventListener('error', (event) => reject(new Error(event.message)))
        worker.postMessage(sent)
      }),
    cases,
  )

test('[CRY-2] [CRY-3] ADV-42 ADV-43 Chromium gives every signature the verdict that Node gives it, and its own yes is never alone', async ({
  browser,
}) => {
  const made = signatureCases().map(({ kind, publicKey, message, signature }) => ({
    kind: kind as string,
    asked: [toHex(publicKey), toHex(message), toHex(signature)] as const,
    byNode: verifySync(publicKey, message, signature),
  }))
  const published = wycheproof('ed25519').map(({ tcId, msg, sig, group }) => ({
    kind: `Wycheproof ${tcId}`,
    asked: [group.publicKey.pk, msg, sig] as const,
    byNode: verifySync(
      ...([group.publicKey.pk, msg, sig].map((text) => Buffer.from(text, 'hex')) as [Buffer, Buffer, Buffer]),
    ),
  }))
  const cases = [...made, ...published]
  const site = await served(await builtWorker())
  const context = await browser.newContext()
  const watched = await watchful(context, site.url)
  const page = await context.newPage()
  await page.goto(site.url)
  const said = await ask(
    page,
    cases.map(({ asked }) => asked),
  )
  expect(said).toHaveLength(cases.length)
  let accelerated = 0
  let ruleAlone = 0
  for (const [i, { kind, byNode }] of cases.entries()) {
    const [rule, platform, both] = said[i] as Said
    expect(rule, `${i}, ${kind}`).toBe(byNode)
    expect(both, `${i}, ${kind}`).toBe(byNode)
    if (platform) expect(rule, `${i}, ${kind}`).toBe(true)
    if (platform) accelerated++
    else if (rule) ruleAlone++
  }
  // it bites: this Chromium has the accelerator, and it refuses much that the rule accepts
  expect(accelerated).toBeGreaterThan(100)
  expect(ruleAlone).toBeGreaterThan(100)
  watched.clean()
  await context.close()
  await site.close()
})
