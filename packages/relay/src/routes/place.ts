/**
 * `/v1/place/:id`: one sealed practice page. Its author writes and removes it; whoever knows the id reads it, unsigned
 * and unreported, because fetching a page is nobody's business. Creating one where a code is needed takes the code; the
 * one-use tickets that come with it are kept apart from it.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { placeOpBytes, type PlaceOp } from '@alongside/wire/auth.ts'
import { decodeProof, placeIs, placeStored, PROOF_HEADER, putPlace, type Proof } from '@alongside/wire/http.ts'
import { PLACE_DAYS } from '@alongside/wire/limits.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'
import { isSignedBy, type RelayKey } from '../keys.ts'
import type { Nonces } from '../nonces.ts'
import type { Permit } from '../permit.ts'
import { answer, refuse, type Asked, type Route } from '../reply.ts'
import type { BoxStore, PlaceStore } from '../store/port.ts'

export interface PlaceWorld {
  readonly places: PlaceStore
  readonly boxes: BoxStore
  readonly key: RelayKey
  readonly nonces: Nonces
  readonly permit: Permit
}

const PATH = /^\/v1\/place\/([0-9a-f]{32})$/

/**
 * Who signed a request, checked against the place's keys. The nonce is spent by a good signature only, so that nobody
 * can use up another's.
 */
export function signer(
  { key, nonces }: PlaceWorld,
  asked: Asked,
  signed: {
    readonly placeId: Id
    readonly op: PlaceOp
    readonly body: Bytes
    readonly keys: { readonly authorPk: Bytes; readonly mailboxPk: Bytes }
  },
): Result<Proof['by'], Refusal> {
  const proof = decodeProof(asked.header(PROOF_HEADER))
  if (proof === null) return err({ type: 'NotAdmitted' })
  const { placeId, op, body, keys } = signed
  const message = placeOpBytes(key.publicKey, placeId, { op, nonce: proof.nonce, body })
  const publicKey = proof.by === 'author' ? keys.authorPk : keys.mailboxPk
  const isGood = isSignedBy(publicKey, message, proof.sig) && nonces.use(proof.nonce)
  return isGood ? ok(proof.by) : err({ type: 'NotAdmitted' })
}

export const putPlaceRoute = (world: PlaceWorld): Route => ({
  method: 'PUT',
  path: PATH,
  async handle(asked) {
    const placeId = asked.caught[0] ?? ''
    const body = await asked.body()
    if (!body.ok) return refuse(body.error)
    const wish = putPlace.decode(body.value)
    if (!wish.ok) return refuse({ type: 'Malformed' })
    const { pageVersion, authorPk, mailboxPk, page, code, ticketHashes } = wish.value
    const isThere = (await world.places.place(placeId)) !== null
    const by = signer(world, asked, { placeId, op: 'put', body: body.value, keys: { authorPk, mailboxPk } })
    if (!by.ok || by.value !== 'author') return refuse({ type: 'NotAdmitted' })
    if (!isThere && world.permit.isNeeded) {
      if (code === null || !world.permit.isCode(code)) return refuse({ type: 'CodeNeeded' })
      if (ticketHashes.length > 0) {
        const added = await world.boxes.addTickets(ticketHashes)
        if (!added.ok) return refuse(added.error)
      }
    }
    const stored = await world.places.put({ placeId, pageVersion, authorPk, mailboxPk, page })
    return stored.ok ? answer(placeStored.encode({ pageVersion, days: PLACE_DAYS })) : refuse(stored.error)
  },
})

export const getPlaceRoute = ({ places }: PlaceWorld): Route => ({
  method: 'GET',
  path: PATH,
  async handle(asked) {
    const place = await places.place(asked.caught[0] ?? '')
    if (place === null) return refuse({ type: 'NoSuchPlace' })
    const { pageVersion, taken, page } = place
    return answer(placeIs.encode({ pageVersion, taken, page }))
  },
})

export const deletePlaceRoute = (world: PlaceWorld): Route => ({
  method: 'DELETE',
  path: PATH,
  async handle(asked) {
    const placeId = asked.caught[0] ?? ''
    const place = await world.places.place(placeId)
    if (place === null) return refuse({ type: 'NoSuchPlace' })
    const by = signer(world, asked, { placeId, op: 'delete', body: new Uint8Array(), keys: place })
    if (!by.ok || by.value !== 'author') return refuse({ type: 'NotAdmitted' })
    const removed = await world.places.remove(placeId)
    return removed.ok ? answer(new Uint8Array()) : refuse(removed.error)
  },
})
