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
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2020', 'chrome87', 'safari14', 'firefox78'],
    manifest: true,
    // Preloading helpers would fetch screens that a person on a small data plan never opens.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        chunkFileNames(chunk) {
          const found = /virtual:words\/([a-z]+)\/([a-z-]+)$/.exec(chunk.facadeModuleId ?? '')
          return found === null ? 'assets/[name]-[hash].js' : `assets/words-${found[1]}-${found[2]}-[hash].js`
        },
      },
    },
  },
  server: { port: 5173, strictPort: false, host: '127.0.0.1' },
})
