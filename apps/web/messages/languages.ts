/**
 * The languages the product ships, in the order they are offered. Adding one: add it here, then add its
 * message file beside every other; the build names each one that is missing.
 */
export const LANGUAGES = ['en', 'es', 'ar'] as const

export type Language = (typeof LANGUAGES)[number]

/** The language whose keys and parameters the others are held against. */
export const SOURCE_LANGUAGE: Language = 'en'
