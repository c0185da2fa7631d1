// Yjs with its WebSocket provider: one array, one transaction for each text. The server is the provider's own.
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const ROOM = 'work'

async function join(port, room = ROOM) {
  const doc = new Y.Doc()
  const options = { WebSocketPolyfill: WebSocket, disableBc: true }
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, room, doc, options)
  await new Promise((resolve) => provider.once('sync', resolve))
  return { doc, list: doc.getArray('texts'), provider }
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
      token: () => ROOM,
      close() {
        writer.provider.destroy()
        reader.provider.destroy()
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
