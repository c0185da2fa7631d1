/**
 * The relay's short requests as functions: founding a box, and what can be asked of a place. Knows bytes and signatures,
 * not what they mean. A refusal of the relay comes back as the wire's `Refusal`, so that each caller says once what it
 * means to a person. Source: protocol section 2.16; the table in `@alongside/wire/http.ts`.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { signSync, type KeyPair } from '@alongside/record/crypto.ts'
import { placeOpBytes, type PlaceOp } from '@alongside/wire/auth.ts'
import type { Body } from '@alongside/wire/bodies.ts'
import {
  BINARY,
  boxCreated,
  createBox,
  encodeProof,
  messagePosted,
  messages,
  PATHS,
  placeIs,
  placeStored,
  postMessage,
  PROOF_HEADER,
  putPlace,
  readBody,
  refusalBody,
  relayInfo,
  type CreateBox,
  type PutPlace,
} from '@alongside/wire/http.ts'
import type { Refusal } from '@alongside/wire/refusals.ts'
import type { NetworkError } from '../api.ts'
import type { Net, NetRequest } from '../net.ts'

export type AskError = { readonly type: 'Unreachable' } | Refusal

/** Whose key signs an operation on a place. */
export interface PlaceSigner {
  readonly by: 'author' | 'mailbox'
  readonly keys: KeyPair
}

export interface RelayHttp {
  info(): Promise<Result<{ readonly version: number; readonly relayPk: Bytes; readonly codeNeeded: boolean }, AskError>>
  createBox(box: CreateBox): Promise<Result<null, AskError>>
  putPlace(place: Id, keys: KeyPair, body: PutPlace): Promise<Result<{ readonly days: number }, AskError>>
  getPlace(
    place: Id,
  ): Promise<Result<{ readonly pageVersion: number; readonly taken: boolean; readonly page: Bytes }, AskError>>
  deletePlace(place: Id, keys: KeyPair): Promise<Result<null, AskError>>
  /** Leaves a message of exactly 8,192 bytes; `take` takes the place for whoever is first. */
  post(
    place: Id,
    signer: PlaceSigner,
    message: { readonly take: boolean; readonly bytes: Bytes },
  ): Promise<Result<number, AskError>>
  /** Messages after number `after`, in order. */
  read(
    place: Id,
    signer: PlaceSigner,
    after: number,
  ): Promise<
    Result<
      {
        readonly taken: boolean
        readonly messages: readonly { readonly n: number; readonly fromAuthor: boolean; readonly bytes: Bytes }[]
      },
      AskError
    >
  >
}

const NOTHING = new Uint8Array(0)

/** Talks to the relay at an origin such as `https://relay.example`. */
export function relayHttp(net: Net, origin: string): RelayHttp {
  let known: Bytes | null = null

  async function ask(
    method: NetRequest['method'],
    path: string,
    body?: Bytes,
    proof?: string,
  ): Promise<Result<Bytes, AskError>> {
    const headers = {
      ...(body === undefined ? {} : { 'content-type': BINARY }),
      ...(proof === undefined ? {} : { [PROOF_HEADER]: proof }),
    }
    const answer = await net.ask({ method, url: origin + path, headers, ...(body === undefined ? {} : { body }) })
    if (!answer.ok) return answer
    if (answer.value.status >= 200 && answer.value.status < 300) return ok(answer.value.body)
    const refused = refusalBody.decode(answer.value.body)
    return err(refused.ok ? refused.value : { type: 'Unreachable' }) // something else answers at this address
  }

  async function asked<T>(body: Body<T>, answer: Promise<Result<Bytes, AskError>>): Promise<Result<T, AskError>> {
    const bytes = await answer
    if (!bytes.ok) return bytes
    const value = body.decode(bytes.value)
    return value.ok ? value : err({ type: 'Unreachable' })
  }

  const info: RelayHttp['info'] = async () => {
    const told = await asked(relayInfo, ask('GET', PATHS.relayInfo))
    if (told.ok) known = told.value.relayPk
    return told
  }

  /** A proof for one operation, over the body as it will be sent. */
  async function prove(place: Id, op: PlaceOp, signer: PlaceSigner, body: Bytes): Promise<Result<string, AskError>> {
    if (known === null) {
      const told = await info()
      if (!told.ok) return told
    }
    const nonce = await ask('GET', PATHS.nonce)
    if (!nonce.ok) return nonce
    const message = placeOpBytes(known as Bytes, place, { op, nonce: nonce.value, body })
    return ok(encodeProof({ by: signer.by, nonce: nonce.value, sig: signSync(signer.keys.secretKey, message) }))
  }

  return {
    info,
    createBox: async (box) => {
      const made = await asked(boxCreated, ask('POST', PATHS.createBox, createBox.encode(box)))
      return made.ok ? ok(null) : made
    },
    putPlace: async (place, keys, put) => {
      const body = putPlace.encode(put)
      const proof = await prove(place, 'put', { by: 'author', keys }, body)
      return proof.ok ? asked(placeStored, ask('PUT', PATHS.place(place), body, proof.value)) : proof
    },
    getPlace: (place) => asked(placeIs, ask('GET', PATHS.place(place))),
    deletePlace: async (place, keys) => {
      const proof = await prove(place, 'delete', { by: 'author', keys }, NOTHING)
      const done = proof.ok ? await ask('DELETE', PATHS.place(place), undefined, proof.value) : proof
      return done.ok ? ok(null) : done
    },
    post: async (place, signer, message) => {
      const body = postMessage.encode(message)
      const proof = await prove(place, 'post', signer, body)
      const posted = proof.ok
        ? await asked(messagePosted, ask('POST', PATHS.messages(place), body, proof.value))
        : proof
      return posted.ok ? ok(posted.value.n) : posted
    },
    read: async (place, signer, after) => {
      const proof = await prove(place, 'read', signer, readBody(after))
      const path = `${PATHS.messages(place)}?after=${after}`
      return proof.ok ? asked(messages, ask('GET', path, undefined, proof.value)) : proof
    },
  }
}

/** A failure as the screens know it. */
export function asNetworkError(error: AskError): NetworkError {
  if (error.type === 'Unreachable') return { type: 'Unreachable' }
  if ('retryAfterMs' in error) return { type: 'RelayBusy', retryAfterMs: error.retryAfterMs }
  return { type: 'RelayRefused', why: error.type }
}
