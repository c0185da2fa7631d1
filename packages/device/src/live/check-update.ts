/**
 * Whether a Yjs update may be applied: it is plain text in the one field we use, every piece of it was written under a
 * client id of the device that sent it, and nothing before it is missing. Checked before Yjs sees the update, because
 * Yjs applies whatever it is given. Deletions may concern anybody's text. Source: protocol section 1 (4).
 */
import { ok, err, type Result } from '@alongside/base/result.ts'
import * as Y from 'yjs'

/** The name of the text in a block's document. */
export const FIELD = 'text'
/** The longest text of a block while it is written, in UTF-16 units, deleted text counted. */
export const MAX_CLOCK = 200_000
export const MAX_UPDATE = 49_152
const MAX_STRUCTS = 5_000

export type UpdateError = {
  readonly type: 'UpdateRefused'
  /** `client`: written under an id that is not the sender's. `gap`: something before it has not come. */
  readonly why: 'size' | 'encoding' | 'content' | 'client' | 'gap'
}

const refused = (why: UpdateError['why']) => err<UpdateError>({ type: 'UpdateRefused', why })

/**
 * Checks an update from a device whose client ids are `clients`. `known` gives how far each client's text is known
 * here; without it gaps are not looked for. Gives how far each client's text is known with the update.
 */
export function checkUpdate(
  update: Uint8Array,
  clients: ReadonlySet<number>,
  known: ((client: number) => number) | null,
): Result<ReadonlyMap<number, number>, UpdateError> {
  if (update.length > MAX_UPDATE) return refused('size')
  let read: ReturnType<typeof Y.decodeUpdate>
  try {
    read = Y.decodeUpdate(update)
  } catch {
    return refused('encoding')
  }
  const { structs, ds } = read
  if (structs.length > MAX_STRUCTS) return refused('size')
  if ([...ds.clients.values()].some((ranges) => !isInOrder(ranges))) return refused('size')
  const next = new Map<number, number>()
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (!clients.has(client)) return refused('client')
    if (struct.length < 1 || clock + struct.length > MAX_CLOCK) return refused('size')
    if (!isPlainText(struct)) return refused('content')
    if (isBesideNothing(struct)) return refused('gap')
    if (clock > (next.get(client) ?? known?.(client) ?? clock)) return refused('gap')
    next.set(client, clock + struct.length)
  }
  return ok(next)
}

function isPlainText(struct: Y.Item | Y.GC | Y.Skip): boolean {
  if (struct instanceof Y.GC) return true
  if (!(struct instanceof Y.Item)) return false // a Skip stands for something left out
  const { content, parent, parentSub } = struct
  const inField = parent === null || (parent as unknown) === FIELD // an item with a neighbour takes its parent from it
  return inField && parentSub === null && (content instanceof Y.ContentString || content instanceof Y.ContentDeleted)
}

/**
 * Whether a piece says that it stands beside text that cannot be: what its own client wrote only later, or what is further
 * than text goes. Yjs looks for neither, and breaks on them: on the first at once, on the second with the next update.
 */
function isBesideNothing(struct: Y.Item | Y.GC | Y.Skip): boolean {
  if (!(struct instanceof Y.Item)) return false
  const { id, origin, rightOrigin } = struct
  return [origin, rightOrigin].some(
    (at) => at !== null && (at.clock >= MAX_CLOCK || (at.client === id.client && at.clock >= id.clock)),
  )
}

/**
 * Whether deletions have a length, stay within what text can be, and rise without touching what was deleted before, as Yjs
 * writes them. It throws while it applies one of no length, and reads others wrong when it has to keep them for later, so that
 * two sides would show different text.
 */
function isInOrder(ranges: readonly { readonly clock: number; readonly len: number }[]): boolean {
  let end = 0
  for (const { clock, len } of ranges) {
    if (len < 1 || clock < end || clock + len > MAX_CLOCK) return false
    end = clock + len
  }
  return true
}
