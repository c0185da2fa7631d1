/** A relay process that kills itself, as kill -9 would, right after its first append is durable and before it answers. */
import { readConfig } from '../config.ts'
import { startRelay } from '../server.ts'
import { openSqliteStore } from '../store/sqlite.ts'

const config = readConfig(process.env, import.meta.dirname)
if (!config.ok) process.exit(2)
const relay = await startRelay(config.value, {
  openStore(options, world) {
    const store = openSqliteStore(options, world)
    return {
      ...store,
      boxes: {
        ...store.boxes,
        append: (wish) =>
          store.boxes.append(wish).then((result) => {
            process.kill(process.pid, 'SIGKILL')
            return result
          }),
      },
    }
  },
})
process.stdout.write(`Alongside relay at ${relay.url}\n`)
