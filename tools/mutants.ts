/**
 * `npm run mutants`: changes the code of rules and record in small ways, one at a time, and sees whether a test notices.
 * Parts of paths on the command line choose files (`npm run mutants -- agreement rekey`); `--json` prints the results as
 * data, `--last` prints those of earlier runs, which stay in `.cache/mutants/done`. What was last committed is
 * tried. Fails when less than nine in ten are noticed, or when something could not be tried.
 */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/files.ts'
import { openBox } from './mutants/box.ts'
import { linesFor, resultsOf, share, type FileResult } from './mutants/report.ts'

const RULES = 'packages/practice/src/**/{rules,reduce,room,floor,offers,answers,state}.ts'
const RECORD = 'packages/record/src/{fold,step,take-rekey,rekey,chain,envelope,entry,epoch,keys,joining,trace}.ts'
/** The share of mutants that tests must notice. */
const GOAL = 0.9

const args = process.argv.slice(2)
const wanted = args.filter((arg) => !arg.startsWith('--'))
const files = globSync([RULES, RECORD], { cwd: ROOT })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
  .sort()

const done = join(ROOT, '.cache', 'mutants', 'done')
mkdirSync(done, { recursive: true })
const kept = (file: string): string => join(done, `${file.replaceAll('/', '.')}.json`)

const results: FileResult[] = []
const failed: string[] = []
if (args.includes('--last')) {
  for (const file of files)
    if (existsSync(kept(file))) results.push(...(JSON.parse(readFileSync(kept(file), 'utf8')) as FileResult[]))
    else failed.push(file)
} else {
  const box = openBox()
  for (const file of files) {
    const report = box.mutate([file])
    if (report === null) {
      failed.push(file)
      continue
    }
    const found = resultsOf(report)
    results.push(...found)
    writeFileSync(kept(file), `${JSON.stringify(found, null, 2)}\n`)
    for (const one of found) process.stderr.write(`${share(one.killed, one.mutants).padStart(8)}  ${one.file}\n`)
  }
}

const total = results.reduce((sum, one) => sum + one.mutants, 0)
const killed = results.reduce((sum, one) => sum + one.killed, 0)
if (args.includes('--json')) console.log(JSON.stringify({ total, killed, results }, null, 2))
else for (const line of linesFor(results)) console.log(line)
for (const file of failed) console.error(`${file}: was not tried`)
process.exitCode = failed.length === 0 && total > 0 && killed >= GOAL * total ? 0 : 1
