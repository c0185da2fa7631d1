/**
 * The words a person would look for, from the product's own message files through its own compiler: journeys say
 * `t('page.publish')` and find exactly what is on the screen, in any of the three languages.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileFeature } from '../apps/web/messages/compiler.ts'
import { readFeatures } from '../apps/web/messages/files.ts'
import { type Language, language } from '../apps/web/src/words/locale.ts'
import { type Dictionary, loadWords, provideWords } from '../apps/web/src/words/t.ts'

const web = resolve(import.meta.dirname, '../apps/web')

/** Loads every message of the product in one language; after it `t` and `textFor` answer in that language. */
export async function speak(chosen: Language): Promise<void> {
  const features = readFeatures(web)
  const folder = mkdtempSync(join(tmpdir(), 'words-'))
  const runtime = pathToFileURL(join(web, 'src/words/runtime.ts')).href
  provideWords(async (each, feature) => {
    const file = features.get(feature)?.[each]
    if (file === undefined) return null
    const path = join(folder, `${each}-${feature}.mjs`)
    writeFileSync(path, compileFeature(each, file, runtime))
    const made: { default: Dictionary } = await import(pathToFileURL(path).href)
    return made.default
  })
  language.value = chosen
  await loadWords([...features.keys()], chosen)
}

export type { Language }
