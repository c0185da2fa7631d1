/**
 * What guards a device at rest. A random lock key seals every stored value and is itself sealed under the passphrase by
 * Argon2id. Behind it lies a second lock: member, recovery and owner keys are sealed to a public key whose secret half
 * opens only when the passphrase is entered again, so they can be laid down at any time and picked up only on purpose.
 * Source: protocol section 2.19; decisions “Before the vault exists”.
 *
 * The header, the only value not sealed: CBOR `[version, memory KiB, iterations, lanes, salt(16), deep public key(32),
 * lock key sealed, deep secret key sealed, language | null]`; each sealed key is nonce(24) ‖ ciphertext(32) ‖ tag(16).
 */
import { concat, utf8, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, maybe, record, text, uint, type Of } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import { aeadOpen, aeadSeal, hkdf, kemKeys } from '@alongside/record/crypto.ts'
import { hpkeOpen, hpkeSeal } from '@alongside/record/hpke.ts'
import { argon2id } from 'hash-wasm'
import type { PassphraseError } from './api.ts'
import type { Store, StoreError } from './store/port.ts'
import { sealStore, type SealedStore, type SealedWrite } from './store/sealed.ts'

/** How hard a guess at the passphrase is. */
export interface Argon {
  readonly memoryKiB: number
  readonly iterations: number
  readonly lanes: number
}

/** The least this device accepts, whatever a header says (protocol section 2.19). Tests alone pass something smaller. */
export const ARGON_FLOOR: Argon = { memoryKiB: 65_536, iterations: 3, lanes: 1 }

/** The shortest passphrase, in UTF-16 units after normalising. */
export const LEAST_PASSPHRASE = 8

const HEADER_KEY = 'header'
const DEEP_AREA = 'deep'
const sealedKey = bytes(24 + 32 + 16)
const headerCodec = record({
  version: uint(1),
  memoryKiB: uint(4_194_304),
  iterations: uint(1_000),
  lanes: uint(16),
  salt: bytes(16),
  deepPublicKey: bytes(32),
  lock: sealedKey,
  deep: sealedKey,
  language: maybe(text(16)),
})
type Header = Of<typeof headerCodec>

/** Keys that were opened with the passphrase; let go of it as soon as the act is done. */
export interface DeepKeys {
  get(name: string): Promise<Result<Bytes | null, StoreError>>
}

export interface Vault {
  readonly sealed: SealedStore
  /** The write that lays a value under the second lock; put it in the batch it belongs to. */
  deepWrite(name: string, value: Bytes | null): Promise<SealedWrite>
  /** Opens the second lock with the passphrase entered again. */
  openDeep(passphrase: string): Promise<Result<DeepKeys, PassphraseError | StoreError>>
  setLanguage(language: string): Promise<Result<null, StoreError>>
}

interface Keks {
  readonly lock: Bytes
  readonly deep: Bytes
}

/** One normal form, so that the same words typed on another keyboard are the same passphrase. */
const normal = (passphrase: string): string => passphrase.normalize('NFKC')

/** Whether a passphrase may be chosen. */
export function checkPassphrase(passphrase: string): Result<null, PassphraseError> {
  return normal(passphrase).length < LEAST_PASSPHRASE
    ? err({ type: 'PassphraseTooShort', least: LEAST_PASSPHRASE })
    : ok(null)
}

/** Argon2id over a passphrase: `size` bytes. Also what a way back is locked with. */
export async function stretch(passphrase: string, salt: Bytes, argon: Argon, size = 32): Promise<Bytes> {
  const stretched = await argon2id({
    password: utf8(normal(passphrase)),
    salt,
    memorySize: argon.memoryKiB,
    iterations: argon.iterations,
    parallelism: argon.lanes,
    hashLength: size,
    outputType: 'binary',
  })
  return Uint8Array.from(stretched)
}

async function keksFor(passphrase: string, salt: Bytes, argon: Argon): Promise<Keks> {
  const root = await stretch(passphrase, salt, argon)
  return { lock: hkdf(root, T('local-kek', 'lock')), deep: hkdf(root, T('local-kek', 'deep')) }
}

type Bound = Pick<Header, 'memoryKiB' | 'iterations' | 'lanes' | 'salt' | 'deepPublicKey'>

/**
 * Binds a sealed key to its use, to every parameter it depends on, and to the public key that deep keys are sealed to: who
 * has the locked device for a while cannot put their own in its place.
 */
const bound = (use: 'lock' | 'deep', { memoryKiB, iterations, lanes, salt, deepPublicKey }: Bound): Bytes =>
  T('local', 'header', use, encodeCbor([memoryKiB, iterations, lanes, salt, deepPublicKey]))

const wrap = (kek: Bytes, aad: Bytes, key: Bytes, random: Random): Bytes => {
  const nonce = random.bytes(24)
  return concat(nonce, aeadSeal(kek, nonce, aad, key))
}
const unwrap = (kek: Bytes, aad: Bytes, sealed: Bytes): Bytes | null =>
  aeadOpen(kek, sealed.subarray(0, 24), aad, sealed.subarray(24))

async function readHeader(store: Store): Promise<Result<Header | null, StoreError>> {
  const stored = await store.get(HEADER_KEY)
  if (!stored.ok || stored.value === null) return stored.ok ? ok(null) : stored
  const plain = decodeCbor(stored.value)
  const header = plain.ok ? headerCodec.decode(plain.value) : plain
  return header.ok ? ok(header.value) : err({ type: 'StorageRefused' })
}

const writeHeader = (store: Store, header: Header) =>
  store.write([{ key: HEADER_KEY, value: encodeCbor(headerCodec.encode(header)) }])

/** What can be told without the passphrase: whether there is a vault, and which language to ask in. */
export async function vaultAt(store: Store): Promise<Result<{ readonly language: string | null } | null, StoreError>> {
  const header = await readHeader(store)
  return !header.ok || header.value === null ? header : ok({ language: header.value.language })
}

/** A vault that is not there until `finish` resolves: what was sealed before stays unreadable rubbish if it never does. */
export interface NewVault {
  readonly vault: Vault
  readonly finish: () => Promise<Result<null, StoreError>>
}

/** Makes a vault on an empty store. Put into it what must be there from the beginning, then `finish`. */
export async function createVault(
  store: Store,
  as: { readonly passphrase: string; readonly language: string },
  world: { readonly random: Random; readonly argon: Argon },
): Promise<Result<NewVault, PassphraseError>> {
  const fine = checkPassphrase(as.passphrase)
  if (!fine.ok) return fine
  const { random, argon } = world
  const salt = random.bytes(16)
  const keks = await keksFor(as.passphrase, salt, argon)
  const lockKey = random.bytes(32)
  const deep = kemKeys(random.bytes(32))
  const parameters: Bound = { ...argon, salt, deepPublicKey: deep.publicKey }
  const header: Header = {
    version: 1,
    ...parameters,
    lock: wrap(keks.lock, bound('lock', parameters), lockKey, random),
    deep: wrap(keks.deep, bound('deep', parameters), deep.secretKey, random),
    language: as.language,
  }
  return ok({ vault: vaultOn(store, header, lockKey, random), finish: () => writeHeader(store, header) })
}

/** Opens the vault. A header with weaker parameters than `argon` was tampered with, and opens for nobody. */
export async function openVault(
  store: Store,
  passphrase: string,
  world: { readonly random: Random; readonly argon: Argon },
): Promise<Result<Vault, PassphraseError | StoreError>> {
  const header = await readHeader(store)
  if (!header.ok) return header
  if (header.value === null || isWeaker(header.value, world.argon)) return err({ type: 'WrongPassphrase' })
  const keks = await keksFor(passphrase, header.value.salt, header.value)
  const lockKey = unwrap(keks.lock, bound('lock', header.value), header.value.lock)
  return lockKey === null ? err({ type: 'WrongPassphrase' }) : ok(vaultOn(store, header.value, lockKey, world.random))
}

const isWeaker = (header: Argon, floor: Argon): boolean =>
  header.memoryKiB < floor.memoryKiB || header.iterations < floor.iterations || header.lanes < floor.lanes

function vaultOn(store: Store, opened: Header, lockKey: Bytes, random: Random): Vault {
  let header = opened
  const sealed = sealStore(store, lockKey, random)
  const binding = (name: string) => ({ info: T('local', 'deep', name), aad: T('aad', 'deep', name) })
  return {
    sealed,
    deepWrite: async (name, value) => ({
      area: DEEP_AREA,
      name,
      value: value === null ? null : await hpkeSeal(header.deepPublicKey, value, binding(name)),
    }),
    openDeep: async (passphrase) => {
      const keks = await keksFor(passphrase, header.salt, header)
      const secretKey = unwrap(keks.deep, bound('deep', header), header.deep)
      if (secretKey === null) return err({ type: 'WrongPassphrase' })
      return ok({
        get: async (name) => {
          const kept = await sealed.get(DEEP_AREA, name)
          if (!kept.ok || kept.value === null) return kept
          const value = await hpkeOpen(secretKey, kept.value, binding(name))
          return value === null ? err({ type: 'StorageRefused' }) : ok(value)
        },
      })
    },
    setLanguage: (language) => {
      header = { ...header, language }
      return writeHeader(store, header)
    },
  }
}
