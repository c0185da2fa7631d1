/** Where a built app's messages come from: one file per language and feature, made by the build from the message files. */
import { words } from 'virtual:words'
import { provideWords } from './t.ts'

/** Tells `t` where its words are; once at start. */
export function provideBuiltWords(): void {
  provideWords(async (each, feature) => {
    const { features } = await words[each]()
    const load = features[feature]
    return load === undefined ? null : (await load()).default
  })
}
