import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@alongside/base/bytes.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { envelope, found, knock, testKey } from './testing/device.ts'

const main = join(import.meta.dirname, 'main.ts')
const boxId = toHex(new Uint8Array(16).fill(7))
const cap = testKey(1)

let folder: string
let running: Started[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alongside-main-'))
  running = []
})
afterEach(async () => {
  for (const { child, exit } of running) {
    child.kill('SIGKILL')
    await exit
  }
  rmSync(folder, { recursive: true })
})

interface Started {
  readonly child: ChildProcess
  readonly exit: Promise<number | null>
  readonly output: () => string
}

function run(args: readonly string[], env: Record<string, string> = {}, program = main): Started {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ALONGSIDE_PORT: '0', ALONGSIDE_DATA: folder, ALONGSIDE_WEB: '', ...env },
  })
  let text = ''
  child.stdout.on('data', (data) => (text += String(data)))
  child.stderr.on('data', (data) => (text += String(data)))
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve))
  const started = { child, exit, output: () => text }
  running.push(started)
  return started
}

/** Starts a relay process and waits for the line with its address. */
async function start(program = main) {
  const started = run([], {}, program)
  const url = await new Promise<string>((resolve, reject) => {
    started.child.stdout?.on('data', () => {
      const said = /relay at (http:\S+)/.exec(started.output())?.[1]
      if (said !== undefined) resolve(said)
    })
    void started.exit.then(() => reject(new Error(started.output())))
  })
  return { ...started, url }
}

describe('the relay as a process', () => {
  it('ADV-94 ADV-95 killed at any moment, has kept everything it acknowledged; what is sent again keeps its place', async () => {
    const acknowledged = new Map<number, number>()
    let receipt: Uint8Array | null = null
    let next = 0
    for (let round = 0; round < 3; round++) {
      const relay = await start()
      if (round === 0) expect((await found(relay.url, { boxId, capPk: cap.pk })).status).toBe(201)
      const device = await knock(relay.url, { boxId, cap })
      // Everything sent so far and not known to be kept, and some more; then the plug is pulled in the middle.
      const unsure = Array.from({ length: next }, (_, i) => i).filter((i) => !acknowledged.has(i))
      const fresh = Array.from({ length: 60 }, (_, i) => next + i)
      next += 60
      const asked = [...unsure, ...fresh].map(async (i) => {
        const answer = await device.ask('append', { envelopes: [envelope(`entry ${i};`)] })
        if (answer.type !== 'appended') throw new Error(answer.type)
        acknowledged.set(i, answer.body.seqs[0] as number)
        receipt ??= answer.body.receipt
        if (acknowledged.size % 60 === 30) relay.child.kill('SIGKILL')
      })
      await Promise.allSettled(asked)
      relay.child.kill('SIGKILL')
      await relay.exit
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(30)
    const relay = await start()
    const device = await knock(relay.url, { boxId, cap })
    for (const [i, seq] of acknowledged) {
      const again = await device.ask('append', { envelopes: [envelope(`entry ${i};`)] })
      expect(again).toMatchObject({ type: 'appended', body: { seqs: [seq] } })
      if (seq === 1) expect(again.type === 'appended' && again.body.receipt).toEqual(receipt)
    }
    expect(new Set(acknowledged.values()).size).toBe(acknowledged.size)
  })

  it('ADV-94 killed between write and reply, gives the same place and receipt when asked again', async () => {
    const dying = await start(join(import.meta.dirname, 'testing/dying-relay.ts'))
    expect((await found(dying.url, { boxId, capPk: cap.pk })).status).toBe(201)
    const lost = await knock(dying.url, { boxId, cap })
    await expect(lost.ask('append', { envelopes: [envelope('a'), envelope('b')] })).rejects.toThrow('closed before')
    await dying.exit
    const relay = await start()
    const device = await knock(relay.url, { boxId, cap })
    expect(device.welcome?.seq).toBe(2)
    const again = await device.ask('append', { envelopes: [envelope('a'), envelope('b')] })
    expect(again).toMatchObject({ type: 'appended', body: { seqs: [1, 2], hash: device.welcome?.hash } })
    expect(again.type === 'appended' && again.body.receipt).toEqual(device.welcome?.receipt)
  })

  it('stops cleanly when asked to, and leaves its log in the file', async () => {
    const relay = await start()
    await found(relay.url, { boxId, capPk: cap.pk })
    const device = await knock(relay.url, { boxId, cap })
    await device.ask('append', { envelopes: [envelope('a')] })
    relay.child.kill('SIGTERM')
    expect(await relay.exit).toBe(0)
    expect(await device.closed).toBe(4503)
    expect(readdirSync(folder).sort()).toEqual(['boxes.db', 'places.db', 'relay.key'])
  })

  it('says in its output where it is, and nothing of who uses it', async () => {
    const relay = await start()
    await found(relay.url, { boxId, capPk: cap.pk })
    const device = await knock(relay.url, { boxId, cap })
    await device.ask('append', { envelopes: [envelope('a')] })
    device.raw(new Uint8Array(3))
    await device.closed
    relay.child.kill('SIGTERM')
    await relay.exit
    const lines = relay.output().trim().split('\n').sort()
    expect(lines).toEqual([
      `Alongside relay at ${relay.url}`,
      '{"type":"Started","wireVersion":1}',
      '{"type":"Stopped"}',
    ])
  })

  it('prints all that its files hold, also while it runs', async () => {
    const relay = await start()
    await found(relay.url, { boxId, capPk: cap.pk })
    const device = await knock(relay.url, { boxId, cap })
    await device.ask('append', { envelopes: [envelope('a'), envelope('b')] })
    const inspect = run(['inspect'])
    expect(await inspect.exit).toBe(0)
    expect(inspect.output()).toContain('boxes.db entries: 2 rows')
    expect(inspect.output()).toContain(`box=${boxId} seq=1`)
    expect(inspect.output()).toContain('envelope=590 bytes 616161616161616161616161…')
    expect(inspect.output()).toContain('places.db messages: 0 rows, 0 bytes')
  })

  it('does not start on settings that make no sense, and says which', async () => {
    const wrong = run([], { ALONGSIDE_PORT: 'x', ALONGSIDE_HOST: '0.0.0.0' })
    expect(await wrong.exit).toBe(2)
    expect(wrong.output()).toMatch(/ALONGSIDE_CODE[^]*ALONGSIDE_PORT/)
    const unknown = run(['sing'])
    expect(await unknown.exit).toBe(2)
    const nothing = run(['inspect'], { ALONGSIDE_DATA: join(folder, 'none') })
    expect(await nothing.exit).toBe(1)
  })

  it('keeps its key as 32 bytes and nothing else in that file', async () => {
    const relay = await start()
    relay.child.kill('SIGTERM')
    await relay.exit
    expect(readFileSync(join(folder, 'relay.key')).length).toBe(32)
  })
})
