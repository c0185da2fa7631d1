/** Builds the web app when its sources are newer than what was built. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findFiles, ROOT } from './files.ts'
import { COMMANDS, type Ran, runNode } from './run.ts'

const BUILT = 'apps/web/dist/index.html'

/** Whether a file goes into the build. */
const isSource = (path: string): boolean =>
  path === 'package-lock.json' || /^(?:apps\/web|packages\/[^/]+\/src)\//.test(path)

/** Whether the built app is missing or older than a source. `root` is the repository's. */
export function isBuildStale(root: string): boolean {
  const built = join(root, BUILT)
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  return findFiles(root, isSource).some((path) => statSync(join(root, path)).mtimeMs > builtAt)
}

/** Builds if needed; null when nothing had to be done. */
export async function buildIfStale(): Promise<Ran | null> {
  if (!isBuildStale(ROOT)) return null
  return runNode(COMMANDS.vite, ['build', 'apps/web', '--logLevel', 'warn'], { output: 'keep' })
}
