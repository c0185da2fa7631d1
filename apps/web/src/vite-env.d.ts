/// <reference types="vite/client" />
declare module 'virtual:words' {
  import type { Dictionary } from './words/t.ts'
  import type { Language } from './words/locale.ts'
  export const words: Readonly<
    Record<Language, Readonly<Record<string, () => Promise<{ readonly default: Dictionary }>>>>
  >
}
