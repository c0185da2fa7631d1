/**
 * Reads a whole box once, without a circle: the envelopes that one capability may read, in order and chained from the
 * start. For coming back, when the secrets of earlier epochs have to be traced before anything can be judged.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { capabilityKeys } from '@alongside/record/epoch.ts'
import { chainStart } from '@alongside/wire/chain.ts'
import type { NetworkError } from '../api.ts'
import type { World } from '../core.ts'
import { createLink } from '../sync/link.ts'

const PATIENCE_MS = 60_000

export function download(
  box: { readonly boxId: Id; readonly relay: string; readonly relayPk: Bytes },
  holder: { readonly circleId: Bytes; readonly capIndex: number; readonly secret: Bytes },
  world: World,
): Promise<Result<readonly Bytes[], NetworkError>> {
  return new Promise((resolve) => {
    const envelopes: Bytes[] = []
    const keys = capabilityKeys(holder.circleId, holder.secret, holder.capIndex)
    const finish = (result: Result<readonly Bytes[], NetworkError>) => {
      cancel()
      link.stop()
      resolve(result)
    }
    const cancel = world.schedule(PATIENCE_MS, () => finish(err({ type: 'Unreachable' })))
    const link = createLink(
      {
        boxId: box.boxId,
        relay: box.relay,
        relayPk: () => box.relayPk,
        meet: () => undefined,
        capability: () => ({ index: holder.capIndex, keys }),
        heads: () => [chainStart(box.boxId).hash],
        witness: () => null,
        live: () => undefined,
        told(output) {
          if (output.type === 'place') envelopes.push(...output.envelopes)
          // a newer capability means that everything this one may read has come
          if (output.type === 'superseded') queueMicrotask(() => finish(ok(envelopes)))
          if (output.type === 'refused')
            queueMicrotask(() => finish(err({ type: 'RelayRefused', why: output.refusal.type })))
          if (output.type === 'changed' && link.machine.connection() === 'live')
            queueMicrotask(() => finish(ok(envelopes)))
        },
      },
      { net: world.net, clock: world.clock, schedule: world.schedule, chance: () => 0.5 },
    )
    link.start()
  })
}
