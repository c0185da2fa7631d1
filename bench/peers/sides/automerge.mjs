// automerge-repo over its WebSocket adapters: one document with a list, one change for each text.
import { Repo } from '@automerge/automerge-repo'
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket'

async function join(port) {
  const repo = new Repo({ network: [new WebSocketClientAdapter(`ws://127.0.0.1:${port}`)] })
  await repo.networkSubsystem.whenReady()
  return repo
}

export const side = {
  async pair({ port }) {
    const [writer, reader] = [await join(port), await join(port)]
    const mine = writer.create({ texts: [] })
    const theirs = await reader.find(mine.url)
    await theirs.whenReady()
    return {
      write: (text) =>
        mine.change((doc) => {
          doc.texts.push(text)
        }),
      heard: (told) => {
        let known = 0
        theirs.on('change', ({ doc }) => {
          for (; known < doc.texts.length; known++) told(doc.texts[known])
        })
      },
      token: () => mine.url,
      async close() {
        await writer.shutdown()
        await reader.shutdown()
      },
    }
  },
  async open({ port }, token, count) {
    const repo = await join(port)
    const handle = await repo.find(token)
    await handle.whenReady()
    while (handle.doc().texts.length < count) await new Promise((resolve) => handle.once('change', resolve))
  },
  async idle({ port }) {
    await join(port)
  },
}
