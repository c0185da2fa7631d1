// Yjs with Hocuspocus: the same array and transactions as with y-websocket, over its own provider.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

async function join(port, name = 'work') {
  const document = new Y.Doc()
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}`,
    WebSocketPolyfill: WebSocket,
  })
  const provider = new HocuspocusProvider({ websocketProvider, name, document, token: 'any' })
  await new Promise((resolve) => {
    provider.on('synced', resolve)
    provider.attach()
  })
  return {
    list: document.getArray('texts'),
    close() {
      provider.destroy()
      websocketProvider.destroy()
    },
  }
}

let rooms = 0

export const side = {
  async pair({ port }) {
    const [writer, reader] = [await join(port), await join(port)]
    return {
      write: (text) => writer.list.push([text]),
      heard: (told) =>
        reader.list.observe((event) => {
          for (const { insert } of event.delta) for (const text of insert ?? []) told(text)
        }),
      token: () => 'work',
      close() {
        writer.close()
        reader.close()
      },
    }
  },
  async open({ port }, token, count) {
    const { list } = await join(port, token)
    if (list.toArray().length < count) throw new Error(`only ${list.length} texts came`)
  },
  async idle({ port }) {
    await join(port, `idle ${rooms++}`)
  },
}
