/** Writes the golden vectors anew: `node packages/record/test/write-vectors.ts`. Only after a format changed on purpose. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { vectorFiles } from './vectors.ts'

const folder = join(import.meta.dirname, '../../../vectors')
for (const [name, text] of await vectorFiles()) writeFileSync(join(folder, name), text)
