/**
 * Stories for tests: named people say things one after the other; each saying is judged and reduced as a device would.
 * `Amal` is the person, `Bea` the practitioner. Every entry's author has seen all before it unless `seen` is given.
 */
import type { Id } from '@alongside/base/codec.ts'
import { must } from '@alongside/base/result.ts'
import type { By, Circle, PracticeEvent, Refusal } from '../src/define.ts'
import type { KeyPackage } from '../src/people/events.ts'
import { reduce } from '../src/reduce.ts'
import { checkShape, emptyCircle } from '../src/registry.ts'

const hexOf = (seed: string, bytes: number): string => {
  let text = ''
  for (let i = 0; text.length < bytes * 2; i++)
    text += ((seed.charCodeAt(i % seed.length) * 31 + i * 7) & 255).toString(16).padStart(2, '0')
  return text.slice(0, bytes * 2)
}

/** A stable made-up id for a name. */
export const idOf = (name: string): Id => hexOf(`id ${name}`, 16)
export const AMAL: Id = idOf('Amal')
export const BEA: Id = idOf('Bea')

export const keysOf = (name: string): KeyPackage => ({
  member: hexOf(`${name} member`, 32),
  recovery: hexOf(`${name} recovery`, 32),
  device: hexOf(`${name} device`, 32),
  deviceKem: hexOf(`${name} kem`, 32),
  proof: hexOf(`${name} proof`, 64),
})

/**
 * `derived`: whose keys the entry brings; `device`: which of their devices, when it is not their phone. `from`: the device
 * that the author writes with, when it is not their phone.
 */
export interface SayOptions {
  readonly seen?: number
  readonly derived?: string
  readonly device?: string
  readonly from?: string
  readonly at?: number
}

export class Story {
  circle: Circle = emptyCircle()
  seq = 0

  /** Somebody says something. Gives the refusal, or null when it took effect. */
  say(name: string, event: PracticeEvent, options: SayOptions = {}): Refusal | null {
    must(checkShape(event), `${event.type} must fit its shape`)
    this.seq++
    const derived = options.derived
    const by: By = {
      member: idOf(name),
      device: idOf(options.from ?? `${name} phone`),
      seq: this.seq,
      seenSeq: options.seen ?? this.seq - 1,
      at: options.at ?? 1_000 + this.seq,
      entry: hexOf(`entry ${this.seq}`, 16),
      ...(derived === undefined
        ? {}
        : {
            derived: {
              circle: idOf('circle'),
              member: idOf(derived),
              device: idOf(options.device ?? `${derived} phone`),
            },
          }),
    }
    const next = reduce(this.circle, event, by)
    if (!next.ok) return next.error
    this.circle = next.value
    return null
  }

  /** As `say`, for what must take effect. */
  says(name: string, event: PracticeEvent, options: SayOptions = {}): this {
    const refused = this.say(name, event, options)
    if (refused !== null) throw new Error(`${name} was refused ${event.type} by ${refused.rule}`)
    return this
  }
}

/** Amal has founded an alongside circle and is alone in it. */
export const founded = (kind: 'alongside' | 'own' = 'alongside'): Story =>
  new Story().says(
    'Amal',
    {
      type: 'Founded',
      kind,
      rules: 1,
      box: idOf('box'),
      commitment: hexOf('c0', 32),
      owner: kind === 'own' ? null : hexOf('owner', 32),
      name: 'Amal',
      language: 'en',
      keys: keysOf('Amal'),
    },
    { derived: 'Amal' },
  )

/** Amal has proposed Bea and begun the epoch that lets her read; Bea has not yet said yes. */
export const invited = (): Story =>
  founded()
    .says(
      'Amal',
      {
        type: 'MemberProposed',
        role: 'practitioner',
        name: 'Bea',
        language: 'en',
        keys: keysOf('Bea'),
        place: idOf('place'),
        commitment: hexOf('commit', 32),
        nonce: hexOf('nonce', 32),
      },
      { derived: 'Bea' },
    )
    .says('Amal', rekey('admit', 0))

/** Amal and Bea are both here. */
export const together = (): Story =>
  invited().says('Bea', { type: 'MemberAccepted', nonce: hexOf('bea nonce', 32), proof: hexOf('bea proof', 64) })

/** A new epoch, as the record would have checked it. */
export const rekey = (reason: 'admit' | 'leave' | 'remove' | 'rotate', fromEpoch: number): PracticeEvent => ({
  type: 'Rekeyed',
  reason,
  fromEpoch,
  toEpoch: fromEpoch + 1,
  cause: null,
  commitment: hexOf(`c${fromEpoch + 1}`, 32),
  body: new Uint8Array(0),
})
