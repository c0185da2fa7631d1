/** The way to complain that the kept practice page names; empty when there is no page or it cannot be read. */
import type { CircleView } from '@alongside/device/api.ts'
import { decodePage } from '@alongside/practice/page/page.ts'

export function complaintIn(circle: CircleView): string {
  const kept = circle.state.people.page
  if (kept === null) return ''
  const page = decodePage(kept.bytes)
  return page.ok ? page.value.complaint : ''
}
