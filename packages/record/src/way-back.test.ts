import { toHex } from '@alongside/base/bytes.ts'
import { must } from '@alongside/base/result.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../test/chance.ts'
import { fromHandCode, toHandCode } from './text-code.ts'
import {
  MAX_RELAY_URL,
  newPassphraseSalt,
  openWayBack,
  passphraseSaltOf,
  sealWayBack,
  WAY_BACK_SIZE,
  wayBackFromText,
  wayBackToText,
  type WayBack,
} from './way-back.ts'

const random = chance('way-back')
const hex = (size: number) => toHex(random.bytes(size))

describe('a way back', () => {
  const contents: WayBack = {
    identity: random.bytes(32),
    recovery: random.bytes(32),
    owner: random.bytes(32),
    circleId: random.bytes(32),
    boxId: hex(16),
    relayUrl: `https://${'r'.repeat(MAX_RELAY_URL - 8)}`,
    capIndex: 0xffff_ffff,
    epoch: 0xffff_ffff,
    secret: random.bytes(32),
    previousSecret: random.bytes(32),
  }
  const key = random.bytes(32)
  const salt = newPassphraseSalt(random)
  const made = sealWayBack(key, salt, contents, random)

  it('[WAY-1] has one size, names the salt, and opens with the key it was locked under', () => {
    expect(made.length).toBe(WAY_BACK_SIZE)
    expect(must(passphraseSaltOf(made))).toEqual(salt)
    expect(must(openWayBack(key, made))).toEqual(contents)
    const least = { ...contents, owner: null, previousSecret: null, relayUrl: 'http://localhost' }
    expect(sealWayBack(key, salt, least, random).length).toBe(WAY_BACK_SIZE)
  })

  it('[WAY-1] holds the longest address a relay can have, and none is locked in that could not be read again', () => {
    const longest = `https://${'r'.repeat(253)}:65535`
    expect(must(openWayBack(key, sealWayBack(key, salt, { ...contents, relayUrl: longest }, random))).relayUrl).toBe(
      longest,
    )
    expect(() => sealWayBack(key, salt, { ...contents, relayUrl: `${longest}0` }, random)).toThrow('bug')
  })

  it('[WAY-2] ADV-69 says whether the passphrase is wrong, a byte changed, or it is no way back', () => {
    expect(openWayBack(random.bytes(32), made)).toEqual({ ok: false, error: { type: 'WrongPassphrase' } })
    expect(openWayBack(key, made.with(300, (made[300] as number) ^ 1))).toEqual({
      ok: false,
      error: { type: 'Altered' },
    })
    expect(openWayBack(key, made.subarray(1)).ok).toBe(false)
    expect(openWayBack(key, made.with(0, 9))).toEqual({ ok: false, error: { type: 'NewerWayBack', version: 9 } })
    expect(openWayBack(key, new Uint8Array(0))).toEqual({ ok: false, error: { type: 'NotAWayBack' } })
  })

  it('[WAY-3] survives being printed and typed in again, and a slip is noticed', () => {
    const printed = wayBackToText(made)
    expect(printed.split(' ').every((group) => group.length <= 4)).toBe(true)
    const typed = printed.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i').replaceAll(' ', '-')
    expect(must(wayBackFromText(typed))).toEqual(made)
    expect(wayBackFromText(printed.slice(0, -9))).toMatchObject({ error: { type: 'WrongLength' } })
    expect(wayBackFromText(`${printed[0] === '0' ? '1' : '0'}${printed.slice(1)}`)).toMatchObject({
      error: { type: 'Mistyped' },
    })
    expect(wayBackFromText('ü')).toEqual({ ok: false, error: { type: 'NotACode' } })
  })

  it('[WAY-3] any bytes come back from their code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
        expect(must(fromHandCode(toHandCode(bytes), bytes.length))).toEqual(Uint8Array.from(bytes))
      }),
    )
  })
})
