/** Where drafts lie, apart from what reads them, so that a device without an open note does without Yjs. */
import type { Id } from '@alongside/base/codec.ts'

/** Where the drafts of a circle lie in the sealed store. */
export const draftArea = (circle: Id): string => `drafts:${circle}`
