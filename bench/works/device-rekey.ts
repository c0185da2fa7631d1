/** A new epoch for everybody in a circle, made by one and checked by each, beside the HPKE operations alone. */
import { must } from '@alongside/base/result.ts'
import { T } from '@alongside/base/label.ts'
import { systemRandom } from '@alongside/base/world.ts'
import { hpkeOpen, hpkeSeal } from '@alongside/record/hpke.ts'
import { createDeviceKeys, deviceId, type DeviceKeys } from '@alongside/record/keys.ts'
import { decodeRekey, encodeRekey, makeRekey } from '@alongside/record/rekey.ts'
import { takeRekey } from '@alongside/record/take-rekey.ts'
import type { Side, Work } from '../lib/work.ts'

const SIZES = [10, 50]
const ours = (size: number): string => `ours, ${size}`
const raw = (size: number): string => `HPKE alone, ${size}`

const binding = { info: T('wrap', new Uint8Array(32), new Uint8Array(52)), aad: T('aad', new Uint8Array(16)) }

function sidesFor(size: number): readonly Side[] {
  const devices: readonly DeviceKeys[] = Array.from({ length: size }, () => createDeviceKeys(systemRandom))
  const ids = devices.map((one) => deviceId(one.signing.publicKey))
  const recipients = devices.map((one, i) => ({ id: ids[i] ?? '', kemPublicKey: one.kem.publicKey }))
  const now = { circleId: systemRandom.bytes(32), epoch: 0, capIndex: 0, previousCommitment: null, recipients }
  const timed = async (work: () => Promise<void>) => {
    const began = performance.now()
    await work()
    return { time: performance.now() - began, 'time a device': (performance.now() - began) / (size + 1) }
  }
  return [
    {
      name: ours(size),
      turn: () =>
        timed(async () => {
          const body = encodeRekey(await makeRekey(now, systemRandom.bytes(32), null))
          for (const [i, one] of devices.entries()) {
            const own = [{ id: ids[i] ?? '', secretKey: one.kem.secretKey }]
            must(await takeRekey(must(decodeRekey(body)), now, own, null))
          }
        }),
    },
    {
      name: raw(size),
      turn: () =>
        timed(async () => {
          const secret = systemRandom.bytes(32)
          const seal = () =>
            Promise.all(devices.map((one) => hpkeSeal(one.kem.publicKey, secret, binding, systemRandom.bytes(32))))
          const wraps = await seal()
          for (const [i, one] of devices.entries()) {
            const opened = await hpkeOpen(one.kem.secretKey, wraps[i] ?? new Uint8Array(), binding)
            if (opened === null) throw new Error('a wrap did not open')
            await seal() // each device recomputes every wrap
          }
        }),
    },
  ]
}

export const work: Work = {
  name: 'device-rekey',
  what:
    'A new epoch for 10 and for 50 recipients: one device makes it, and each of the others opens its own wrap and recomputes all of ' +
    'them, one after another in one process. Raw: as many HPKE seals and opens of 32 bytes with the same library.',
  figures: [
    { name: 'time', unit: 'ms' },
    { name: 'time a device', unit: 'ms' },
  ],
  ratios: SIZES.map((size) => ({ goal: 'P17', figure: 'time', ours: ours(size), against: raw(size), atMost: 1.3 })),
  rounds: 3,
  open: async () => ({ sides: SIZES.flatMap(sidesFor), notes: [], close: async () => undefined }),
}
