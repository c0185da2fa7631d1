import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import { describe, expect, it } from 'vitest'
import { together } from '../test/circle.ts'
import { law, type TestRefusal, type TestState } from '../test/law.ts'
import { reasons, there } from '../test/look.ts'
import { verify, type Verify } from './crypto.ts'
import { openFold, type Fold } from './fold.ts'
import type { SavedFold } from './saved.ts'

/** Asks each signature once: what is compared here is never whether it is right. */
function rememberingVerify(): Verify {
  const known = new Map<string, Promise<boolean>>()
  return (publicKey, message, signature) => {
    const name = toHex(signature)
    const asked = known.get(name) ?? verify(publicKey, message, signature)
    known.set(name, asked)
    return asked
  }
}

/** Two people's record of so many envelopes: notes, new epochs, and things that are set aside. */
async function longRecord(length: number) {
  const { circle, amal, bea } = await together()
  while (circle.envelopes.length < length) {
    const n = circle.envelopes.length
    const by = n % 3 === 0 ? amal : bea
    if (n % 211 === 0) await circle.add(amal.seal(await amal.rekey()))
    else if (n % 97 === 0) await circle.add(by.seal(await by.note('skips one', { ctr: 1_000_000 + n })))
    else if (n % 89 === 0) await circle.add(by.seal(await by.note('saw another record', { seenSeq: n - 2 })))
    else if (n % 83 === 0) await circle.add(there(circle.envelopes.at(n % 2 === 0 ? -5 : 1)))
    else if (n % 79 === 0) await circle.add(amal.random.bytes(590))
    else await circle.add(by.seal(await by.note(`${n}`)))
  }
  return { circle, amal }
}

describe('a fold that is put down', () => {
  it('[FLD-11] and taken up again goes on as if nothing had been', async () => {
    const { circle, amal, bea } = await together()
    const saved = structuredClone(amal.folded.save())
    const options = { law: law(), circleId: circle.circleId, boxId: circle.boxId, own: amal.own }
    const again = openFold({ ...options, secrets: new Map<number, Bytes>(), saved })
    const note = bea.seal(await bea.note('after'))
    await circle.add(note)
    expect(reasons(await again.push([note]))).toEqual(['applied'])
    expect(again.digest()).toEqual(amal.folded.digest())
    expect(reasons(await again.push([circle.envelopes[0] as Bytes]))).toEqual(['WrongEpoch'])
  })

  it('[FLD-11] ADV-89 at any position of a record of 2,000, with what follows, is the whole record read from the start', async () => {
    const { circle, amal } = await longRecord(2_000)
    const { envelopes } = circle
    const options = {
      law: law(),
      circleId: circle.circleId,
      boxId: circle.boxId,
      own: amal.own,
      verify: rememberingVerify(),
    }
    const takenUp = (saved: SavedFold<TestState>): Fold<TestState, TestRefusal> =>
      openFold({ ...options, secrets: new Map<number, Bytes>(), saved: structuredClone(saved) })
    const first = new Map([[0, there(amal.folded.secrets().get(0))]])
    const whole = openFold({ ...options, secrets: first })
    const told = reasons(await whole.push(envelopes))
    expect(new Set(told)).toEqual(
      new Set(['applied', 'Gap', 'Fork', 'AlreadySaid', 'WrongEpoch', 'NotAnEnvelope', 'Cloned']),
    )
    const end = { digest: toHex(whole.digest()), view: JSON.stringify({ ...whole.view(), state: null }) }

    // put down after every entry, and taken up for the next
    let fold = openFold({ ...options, secrets: first })
    for (const [n, envelope] of envelopes.entries()) {
      const [verdict] = reasons(await fold.push([envelope]))
      if (verdict !== told[n] || toHex(there(whole.headAt(n + 1))) !== toHex(fold.view().head))
        throw new Error(`after ${n}: ${verdict}, and ${told[n]} when read from the start`)
      const saved = fold.save()
      fold = takenUp(saved)
      if (n % 125 !== 0) continue
      // and from here on with all that follows in one piece
      const rest = takenUp(saved)
      expect(reasons(await rest.push(envelopes.slice(n + 1)))).toEqual(told.slice(n + 1))
      expect(toHex(rest.digest())).toBe(end.digest)
    }
    expect(toHex(fold.digest())).toBe(end.digest)
    expect(JSON.stringify({ ...fold.view(), state: null })).toBe(end.view)
  }, 120_000)
})
