import { toHex, utf8 } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor, type Plain } from '@alongside/base/cbor.ts'
import { must } from '@alongside/base/result.ts'
import { kemKeys } from '@alongside/record/crypto.ts'
import { systemRandom as random } from '@alongside/base/world.ts'
import { expect, it } from 'vitest'
import { memoryStore, type Disk } from './store/memory.ts'
import { ARGON_FLOOR, createVault, openVault, vaultAt, type Argon } from './vault.ts'

const argon: Argon = { memoryKiB: 64, iterations: 1, lanes: 1 }
const PASS = 'three blue boats'

const made = async (disk: Disk = new Map()) => {
  const store = memoryStore(disk)
  const { vault, finish } = must(await createVault(store, { passphrase: PASS, language: 'en' }, { random, argon }))
  must(await finish())
  return { disk, store, vault }
}

/** Whether text lies anywhere on a disk, as UTF-8, as UTF-16 or as hexadecimal, in keys or values. */
const liesOpen = (disk: Disk, text: string): boolean => {
  const wide = toHex(Uint8Array.from(Array.from(text, (c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]).flat()))
  return [...disk].some(([key, value]) => {
    const hex = toHex(value)
    return key.includes(text) || hex.includes(toHex(utf8(text))) || hex.includes(wide)
  })
}

it('opens with the passphrase, also when it was typed in another normal form, and not with another', async () => {
  const store = memoryStore()
  const first = must(await createVault(store, { passphrase: 'caf\u00e9 au lait', language: 'fr' }, { random, argon }))
  must(await first.vault.sealed.write([{ area: 'a', name: 'n', value: utf8('kept') }]))
  expect(must(await vaultAt(store))).toBeNull()
  must(await first.finish())
  const again = must(await openVault(store, 'cafe\u0301 au lait', { random, argon }))
  expect(must(await again.sealed.get('a', 'n'))).toEqual(utf8('kept'))
  expect(await openVault(store, 'cafe au lait', { random, argon })).toEqual({
    ok: false,
    error: { type: 'WrongPassphrase' },
  })
})

it('refuses a passphrase that is too short', async () => {
  const refused = await createVault(memoryStore(), { passphrase: 'short', language: 'en' }, { random, argon })
  expect(refused).toEqual({ ok: false, error: { type: 'PassphraseTooShort', least: 8 } })
})

it('tells without the passphrase only that there is a vault and its language', async () => {
  expect(must(await vaultAt(memoryStore()))).toBeNull()
  const { store } = await made()
  expect(must(await vaultAt(store))).toEqual({ language: 'en' })
})

it('ADV-56 a header with weaker parameters than the floor opens for nobody', async () => {
  const { store } = await made()
  expect(await openVault(store, PASS, { random, argon: ARGON_FLOOR })).toEqual({
    ok: false,
    error: { type: 'WrongPassphrase' },
  })
})

it('a locked store shows no plaintext, in any encoding, in keys or values', async () => {
  const { disk, vault } = await made()
  must(await vault.sealed.write([{ area: 'circle of Amal', name: 'Amal says', value: utf8('meet Tuesday') }]))
  for (const text of ['circle of Amal', 'Amal says', 'meet Tuesday', PASS]) expect(liesOpen(disk, text)).toBe(false)
  expect(must(await vault.sealed.list('circle of Amal'))).toEqual([{ name: 'Amal says', value: utf8('meet Tuesday') }])
})

it('a value moved to another key does not open', async () => {
  const { disk, store, vault } = await made()
  must(await vault.sealed.write([{ area: 'a', name: 'one', value: utf8('1') }]))
  must(await vault.sealed.write([{ area: 'a', name: 'two', value: utf8('2') }]))
  const keys = [...disk.keys()].filter((key) => key.includes('/'))
  const [one, two] = keys as [string, string]
  must(await store.write([{ key: one, value: disk.get(two) ?? null }]))
  expect((await vault.sealed.list('a')).ok).toBe(false)
})

it('what lies under the second lock opens only with the passphrase entered again', async () => {
  const { store, vault } = await made()
  must(await vault.sealed.write([await vault.deepWrite('owner', utf8('the owner key'))]))
  const opened = must(await openVault(store, PASS, { random, argon }))
  expect(must(await opened.sealed.get('deep', 'owner'))).not.toEqual(utf8('the owner key'))
  expect(await opened.openDeep('another phrase')).toEqual({ ok: false, error: { type: 'WrongPassphrase' } })
  const deep = must(await opened.openDeep(PASS))
  expect(must(await deep.get('owner'))).toEqual(utf8('the owner key'))
  expect(must(await deep.get('none'))).toBeNull()
})

it('the compiled floor takes a real passphrase through and back', async () => {
  const store = memoryStore()
  const made = must(await createVault(store, { passphrase: PASS, language: 'en' }, { random, argon: ARGON_FLOOR }))
  must(await made.finish())
  expect((await openVault(store, PASS, { random, argon: ARGON_FLOOR })).ok).toBe(true)
})

it('a header in which another public key took the place of the second lock’s opens for nobody', async () => {
  const { disk, store } = await made()
  const header = disk.get('header') as Uint8Array<ArrayBuffer>
  const fields = must(decodeCbor(header)) as Plain[]
  const at = fields.findIndex((field, i) => i > 4 && field instanceof Uint8Array && field.length === 32)
  const theirs = kemKeys(random.bytes(32)).publicKey
  disk.set('header', encodeCbor(fields.map((field, i) => (i === at ? theirs : field))))
  expect(await openVault(store, PASS, { random, argon })).toEqual({ ok: false, error: { type: 'WrongPassphrase' } })
})
