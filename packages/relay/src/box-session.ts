/**
 * One connection to one box: hello, challenge, prove, welcome, then requests. Whoever cannot prove the capability learns
 * nothing, not even whether the box exists. Source: protocol section 2.16.
 */
import type { WebSocket } from 'ws'
import type { Bytes } from '@alongside/base/bytes.ts'
import type { Clock, Random } from '@alongside/base/world.ts'
import { openBytes, receiptBytes } from '@alongside/wire/auth.ts'
import { CLOSE, MAX_IN_FLIGHT } from '@alongside/wire/limits.ts'
import type { DeviceFrame, DeviceFrameBody } from '@alongside/wire/messages.ts'
import { SUPPORTED_VERSIONS, WIRE_VERSION } from '@alongside/wire/version.ts'
import { BoxRequests } from './box-requests.ts'
import { connect, type Connection } from './connection.ts'
import { whereOf, type Report } from './events.ts'
import type { Hub, Member } from './hub.ts'
import { isSignedBy, type RelayKey } from './keys.ts'
import type { Quotas } from './limits.ts'
import type { Store } from './store/port.ts'

export interface SessionWorld {
  readonly store: Store
  readonly hub: Hub
  readonly key: RelayKey
  readonly clock: Clock
  readonly random: Random
  readonly quotas: Quotas
  readonly report: Report
  readonly handshakeMs: number
}

type Stage =
  | { readonly type: 'hello' }
  | { readonly type: 'prove'; readonly hello: DeviceFrameBody<'hello'>; readonly nonce: Bytes }
  | { readonly type: 'checking'; readonly waiting: DeviceFrame[] }
  | { readonly type: 'open'; readonly requests: BoxRequests }
  | { readonly type: 'closed' }

/** Serves a socket that has just been opened, until it closes. `admitted` is called when the line was let in. */
export function serveBox(socket: WebSocket, world: SessionWorld, admitted: () => void): void {
  let stage: Stage = { type: 'hello' }
  let leave = () => {}

  const connection = connect(socket, {
    closed() {
      clearTimeout(timeout)
      stage = { type: 'closed' }
      leave()
    },
    frame,
  })
  const timeout = setTimeout(() => connection.close(CLOSE.handshakeTimeout), world.handshakeMs)

  function frame(frame: DeviceFrame): void {
    switch (stage.type) {
      case 'hello':
        if (frame.type !== 'hello') return malformed()
        if (!SUPPORTED_VERSIONS.includes(frame.body.version))
          return connection.reject({ type: 'WrongVersion', version: WIRE_VERSION }, CLOSE.wrongVersion)
        stage = { type: 'prove', hello: frame.body, nonce: world.random.bytes(32) }
        return connection.send({
          type: 'challenge',
          request: 0,
          body: { nonce: stage.nonce, relayPk: world.key.publicKey },
        })
      case 'prove': {
        if (frame.type !== 'prove') return malformed()
        const { hello, nonce } = stage
        stage = { type: 'checking', waiting: [] }
        admit(hello, nonce, frame.body.sig).catch((error: unknown) => {
          world.report({ type: 'Bug', where: whereOf(error) })
          connection.abandon()
        })
        return
      }
      case 'checking':
        // A device may send requests right behind its proof.
        if (stage.waiting.length >= MAX_IN_FLIGHT) return malformed()
        stage.waiting.push(frame)
        return
      case 'open':
        return stage.requests.handle(frame)
      case 'closed':
        return
    }
  }

  const malformed = () => connection.reject({ type: 'Malformed' }, CLOSE.malformed)

  async function admit(hello: DeviceFrameBody<'hello'>, nonce: Bytes, sig: Bytes): Promise<void> {
    const { boxId, capIndex } = hello
    const { store, hub, key, quotas } = world
    const found = await store.boxes.access(boxId, capIndex)
    // Without a capability the same work is done against the relay's own key, which never signs this.
    const isProven = isSignedBy(found?.capPk ?? key.publicKey, openBytes(key.publicKey, nonce, hello), sig)
    if (found === null || !isProven) return connection.reject({ type: 'NotAdmitted' }, CLOSE.notAdmitted)
    if (found.state === 'ended') return connection.reject({ type: 'Ended' }, CLOSE.ended)
    if (stage.type !== 'checking') return
    clearTimeout(timeout)
    admitted()

    const { waiting } = stage
    const member = new SessionMember(capIndex, connection)
    // Joined before the head is read, so that a rekey landing in between closes this connection too.
    hub.join(boxId, member)
    leave = () => hub.leave(boxId, member)
    const access = (await store.boxes.access(boxId, capIndex)) ?? found
    // Whoever was removed reads what they may and hears of nothing that comes later.
    if (access.newestCapIndex !== capIndex) leave()
    stage = {
      type: 'open',
      requests: new BoxRequests({
        world,
        connection,
        member,
        boxId,
        ownerPk: access.ownerPk,
        isNewest: access.newestCapIndex === capIndex,
      }),
    }
    connection.send({
      type: 'welcome',
      request: 0,
      body: {
        seq: access.readable.seq,
        hash: access.readable.hash,
        receipt: key.sign(receiptBytes(boxId, access.readable)),
        state: access.state,
        daysLeft: access.daysLeft,
        newestCapIndex: access.newestCapIndex,
        hasOwner: access.ownerPk !== null,
        ownerCounter: access.ownerCounter,
        ...quotas,
      },
    })
    for (const frame of waiting) stage.requests.handle(frame)
  }
}

/** An admitted connection as the hub sees it. */
class SessionMember implements Member {
  readonly capIndex: number
  readonly #connection: Connection
  #isSubscribed = false

  constructor(capIndex: number, connection: Connection) {
    this.capIndex = capIndex
    this.#connection = connection
  }

  isSubscribed(): boolean {
    return this.#isSubscribed
  }

  subscribe(): void {
    this.#isSubscribed = true
  }

  send(frame: Bytes): void {
    this.#connection.sendBytes(frame)
  }

  close(code: number): void {
    this.#connection.close(code)
  }
}
