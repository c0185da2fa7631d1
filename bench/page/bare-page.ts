/** The same words in bare Preact: a page with nothing but the library, our stylesheet and the words, built like ours. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '../..')

/** A piece of a page: what it is, and what it says. */
export type Piece = readonly [tag: string, text: string]

const INDEX = `<!doctype html>
<html lang="en" dir="ltr">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <title>Alongside</title>
    <link rel="stylesheet" href="/styles/base.css" />
  </head>
  <body>
    <div id="app"></div>
    <script type="module" src="/main.js"></script>
  </body>
</html>
`

const mainOf = (pieces: readonly Piece[]): string => `import { h, render } from 'preact'
const pieces = ${JSON.stringify(pieces)}
render(h('main', null, pieces.map(([tag, text]) => h(tag, null, text))), document.getElementById('app'))
`

/** Builds the page into a folder of its own, with `.br` beside each file; `remove` takes it away. */
export async function buildBarePage(
  pieces: readonly Piece[],
): Promise<{ readonly folder: string; readonly remove: () => void }> {
  const root = mkdtempSync(join(tmpdir(), 'bench-page-'))
  writeFileSync(join(root, 'index.html'), INDEX)
  writeFileSync(join(root, 'main.js'), mainOf(pieces))
  cpSync(join(ROOT, 'apps/web/src/styles'), join(root, 'styles'), { recursive: true })
  mkdirSync(join(root, 'node_modules'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { preact: join(ROOT, 'node_modules/preact') } },
    build: { modulePreload: false, assetsInlineLimit: 0 },
  })
  const folder = join(root, 'dist')
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:js|css|html)$/.test(file)) continue
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(readFileSync(join(folder, file))))
  }
  return { folder, remove: () => rmSync(root, { recursive: true, force: true }) }
}
