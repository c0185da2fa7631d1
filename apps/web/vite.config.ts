/**
 * Builds the web app into `dist`: a small entry, one lazy chunk per screen, one per language and feature,
 * a service worker that lists the shell's files, `csp.json` for the relay's headers, and `.br`/`.gz` beside
 * each text file. Nothing in it asks another origin for anything.
 */
import { defineConfig } from 'vite'
import { shellFiles } from './build/shell-files.ts'
import { words } from './messages/plugin.ts'

const root = import.meta.dirname

export default defineConfig({
  root,
  plugins: [words(root), shellFiles()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The scan for dependencies in development reads TSX by itself and must be told as well.
  optimizeDeps: { rolldownOptions: { transform: { jsx: { runtime: 'automatic', importSource: 'preact' } } } },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2020', 'chrome87', 'safari14', 'firefox78'],
    manifest: true,
    // The page preloads what it needs; screens share `parts`, so a list of each one's files would only make the entry grow.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'preact', test: /node_modules[\\/](preact|@preact)[\\/]/ },
            // Only the part of a note that is being written needs it, and it changes seldom.
            { name: 'yjs', test: /node_modules[\\/](yjs|lib0)[\\/]/ },
            // The components of the first screens and of nearly every other one: one file instead of fifteen.
            {
              name: 'parts',
              test: /src[\\/](words|components[\\/](button|card|checkbox|choice|details|error-summary|field|icon|listen|notice|passphrase))[\\/].*\.tsx?$/,
            },
          ],
        },
        chunkFileNames(chunk) {
          const found = /virtual:words\/([a-z]+)(?:\/([a-z-]+))?$/.exec(chunk.facadeModuleId ?? '')
          return found === null ? 'assets/[name]-[hash].js' : `assets/words-${found[1]}-${found[2] ?? 'list'}-[hash].js`
        },
      },
    },
  },
  server: { port: 5173, strictPort: false, host: '127.0.0.1' },
})
