/// <reference types="vite/client" />

/** Made by the words plugin: for each language, a list of features, each with a loader for its messages. */
declare module 'virtual:words' {
  type Loaders = Readonly<Record<string, () => Promise<{ readonly default: import('./words/t.ts').Dictionary }>>>
  export const words: Readonly<
    Record<import('./words/locale.ts').Language, () => Promise<{ readonly features: Loaders }>>
  >
}
