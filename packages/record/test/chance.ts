/** Chance that repeats: the same name gives the same bytes, so that tests and vectors can be run again. */
import { utf8, type Bytes } from '@alongside/base/bytes.ts'
import type { Random } from '@alongside/base/world.ts'
import { hkdf, sha256 } from '../src/crypto.ts'

/** Bytes that look random and follow from `name` and from how many were asked for before. */
export function chance(name: string): Random {
  let asked = 0
  return {
    bytes: (size) => {
      const seed = sha256(utf8(`${name} ${asked++}`))
      const parts: Bytes[] = []
      for (let at = 0; at < size; at += 8_000) parts.push(hkdf(seed, utf8(`part ${at}`), Math.min(8_000, size - at)))
      const all = new Uint8Array(size)
      let at = 0
      for (const part of parts) {
        all.set(part, at)
        at += part.length
      }
      return all
    },
  }
}
