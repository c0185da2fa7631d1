/** For tests of screens and components: gives `t` the real messages, compiled from the files on disk. Never part of the app. */
import { join } from 'node:path'
import { parse } from '@messageformat/parser'
import { compileFeature } from '../../messages/compiler.ts'
import { readFeatures } from '../../messages/files.ts'
import { language, type Language } from './locale.ts'
import * as runtime from './runtime.ts'
import { loadWords, provideWords, type Dictionary } from './t.ts'

/** Loads every feature's messages in a language and makes it the one in use. */
export async function useWords(each: Language = 'en'): Promise<void> {
  const features = readFeatures(join(import.meta.dirname, '../..'))
  provideWords((wanted, feature) => {
    const file = features.get(feature)?.[wanted]
    return Promise.resolve(file === undefined ? null : dictionaryOf(wanted, file))
  })
  language.value = each
  await loadWords([...features.keys()], each)
}

/** Runs a compiled module with the runtime's functions in place of its import. */
function dictionaryOf(each: Language, file: Readonly<Record<string, string>>): Dictionary {
  for (const text of Object.values(file)) parse(text)
  const code = compileFeature(each, file, 'runtime')
    .replace(/^import .*\n/, '')
    .replace('export default', 'return')
  const names = Object.keys(runtime)
  return new Function(...names, code)(...Object.values(runtime)) as Dictionary
}
