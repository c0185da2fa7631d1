/**
 * `POST /v1/box`: founds a box at H_0 under its first capability. Where an instance code is needed, the code or a one-use
 * ticket pays for it; the ticket is spent in the same write that founds the box, and leaves no trace of whose it was.
 */
import { receiptBytes, ticketHash } from '@alongside/wire/auth.ts'
import { chainStart } from '@alongside/wire/chain.ts'
import { boxCreated, createBox } from '@alongside/wire/http.ts'
import { SUPPORTED_VERSIONS, WIRE_VERSION } from '@alongside/wire/version.ts'
import type { RelayKey } from '../keys.ts'
import type { Permit } from '../permit.ts'
import { answer, refuse, type Route } from '../reply.ts'
import type { BoxStore } from '../store/port.ts'

export const createBoxRoute = ({
  boxes,
  key,
  permit,
}: {
  readonly boxes: BoxStore
  readonly key: RelayKey
  readonly permit: Permit
}): Route => ({
  method: 'POST',
  path: /^\/v1\/box$/,
  async handle(asked) {
    const body = await asked.body()
    if (!body.ok) return refuse(body.error)
    const wish = createBox.decode(body.value)
    if (!wish.ok) return refuse({ type: 'Malformed' })
    const { version, code, ticket, ...box } = wish.value
    if (!SUPPORTED_VERSIONS.includes(version)) return refuse({ type: 'WrongVersion', version: WIRE_VERSION })
    const isPaid = !permit.isNeeded || (code !== null && permit.isCode(code))
    if (!isPaid && ticket === null) return refuse({ type: 'CodeNeeded' })
    const spent = isPaid || ticket === null ? null : ticketHash(ticket)
    const created = await boxes.create({ ...box, ticketHash: spent })
    if (!created.ok) return refuse(created.error)
    const head = chainStart(box.boxId)
    return answer(boxCreated.encode({ hash: head.hash, receipt: key.sign(receiptBytes(box.boxId, head)) }), 201)
  },
})
