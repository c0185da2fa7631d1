/**
 * `npm run bench`: our figures beside the raw limit, in one run. Names choose works: `npm run bench -- relay-append`;
 * `--json` for machines, `--rounds N` for more patience.
 */
import { join } from 'node:path'
import { runWorks, worksIn } from './lib/run.ts'

await runWorks(await worksIn(join(import.meta.dirname, 'works')), process.argv.slice(2))
