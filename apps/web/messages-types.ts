/**
 * Writes `src/words/messages.gen.ts`, which gives every message key its parameters, and checks the messages.
 * Run before the type check: `node apps/web/messages-types.ts`. Exits 1 and names each problem if one is found.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { typesOfFeatures } from './messages/compiler.ts'
import { checkFeatures, problemLine, readFeatures } from './messages/files.ts'

const root = import.meta.dirname
const features = readFeatures(root)
writeFileSync(join(root, 'src/words/messages.gen.ts'), typesOfFeatures(features))
const problems = checkFeatures(features)
for (const problem of problems) console.error(problemLine(problem))
if (problems.length > 0) process.exitCode = 1
else console.log(`${features.size} message folders are complete in every language.`)
