/** The practice page that a circle's person said yes to, checked against the signature it was kept with. */
import type { Circle } from '@alongside/practice/define.ts'
import { decodePage } from '@alongside/practice/page/bytes.ts'
import type { PracticePage } from '@alongside/practice/page/page.ts'
import { readPage } from '@alongside/record/invite/page.ts'

/** Pages already read: a circle's state keeps the same object for as long as nothing changes it. */
const known = new WeakMap<object, PracticePage | null>()

/** The page as it reads; null when there is none, or when it is not what was signed. */
export function keptPage(circle: Circle): PracticePage | null {
  const kept = circle.people.page
  const place = kept === null ? null : (circle.people.members[kept.member ?? '']?.place ?? null)
  if (kept === null || place === null) return null
  const before = known.get(kept)
  if (before !== undefined) return before
  const read = readPage(place, Uint8Array.from(kept.bytes), Uint8Array.from(kept.signature))
  const decoded = read.ok ? decodePage(read.value.page) : null
  const page = decoded?.ok === true ? decoded.value : null
  known.set(kept, page)
  return page
}
