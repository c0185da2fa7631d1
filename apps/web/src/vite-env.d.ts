/// <reference types="vite/client" />

/** Made by the words plugin: a loader for each feature's messages in each language. */
declare module 'virtual:words' {
  type Loaders = Readonly<Record<string, () => Promise<{ readonly default: import('./words/t.ts').Dictionary }>>>
  export const words: Readonly<Record<import('./words/locale.ts').Language, Loaders>>
}
