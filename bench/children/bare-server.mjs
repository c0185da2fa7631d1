/** The least that a relay could be: a bare `ws` server beside a bare database, with an address that says it is up. */
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { WebSocketServer } from 'ws'

const db = new DatabaseSync(process.argv[2] ?? ':memory:')
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB)')
const server = createServer((_, response) => response.end('{"ok":true}'))
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => socket.on('message', () => undefined))
server.listen(0, '127.0.0.1', () => process.stdout.write(`relay at http://127.0.0.1:${server.address().port}\n`))
process.once('SIGTERM', () => process.exit(0))
