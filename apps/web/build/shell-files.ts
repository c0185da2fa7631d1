/**
 * Vite plugin, the last step of a build: writes the list of files into the service worker, the hash of the
 * one inline script into `csp.json`, and compressed copies beside each text file.
 */
import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { build } from 'vite'
import type { ShellList } from '../src/service-worker/answer.ts'

/** Also the walk-through world, whose files are named after it: nobody who keeps a record needs them without a network. */
const NOT_SHELL = /^(sw\.js|csp\.json|\.vite\/.*|.*\.(br|gz|map)|assets\/(words-[a-z]+-)?walk-through-.*)$/
const WORDS = /^assets\/words-([a-z]+)-/

/** Sorts built files into the shell and the languages; `version` changes when any byte of any file does. */
export function listShell(files: ReadonlyMap<string, Uint8Array>): ShellList {
  const shell: string[] = []
  const words: Record<string, string[]> = {}
  const hash = createHash('sha256')
  for (const path of [...files.keys()].sort()) {
    if (NOT_SHELL.test(path)) continue
    hash.update(path).update(files.get(path) ?? '')
    const language = WORDS.exec(path)?.[1]
    const address = path === 'index.html' ? '/' : `/${path}`
    if (language === undefined) shell.push(address)
    else (words[language] ??= []).push(address)
  }
  return { version: hash.digest('hex').slice(0, 16), shell, words }
}

/** CSP sources (`'sha256-…'` without the quotes) of the inline scripts of a page. */
export function inlineScriptHashes(html: string): readonly string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    (found) =>
      `sha256-${createHash('sha256')
        .update(found[1] ?? '')
        .digest('base64')}`,
  )
}

function compress(dist: string): void {
  for (const path of globSync('**/*.{js,css,html,svg,webmanifest,json}', { cwd: dist })) {
    const bytes = readFileSync(join(dist, path))
    writeFileSync(join(dist, `${path}.gz`), gzipSync(bytes, { level: 9 }))
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    writeFileSync(join(dist, `${path}.br`), brotliCompressSync(bytes, { params }))
  }
}

async function writeServiceWorker(root: string, dist: string): Promise<void> {
  const files = new Map(
    globSync('**/*', { cwd: dist, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const full = join(entry.parentPath, entry.name)
        return [full.slice(dist.length + 1), readFileSync(full)] as const
      }),
  )
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: { __SHELL__: JSON.stringify(listShell(files)) },
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: ['es2020', 'chrome87', 'safari14'],
      lib: {
        entry: join(root, 'src/service-worker/worker.ts'),
        formats: ['iife'],
        name: 'sw',
        fileName: () => 'sw.js',
      },
    },
  })
}

export function shellFiles(): Plugin {
  let root = ''
  let dist = ''
  let isWritten = false
  return {
    name: 'alongside-shell-files',
    apply: 'build',
    configResolved(config) {
      root = config.root
      dist = resolve(config.root, config.build.outDir)
    },
    writeBundle() {
      isWritten = true
    },
    /** Runs after a build that failed as well; then there is nothing to list, and what went wrong is Vite's to say. */
    async closeBundle() {
      if (!isWritten) return
      const html = readFileSync(join(dist, 'index.html'), 'utf8')
      writeFileSync(join(dist, 'csp.json'), `${JSON.stringify({ script: inlineScriptHashes(html) })}\n`)
      await writeServiceWorker(root, dist)
      compress(dist)
    },
  }
}
