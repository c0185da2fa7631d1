/** The systems under comparison: ours and the peers, how to start their servers, and what each promises. */
import { join, resolve } from 'node:path'
import { PEERS, versionOf } from './prepare.ts'
import type { ServerCommand } from './running.ts'

export interface System {
  readonly name: string
  /** The module of its devices. */
  readonly side: string
  readonly server: ServerCommand
  /** Packages whose versions are told. */
  readonly packages: readonly string[]
  /** What is durable at the server before a device learns that a text arrived, and whether the server can read it. */
  readonly promises: string
  /** Texts that it has on their way at a time in the work; the value it does best with. */
  readonly window: number
  /** A part of the work for a system that would take many minutes for all of it. */
  readonly part?: number
  /** A package that must have been compiled. */
  readonly compiled?: string
}

const ROOT = resolve(import.meta.dirname, '../..')
const inPeers = (name: string): string => join(PEERS, 'sides', name)
const portAndData = (port: number, folder: string) => ({ PORT: String(port), DATA: folder })

/** Ourselves; the name that goals go by. */
export const OURS: System = {
  name: 'ours',
  side: join(import.meta.dirname, 'ours.ts'),
  server: {
    args: [join(ROOT, 'packages/relay/start.mjs')],
    env: (port, folder) => ({
      ALONGSIDE_HOST: '127.0.0.1',
      ALONGSIDE_PORT: String(port),
      ALONGSIDE_DATA: folder,
      ALONGSIDE_WEB: '',
      // a day of use takes a second here
      ALONGSIDE_ENTRIES_PER_DAY: '1000000000',
      ALONGSIDE_BYTES_PER_DAY: '1000000000000',
      ALONGSIDE_BOX_BYTES: '1000000000000',
    }),
  },
  packages: [],
  promises: 'sealed, each entry signed and checked; on disk (fsync) before it is acknowledged, with a signed receipt',
  window: 32,
}

export const PEER_SYSTEMS: readonly System[] = [
  {
    name: 'y-websocket',
    side: inPeers('y-websocket.mjs'),
    server: {
      args: [join(PEERS, 'node_modules/y-websocket/bin/server.cjs')],
      env: (port, folder) => ({ HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: folder }),
    },
    packages: ['y-websocket', 'yjs'],
    promises: 'readable by its server; no acknowledgement; LevelDB is written afterwards, without fsync',
    window: 256,
  },
  {
    name: 'hocuspocus',
    side: inPeers('hocuspocus.mjs'),
    server: { args: [inPeers('hocuspocus-server.mjs')], env: portAndData },
    packages: ['@hocuspocus/server', '@hocuspocus/provider', '@hocuspocus/extension-sqlite', 'yjs'],
    promises: 'readable by its server; acknowledged from memory; the whole document goes to SQLite about 2 s later',
    window: 256,
    compiled: 'better-sqlite3',
  },
  {
    name: 'jazz',
    side: inPeers('jazz.mjs'),
    server: { args: [inPeers('jazz-server.mjs')], env: portAndData },
    packages: ['cojson', 'cojson-transport-ws'],
    promises: 'sealed, a session’s chain signed; stored in SQLite (WAL, synchronous FULL as Node opens it)',
    window: 256,
  },
  {
    name: 'automerge-repo',
    side: inPeers('automerge.mjs'),
    server: { args: [inPeers('automerge-server.mjs')], env: portAndData },
    packages: ['@automerge/automerge-repo'],
    promises: 'readable by its server; saved to files some time later, without fsync',
    window: 256,
    part: 0.1,
  },
]

/** Name and versions for the notes. */
export function describe({ name, packages, promises }: System): string {
  const versions = packages.map((one) => `${one} ${versionOf(one)}`).join(', ')
  return versions === '' ? `${name}: ${promises}` : `${name} (${versions}): ${promises}`
}
