import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { must } from '@alongside/base/result.ts'
import { decodeRelayFrame } from '@alongside/wire/messages.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { connect, type Connection } from './connection.ts'

let server: WebSocketServer
let client: WebSocket
let connection: Connection
const heard: string[] = []

beforeEach(async () => {
  heard.length = 0
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const served = once(server, 'connection')
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  client.on('message', (data: Buffer) => heard.push(must(decodeRelayFrame(new Uint8Array(data))).type))
  const [socket] = (await served) as [WebSocket]
  connection = connect(socket, { frame: () => undefined, closed: () => undefined })
  if (client.readyState !== client.OPEN) await once(client, 'open')
})
afterEach(() => {
  client.terminate()
  server.close()
})

const stored = { type: 'draftStored', request: 1, body: { version: 1 } } as const
const moved = { type: 'stateChanged', request: 0, body: { state: 'open', daysLeft: 0 } } as const
const ended = { type: 'rangeEnd', request: 2, body: { next: 1, seq: 1 } } as const

it('Frames leave in the order in which they were sent, also behind one that was not ready, and the close comes last', async () => {
  const closed = once(client, 'close')
  const first = connection.sendSoon()
  connection.send(moved)
  const third = connection.sendSoon()
  connection.close(4410)
  connection.send(moved)
  third(ended)
  first(stored)
  expect(((await closed) as [number])[0]).toBe(4410)
  expect(heard).toEqual(['draftStored', 'stateChanged', 'rangeEnd'])
})

it('Nothing can be sent once a close was asked for, and room is not waited for', async () => {
  const first = connection.sendSoon()
  expect(connection.isOpen()).toBe(true)
  connection.close(4409)
  expect(connection.isOpen()).toBe(false)
  await connection.room()
  const closed = once(client, 'close')
  first(stored)
  await closed
  expect(heard).toEqual(['draftStored'])
})

it('A place that is never filled does not keep a connection that had a bug', async () => {
  const closed = once(client, 'close')
  connection.sendSoon()
  connection.abandon()
  expect(((await closed) as [number])[0]).toBe(1011)
})
