/**
 * Finds and reads the message files: `src/<…>/<feature>/messages/<language>.json`. A feature is the folder
 * that holds `messages`; its name is the first part of each of its keys and must be unique.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { checkFeature, type FeatureFiles, type MessageFile, type MessageProblem } from './compiler.ts'
import { LANGUAGES, type Language } from './languages.ts'

function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text)
}

function readMessageFile(path: string): MessageFile {
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof read !== 'object' || read === null) throw new Error(`${path} is not an object of messages`)
  const file: Record<string, string> = {}
  for (const [key, text] of Object.entries(read)) {
    if (typeof text !== 'string') throw new Error(`${path}: ${key} is not a text`)
    file[key] = text
  }
  return file
}

/**
 * All message files under `root` (the folder of the web app), by feature. Throws when a file is not JSON
 * of texts, when a language is unknown, or when two folders carry the same feature name.
 */
export function readFeatures(root: string): ReadonlyMap<string, FeatureFiles> {
  const features = new Map<string, Partial<Record<Language, MessageFile>>>()
  const folderOf = new Map<string, string>()
  for (const path of globSync('src/**/messages/*.json', { cwd: root }).sort()) {
    const folder = dirname(dirname(path))
    const feature = basename(folder)
    const language = basename(path, '.json')
    if (!isLanguage(language)) throw new Error(`${path}: language ${language} is not in languages.ts`)
    if ((folderOf.get(feature) ?? folder) !== folder)
      throw new Error(`two folders are called ${feature}: ${folder}, ${folderOf.get(feature)}`)
    folderOf.set(feature, folder)
    features.set(feature, { ...features.get(feature), [language]: readMessageFile(join(root, path)) })
  }
  if (features.size === 0) throw new Error(`no message file found under ${root}`)
  return features
}

/** Every problem of every feature. */
export function checkFeatures(features: ReadonlyMap<string, FeatureFiles>): readonly MessageProblem[] {
  return [...features].flatMap(([feature, files]) => checkFeature(feature, files))
}

/** One line a person can act on. */
export function problemLine(problem: MessageProblem): string {
  const { feature, language, key, type, ...facts } = problem
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  return [`${feature}/messages/${language}.json`, key, type, ...details].filter((part) => part !== '').join(' · ')
}
