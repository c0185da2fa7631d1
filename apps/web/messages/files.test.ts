import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkFeatures, problemLine, readFeatures } from './files.ts'

it('finds nothing wrong with the messages that ship', () => {
  const features = readFeatures(join(import.meta.dirname, '..'))
  expect(features.size).toBeGreaterThan(2)
  expect(checkFeatures(features).map(problemLine)).toEqual([])
})

it('refuses a folder without any message file', () => {
  expect(() => readFeatures(import.meta.dirname)).toThrow('no message file')
})
