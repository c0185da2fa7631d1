/**
 * Reads vectors that others published, from `vectors/third-party/`. A file that holds another number of tests than it says is
 * refused, so that nothing is left out unseen.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../vectors/third-party')

interface Aead {
  readonly test: {
    readonly key: string
    readonly iv: string
    readonly aad: string
    readonly msg: string
    readonly ct: string
    readonly tag: string
  }
  readonly group: { readonly ivSize: number }
}

/** By file: the fields of a test, and of the group it is in. All bytes are hexadecimal. */
interface Wycheproof {
  ed25519: {
    readonly test: { readonly msg: string; readonly sig: string }
    readonly group: { readonly publicKey: { readonly pk: string } }
  }
  x25519: {
    readonly test: { readonly public: string; readonly private: string; readonly shared: string }
    readonly group: { readonly curve: string }
  }
  xchacha20_poly1305: Aead
  chacha20_poly1305: Aead
  hkdf_sha256: {
    readonly test: {
      readonly ikm: string
      readonly salt: string
      readonly info: string
      readonly size: number
      readonly okm: string
    }
    readonly group: { readonly keySize: number }
  }
  hmac_sha256: {
    readonly test: { readonly key: string; readonly msg: string; readonly tag: string }
    readonly group: { readonly tagSize: number }
  }
}

interface Said {
  readonly tcId: number
  readonly flags: readonly string[]
  readonly result: 'valid' | 'invalid' | 'acceptable'
}

interface File<T, G> {
  readonly numberOfTests: number
  readonly testGroups: readonly (G & { readonly tests: readonly T[] })[]
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))

/** The tests of one Wycheproof file, each with its group's own fields. */
export function wycheproof<K extends keyof Wycheproof>(
  name: K,
): readonly (Wycheproof[K]['test'] & Said & { readonly group: Wycheproof[K]['group'] })[] {
  const file = read(`wycheproof/${name}_test.json`) as File<Wycheproof[K]['test'] & Said, Wycheproof[K]['group']>
  const tests = file.testGroups.flatMap((group) => group.tests.map((test) => ({ ...test, group })))
  if (tests.length !== file.numberOfTests) throw new Error(`${name}: ${tests.length} of ${file.numberOfTests} tests`)
  return tests
}

/** By RFC: what is printed for each test. */
interface Rfc {
  rfc8032: {
    readonly name: string
    readonly secretKey: string
    readonly publicKey: string
    readonly message: string
    readonly signature: string
  }
  rfc5869: Wycheproof['hkdf_sha256']['test'] & { readonly name: string }
  rfc9180: {
    readonly section: string
    readonly mode: 0 | 1
    readonly info: string
    readonly ikmE: string
    readonly pkEm: string
    readonly skEm: string
    readonly ikmR: string
    readonly pkRm: string
    readonly skRm: string
    readonly psk?: string
    readonly psk_id?: string
    readonly shared_secret: string
    readonly key: string
    readonly base_nonce: string
    readonly encryptions: readonly {
      readonly sequence: number
      readonly pt: string
      readonly aad: string
      readonly nonce: string
      readonly ct: string
    }[]
  }
}

/** The tests of one RFC. */
export const rfc = <K extends keyof Rfc>(name: K): readonly Rfc[K][] =>
  (read(`rfc/${name}.json`) as { readonly tests: readonly Rfc[K][] }).tests
