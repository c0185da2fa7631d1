/**
 * The geometry of the two threads, without any words: where marks lie, the lines through them, and the surface between
 * them. Pure; a missing mark breaks its line and has no surface.
 */
export type Marks = readonly (number | null)[]

export interface Frame {
  readonly width: number
  readonly height: number
  /** Room for the markers at every side. */
  readonly margin: number
}

export const HIGHEST = 4

export const xOf = (frame: Frame, count: number, at: number): number =>
  count < 2 ? frame.width / 2 : frame.margin + (at * (frame.width - 2 * frame.margin)) / (count - 1)

export const yOf = (frame: Frame, mark: number): number =>
  frame.margin + ((HIGHEST - mark) * (frame.height - 2 * frame.margin)) / HIGHEST

const round = (value: number): string => String(Math.round(value * 10) / 10)
const point = (x: number, y: number): string => `${round(x)} ${round(y)}`

/** The line through the marks as SVG path data; it begins anew after a mark that is missing. */
export function linePath(frame: Frame, marks: Marks): string {
  let path = ''
  marks.forEach((mark, at) => {
    if (mark === null) return
    const isNew = at === 0 || marks[at - 1] === null
    path += `${isNew ? 'M' : 'L'}${point(xOf(frame, marks.length, at), yOf(frame, mark))}`
  })
  return path
}

/** Half the width of the surface at a meeting that has no neighbour to reach to. */
const HALF = 7

/** The surface between two threads where `shared` lets it be drawn, as SVG path data. */
export function gapPath(frame: Frame, one: Marks, other: Marks, shared: readonly boolean[]): string {
  const count = one.length
  const pair = (at: number): readonly [number, number] | null => {
    const [a, b] = [one[at] ?? null, other[at] ?? null]
    return a === null || b === null || shared[at] !== true ? null : [yOf(frame, a), yOf(frame, b)]
  }
  let path = ''
  for (let at = 0; at < count; at++) {
    const here = pair(at)
    if (here === null) continue
    const x = xOf(frame, count, at)
    const next = at + 1 < count ? pair(at + 1) : null
    if (next !== null) {
      const nextX = xOf(frame, count, at + 1)
      path += `M${point(x, here[0])}L${point(nextX, next[0])}L${point(nextX, next[1])}L${point(x, here[1])}Z`
    } else if ((at === 0 || pair(at - 1) === null) && here[0] !== here[1]) {
      path += `M${point(x - HALF, here[0])}L${point(x + HALF, here[0])}L${point(x + HALF, here[1])}L${point(x - HALF, here[1])}Z`
    }
  }
  return path
}
