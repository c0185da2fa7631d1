/** For tests of screens and components: gives `t` the real messages, compiled from the files on disk. Never part of the app. */
import { join } from 'node:path'
import { language, type Language } from '../src/words/locale.ts'
import * as runtime from '../src/words/runtime.ts'
import { loadWords, provideWords, type Dictionary } from '../src/words/t.ts'
import { compileFeature, type MessageFile } from './compiler.ts'
import { readFeatures } from './files.ts'

/** Loads every feature's messages in a language and makes it the one in use. */
export async function useWords(each: Language = 'en'): Promise<void> {
  const features = readFeatures(join(import.meta.dirname, '..'))
  provideWords((wanted, feature) => {
    const file = features.get(feature)?.[wanted]
    return file === undefined ? Promise.resolve(null) : runMessages(wanted, file)
  })
  language.value = each
  await loadWords([...features.keys()], each)
}

/** Compiles messages and runs the module, with the runtime's functions in place of its import. */
export async function runMessages(each: Language, file: MessageFile): Promise<Dictionary> {
  const body = compileFeature(each, file, 'runtime')
    .replace(/^import .*\n/, '')
    .replace('export default', 'return')
  const code = `export const make = ({${Object.keys(runtime).join(',')}}) => {${body}}`
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    make(given: typeof runtime): Dictionary
  }
  return module.make(runtime)
}
