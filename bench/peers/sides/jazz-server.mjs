// What the published sync server does, with cojson's SQLite storage on the SQLite that Node brings.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { getSqliteStorage, LocalNode } from 'cojson'
import { WasmCrypto } from 'cojson/crypto/WasmCrypto'
import { createWebSocketPeer } from 'cojson-transport-ws'
import { WebSocketServer } from 'ws'

const db = new DatabaseSync(join(process.env.DATA, 'db.sqlite'))
db.exec('PRAGMA journal_mode = WAL')
const prepared = new Map()
function statement(sql) {
  const known = prepared.get(sql)
  if (known !== undefined) return known
  const made = db.prepare(sql)
  prepared.set(sql, made)
  return made
}
const storage = getSqliteStorage({
  run: (sql, params) => void statement(sql).run(...params),
  get: (sql, params) => statement(sql).get(...params),
  query: (sql, params) => statement(sql).all(...params),
  transaction(callback) {
    db.exec('BEGIN')
    try {
      callback()
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  },
  closeDb: () => db.close(),
})
const crypto = await WasmCrypto.create()
const agent = crypto.newRandomAgentSecret()
const node = new LocalNode(agent, crypto.newRandomSessionID(crypto.getAgentID(agent)), crypto)
node.setStorage(storage)
let lines = 0
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
server.on('connection', (websocket) => {
  const ping = () => websocket.send(JSON.stringify({ type: 'ping', time: Date.now(), dc: 'here' }))
  const pinging = setInterval(ping, 1500)
  websocket.on('close', () => clearInterval(pinging))
  node.syncManager.addPeer(
    createWebSocketPeer({
      id: `client ${lines++}`,
      role: 'client',
      websocket,
      expectPings: false,
      batchingByDefault: false,
      deletePeerStateOnClose: true,
    }),
  )
})
