import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromHex, toHex } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import { noAnswers, type Item } from '@alongside/practice/check-in/answers.ts'
import { decodeEntry } from '@alongside/record/entry.ts'
import { startTestRelay, type TestRelay } from '@alongside/relay/testing/relay.ts'
import { startEvilRelay } from '../testing/evil-relay.ts'
import { item, someId } from '../testing/pair.ts'
import { circleOf, close, inStep, metBy, openView, PASS, type Meeting } from '../testing/meet.ts'
import { until } from '../testing/world.ts'
import type { TakenOut } from './data.ts'
import { TAKE_OUT_WORDS, type TakeOutTexts, type TakeOutWords } from './words.ts'

let relay: TestRelay
let meeting: Meeting

beforeEach(async () => {
  relay = await startTestRelay()
  meeting = await metBy(relay)
})
afterEach(async () => {
  await close(meeting)
  await relay.remove()
})

const words = Object.fromEntries(TAKE_OUT_WORDS.map((word) => [word, `[${word}]`])) as unknown as TakeOutWords
const answersTo = (item: Item) => ['No', 'A little', 'In part', 'Mostly', 'Yes'].map((word) => `${item}: ${word}.`)
const texts: TakeOutTexts = {
  words,
  sections: ['Time'],
  ready: {},
  steps: { slowDown: 'Slow down' },
  answers: {
    worth: answersTo('worth'),
    voice: answersTo('voice'),
    open: answersTo('open'),
    choice: answersTo('choice'),
    free: answersTo('free'),
  },
  nothingToChoose: 'Nothing to choose.',
}
const ENCOUNTER = someId(7)
const BLOCK = someId(8)

async function life(): Promise<void> {
  const { amal, bea } = meeting
  const circle = circleOf(amal).id
  const met = { type: 'EncounterMet', encounter: ENCOUNTER } as const
  const text = 'We <b>met</b> & talked.'
  must(
    await amal.api.act(circle, [
      { ...met, type: 'EncounterPlanned', day: '2026-03-05', time: null, place: 'Library', way: 'visit' },
      met,
      item(9, 'The bus & the rent'),
      {
        type: 'BlockOffered',
        encounter: ENCOUNTER,
        block: BLOCK,
        kind: 'shared',
        text,
        language: 'en',
        spans: [{ member: circleOf(amal).me, length: text.length }],
        replaces: null,
        readBy: null,
      },
      { type: 'PromiseMade', promise: someId(10), text: 'Call the office', due: '2026-03-09', encounter: ENCOUNTER },
    ]),
  )
  await inStep(meeting)
  must(await bea.api.act(circle, [{ type: 'BlockDiffers', block: BLOCK, words: 'I heard it otherwise.' }]))
  must(await amal.api.sealCheckIn(circle, ENCOUNTER, { ...noAnswers, oneStep: 'slowDown', line: 'private line' }))
  await inStep(meeting)
}

const taken = async (who: 'amal' | 'bea', signatures = false, language = 'en') => {
  const { api } = meeting[who]
  const { page, json } = must(await api.takeOut(circleOf(meeting[who]).id, { signatures, language, texts }))
  return { page, json, data: JSON.parse(json) as TakenOut }
}

type Schema = {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly properties?: { readonly [name: string]: Schema }
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly $ref?: string
  readonly $defs?: { readonly [name: string]: Schema }
}
const schema = JSON.parse(
  readFileSync(new URL('../../../../docs/schema/take-out-1.json', import.meta.url), 'utf8'),
) as Schema

/** Where a value does not fit the published schema; the part of JSON Schema that the schema uses. */
function misfits(value: unknown, rule: Schema, at = ''): readonly string[] {
  if (rule.$ref !== undefined) return misfits(value, schema.$defs?.[rule.$ref.slice('#/$defs/'.length)] ?? {}, at)
  if (rule.anyOf !== undefined) return rule.anyOf.some((one) => misfits(value, one).length === 0) ? [] : [at]
  if (rule.const !== undefined && rule.const !== value) return [at]
  if (rule.enum !== undefined && !rule.enum.includes(value)) return [at]
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  const kinds = rule.type === undefined ? [kind] : [rule.type].flat().map((one) => (one === 'integer' ? 'number' : one))
  if (!kinds.includes(kind)) return [at]
  if (rule.pattern !== undefined && !new RegExp(rule.pattern).test(String(value))) return [at]
  if (Array.isArray(value)) return value.flatMap((one, i) => misfits(one, rule.items ?? {}, `${at}[${i}]`))
  if (kind !== 'object') return []
  const fields = value as { readonly [name: string]: unknown }
  const missing = (rule.required ?? []).filter((name) => !(name in fields)).map((name) => `${at}.${name} is missing`)
  const inside = Object.entries(fields).flatMap(([name, one]) => {
    const known = rule.properties?.[name]
    if (known !== undefined) return misfits(one, known, `${at}.${name}`)
    return rule.additionalProperties === false ? [`${at}.${name} is not in the schema`] : []
  })
  return [...missing, ...inside]
}

describe('taking the record out', () => {
  it('ADV-8 brings along the proof that the relay signed two heads for one position, when it did', async () => {
    const evil = await startEvilRelay()
    const there = await metBy({ ...evil.honest, url: evil.url })
    const { id } = circleOf(there.bea)
    const box = there.bea.api.device.core()?.circles.get(id)?.boxId ?? ''
    const take = async () => must(await there.bea.api.takeOut(id, { signatures: false, language: 'en', texts })).json
    expect(JSON.parse(await take())).not.toHaveProperty('relayContradicted')
    evil.know('bea', there.bea.world.net)
    evil.misstateHead(['bea'], box, ({ seq }) => ({ seq, hash: new Uint8Array(32).fill(7) }))
    await until(there.time, 'Bea is told', () => circleOf(there.bea).alarms.length > 0)
    const data = JSON.parse(await take()) as TakenOut
    expect(misfits(data, schema)).toEqual([])
    expect(data.relayContradicted).toMatchObject({ boxId: box, other: { hash: '07'.repeat(32) } })
    await close(there)
    await evil.remove()
  })

  it('the file fits the published schema and holds every entry in order', async () => {
    await life()
    for (const signatures of [false, true]) {
      const { data } = await taken('amal', signatures)
      expect(misfits(data, schema)).toEqual([])
      expect(data.entries.map(({ seq }) => seq)).toEqual(data.entries.map((_, i) => i + 1))
      expect(data.entries.length).toBe(circleOf(meeting.amal).sync.head)
    }
    const wrong = { ...(await taken('amal')).data, version: 2, extra: true }
    expect(misfits(wrong, schema)).toEqual(['.version', '.extra is not in the schema'])
  })

  it('the page reads without scripts or a network, with everybody’s words under their names, nothing unescaped', async () => {
    await life()
    const { page } = await taken('amal')
    expect(page).not.toMatch(/<script|https?:|src=|href=|@import|url\(/i)
    expect(page).toContain('We &lt;b&gt;met&lt;/b&gt; &amp; talked.')
    expect(page).not.toContain('<b>met')
    for (const said of ['I heard it otherwise.', 'Call the office', 'The bus &amp; the rent', 'Yours.', 'Slow down'])
      expect(page).toContain(said)
    expect(page).toContain('<bdi>Bea</bdi>')
    expect((await taken('amal', false, 'ar')).page).toContain('<html lang="ar" dir="rtl">')
  })

  it('signatures go along only by choice, and then prove who said what', async () => {
    await life()
    expect((await taken('amal')).json).not.toContain('"signed"')
    const { data } = await taken('amal', true)
    for (const { signed, member, type } of data.entries) {
      expect(signed === undefined).toBe(type === 'Rekeyed')
      if (signed === undefined) continue
      const entry = must(decodeEntry(fromHex(signed) ?? new Uint8Array()))
      expect(entry.signature).toHaveLength(64)
      expect(member).not.toBeNull()
    }
  })

  it('no secret of the circle is in what is taken out, with signatures or without', async () => {
    await life()
    must(await meeting.amal.api.renewKeys(circleOf(meeting.amal).id, PASS))
    await until(meeting.time, 'the new epoch stands', () => circleOf(meeting.amal).state.people.epoch === 2)
    await inStep(meeting)
    const json = (await taken('amal')).json + (await taken('amal', true)).json
    const circle = meeting.amal.api.device.core()?.circles.get(circleOf(meeting.amal).id)
    for (const secret of circle?.secrets().values() ?? []) expect(json).not.toContain(toHex(secret))
    for (const key of [circle?.deviceKeys.signing.secretKey, circle?.deviceKeys.kem.secretKey])
      expect(json).not.toContain(toHex(key ?? new Uint8Array(1)))
  })

  it('a private answer is in what its author takes out, and in nobody else’s', async () => {
    await life()
    expect((await taken('amal')).json).toContain('private line')
    const other = await taken('bea')
    expect(other.json + other.page).not.toContain('private line')
  })

  it('answers stand there in their own words, never as a number out of another', async () => {
    await life()
    const { amal } = meeting
    const again = someId(70)
    must(
      await amal.api.act(circleOf(amal).id, [
        { type: 'EncounterPlanned', encounter: again, day: null, time: null, place: '', way: 'visit' },
        { type: 'EncounterMet', encounter: again },
      ]),
    )
    const items = { worth: 0, voice: 3, open: null, choice: null, free: 4 }
    must(await amal.api.sealCheckIn(circleOf(amal).id, again, { ...noAnswers, items, nothingToChoose: true }))
    const { page } = await taken('amal')
    for (const said of ['worth: No.', 'voice: Mostly.', '[openItem]: [skipped]', 'Nothing to choose.', 'free: Yes.'])
      expect(page).toContain(said)
    expect(page).not.toMatch(/\d ?\/ ?4/)
  })

  it('private notes are in a copy of one’s own, and in no copy of a circle', async () => {
    await life()
    const { amal } = meeting
    const { own } = openView(amal)
    const note = { type: 'PrivateNoteKept', note: someId(71), text: 'Mine <i>alone</i>', about: null } as const
    must(await amal.api.act(own.id, [note]))
    const mine = must(await amal.api.takeOut(own.id, { signatures: false, language: 'en', texts }))
    expect(mine.page).toContain('Mine &lt;i&gt;alone&lt;/i&gt;')
    expect(misfits(JSON.parse(mine.json), schema)).toEqual([])
    const { page, json } = await taken('amal')
    expect(page + json).not.toContain('alone')
  })

  it('works without a line, with what waits here in it', async () => {
    meeting.amal.world.net.isUp = false
    meeting.amal.world.net.cut()
    must(await meeting.amal.api.act(circleOf(meeting.amal).id, [item(77, 'said offline')]))
    expect((await taken('amal')).page).toContain('said offline')
    expect((await taken('amal')).json).toContain('said offline')
    meeting.amal.world.net.isUp = true
  })
})
