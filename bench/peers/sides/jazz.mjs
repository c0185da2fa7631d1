// Jazz, at the level of cojson: a group that both are in, one encrypted list, one transaction for each text.
import { LocalNode } from 'cojson'
import { WasmCrypto } from 'cojson/crypto/WasmCrypto'
import { createWebSocketPeer } from 'cojson-transport-ws'
import { WebSocket } from 'ws'

let lines = 0

async function join(port, secret) {
  const crypto = await WasmCrypto.create()
  const agent = secret ?? crypto.newRandomAgentSecret()
  const node = new LocalNode(agent, crypto.newRandomSessionID(crypto.getAgentID(agent)), crypto)
  const websocket = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve) => websocket.once('open', resolve))
  node.syncManager.addPeer(createWebSocketPeer({ id: `server ${lines++}`, websocket, role: 'server' }))
  return { node, agent }
}

export const side = {
  async pair({ port }) {
    const writer = await join(port)
    const reader = await join(port, writer.agent)
    const list = writer.node.createGroup().createList([])
    await list.core.waitForSync()
    const theirs = await reader.node.load(list.id)
    if (theirs === 'unavailable') throw new Error('the list did not come')
    return {
      write: (text) => list.append(text, undefined, 'private'),
      heard: (told) => {
        let known = 0
        theirs.subscribe((now) => {
          const texts = now.asArray()
          for (; known < texts.length; known++) told(texts[known])
        })
      },
      token: () => JSON.stringify({ id: list.id, agent: writer.agent }),
      close: () => undefined,
    }
  },
  async open({ port }, token, count) {
    const { id, agent } = JSON.parse(token)
    const { node } = await join(port, agent)
    const list = await node.load(id)
    if (list === 'unavailable') throw new Error('the list did not come')
    await new Promise((resolve) => {
      const stop = list.subscribe((now) => {
        if (now.asArray().length >= count) {
          resolve()
          stop?.()
        }
      })
    })
  },
  async idle({ port }) {
    await join(port)
  },
}
