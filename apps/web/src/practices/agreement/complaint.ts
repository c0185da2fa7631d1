/** The way to complain that the kept practice page names; empty when there is no page. */
import type { CircleView } from '@alongside/device/api.ts'

export const complaintIn = (circle: CircleView): string => circle.page?.complaint ?? ''
