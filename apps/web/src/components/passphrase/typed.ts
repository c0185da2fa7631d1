/** A passphrase that is typed by itself, where it guards nothing: in the walk-through world. Null everywhere else. */
import { signal } from '@preact/signals'

export const typedForYou = signal<string | null>(null)
