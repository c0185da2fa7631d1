/**
 * Vite plugin: `virtual:words` (a loader per language, which lists its features) and one module per language and feature.
 * The build stops, naming every problem, when a message is not fit to ship; the development server shows
 * the same list and keeps going.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { compileFeature, typesOfFeatures, type FeatureFiles } from './compiler.ts'
import { checkFeatures, problemLine, readFeatures } from './files.ts'
import { LANGUAGES, type Language } from './languages.ts'

const PREFIX = 'virtual:words'

/** A list of features per language, itself loaded when the language is first used: the entry stays small as features come. */
function indexModule(): string {
  const lists = LANGUAGES.map(
    (language) => `${JSON.stringify(language)}:()=>import(${JSON.stringify(`${PREFIX}/${language}`)})`,
  )
  return `export const words = {${lists.join(',\n')}}\n`
}

function languageModule(language: Language, features: ReadonlyMap<string, FeatureFiles>): string {
  const loaders = [...features.keys()].sort().map((feature) => {
    return `${JSON.stringify(feature)}:()=>import(${JSON.stringify(`${PREFIX}/${language}/${feature}`)})`
  })
  return `export const features = {${loaders.join(',\n')}}\n`
}

/** @param root the web app's folder. */
export function words(root: string): Plugin {
  const runtime = join(root, 'src/words/runtime.ts')
  let building = false
  const refresh = (): readonly string[] => {
    const features = readFeatures(root)
    writeFileSync(join(root, 'src/words/messages.gen.ts'), typesOfFeatures(features))
    return checkFeatures(features).map(problemLine)
  }
  return {
    name: 'alongside-words',
    configResolved(config) {
      building = config.command === 'build'
    },
    buildStart() {
      const lines = refresh()
      if (lines.length === 0) return
      if (building) this.error(`messages are not fit to ship:\n${lines.join('\n')}`)
      this.warn(lines.join('\n'))
    },
    resolveId(id) {
      return id === PREFIX || id.startsWith(`${PREFIX}/`) ? `\0${id}` : null
    },
    load(id) {
      if (id === `\0${PREFIX}`) return indexModule()
      if (!id.startsWith(`\0${PREFIX}/`)) return null
      const [language, feature] = id.slice(PREFIX.length + 2).split('/')
      const known = LANGUAGES.find((each) => each === language)
      if (known !== undefined && feature === undefined) return languageModule(known, readFeatures(root))
      const file = known === undefined ? undefined : readFeatures(root).get(feature ?? '')?.[known]
      if (known === undefined || file === undefined) return this.error(`no messages for ${id}`)
      return compileFeature(known, file, runtime)
    },
    hotUpdate({ file, server }) {
      if (!/\/messages\/[a-z]+\.json$/.test(file)) return
      for (const line of refresh()) server.config.logger.warn(line)
      server.moduleGraph.invalidateAll()
      server.ws.send({ type: 'full-reload' })
    },
  }
}
