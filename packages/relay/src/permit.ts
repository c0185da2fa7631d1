/** Who may found here: anybody on a relay without an instance code, otherwise whoever says the code. */
import { timingSafeEqual } from 'node:crypto'
import { codeHash } from '@alongside/wire/auth.ts'

export interface Permit {
  readonly isNeeded: boolean
  /** Whether this is the instance code. Takes the same time whatever is wrong with it. */
  isCode(code: string): boolean
}

export function createPermit(code: string | null): Permit {
  const right = code === null ? null : codeHash(code)
  return {
    isNeeded: right !== null,
    isCode: (said) => right !== null && timingSafeEqual(codeHash(said), right),
  }
}
