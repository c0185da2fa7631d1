/** `npm run test:all`: installs what the tests need and runs all of them. The steps: see tools/every-test.ts. */
import { installAndRun } from './lib/install.mjs'

installAndRun('tools/every-test.ts', process.argv.slice(2))
