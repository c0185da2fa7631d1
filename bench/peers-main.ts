/**
 * `npm run bench:peers`: our figures beside those of others, in one run. Installs them first, once, into `.cache/peers`.
 * Names choose works; `--json` for machines, `--rounds N` for more patience. Exit code 1 when a work of ours broke.
 */
import { join } from 'node:path'
import { preparePeers } from './peers/prepare.ts'

preparePeers()
const { runWorks, worksIn } = await import('./lib/run.ts')
await runWorks(await worksIn(join(import.meta.dirname, 'peers/works')), process.argv.slice(2))
