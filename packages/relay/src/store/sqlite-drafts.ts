/** Shared drafts in SQLite: the latest only, overwritten by whoever has seen the one before. */
import type { DatabaseSync } from 'node:sqlite'
import { err, ok } from '@alongside/base/result.ts'
import { idBytes } from '@alongside/wire/chain.ts'
import { MAX_DRAFTS } from '@alongside/wire/limits.ts'
import type { BoxStore } from './port.ts'
import type { BoxRows } from './sqlite-box-rows.ts'
import { blob, int, type Writer } from './sqlite-file.ts'

export function createSqliteDrafts(
  db: DatabaseSync,
  writer: Writer,
  rows: BoxRows,
): Pick<BoxStore, 'draft' | 'putDraft'> {
  const sql = {
    draft: db.prepare('SELECT version, bytes FROM drafts WHERE box = ? AND draft = ?'),
    countDrafts: db.prepare('SELECT count(*) AS n FROM drafts WHERE box = ?'),
    putDraft: db.prepare('INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)'),
    dropDraft: db.prepare('DELETE FROM drafts WHERE box = ? AND draft = ?'),
    countDraft: db.prepare('UPDATE boxes SET draft_counter = ? WHERE box = ?'),
  }
  return {
    async draft(boxId, draftId) {
      const row = sql.draft.get(idBytes(boxId), idBytes(draftId))
      return row === undefined
        ? { version: 0, bytes: null }
        : { version: int(row, 'version'), bytes: blob(row, 'bytes') }
    },

    putDraft: ({ boxId, capIndex, draftId, expectedVersion, bytes }) =>
      writer.write(() => {
        const found = rows.writable(boxId, capIndex)
        if (!found.ok) return found
        const [box, draft] = [idBytes(boxId), idBytes(draftId)]
        const row = sql.draft.get(box, draft)
        const version = row === undefined ? 0 : int(row, 'version')
        if (version !== expectedVersion)
          return err({
            type: 'DraftConflict' as const,
            draft: { version, bytes: row === undefined ? null : blob(row, 'bytes') },
          })
        if (bytes === null) {
          sql.dropDraft.run(box, draft)
          return ok({ version: 0, bytes: null })
        }
        const count = sql.countDrafts.get(box)
        if (row === undefined && count !== undefined && int(count, 'n') >= MAX_DRAFTS)
          return err({ type: 'TooManyDrafts' as const })
        // One counter for the box, so that a draft deleted and made again never has a version it had before.
        const next = int(found.value, 'draft_counter') + 1
        sql.putDraft.run(box, draft, next, bytes)
        sql.countDraft.run(next, box)
        return ok({ version: next, bytes })
      }),
  }
}
