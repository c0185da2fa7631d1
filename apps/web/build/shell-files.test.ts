import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { build } from 'vite'
import { shellFiles } from './shell-files.ts'

it('a build that fails says why, and not that its files are missing', async () => {
  const root = mkdtempSync(join(tmpdir(), 'alongside-build-'))
  try {
    writeFileSync(join(root, 'index.html'), '<script type="module" src="./main.js"></script>')
    writeFileSync(join(root, 'main.js'), "import './not-there.js'")
    const failing = build({ configFile: false, root, logLevel: 'silent', plugins: [shellFiles()] })
    await expect(failing).rejects.toThrow(/not-there/)
  } finally {
    rmSync(root, { recursive: true })
  }
})
