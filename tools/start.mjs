/** `npm start`: installs what is missing, then starts Alongside on this machine. Options: see tools/serve.ts. */
import { installAndRun } from './lib/install.mjs'

installAndRun('tools/serve.ts', process.argv.slice(2))
