/**
 * Finding out what one input did to a text, and moving positions through what others did meanwhile. Positions are UTF-16
 * units, as textareas and Yjs count. Nothing here knows of either.
 */

/** From `at`, `cut` units went and `put` came. */
export interface Splice {
  readonly at: number
  readonly cut: number
  readonly put: string
}

/** One change as Yjs tells it: walk `retain` units, put `insert`, drop `delete`. */
export interface DeltaStep {
  readonly retain?: number | undefined
  readonly insert?: unknown
  readonly delete?: number | undefined
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/**
 * The one change that turns `before` into `after`, or null when there is none. Where several would do (a letter typed
 * beside its like), the one that ends at `caret`, where the writing was. No character of two units is cut in half.
 */
export function spliceBetween(before: string, after: string, caret: number): Splice | null {
  if (before === after) return null
  const most = Math.min(before.length, after.length)
  let tail = 0
  const tailMost = Math.min(most, Math.max(0, after.length - caret))
  while (tail < tailMost && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  let head = 0
  while (head < most - tail && before[head] === after[head]) head++
  // what the caret hid from the end: a deletion, or a change that lies after it
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  if (head > 0 && isHigh(before.charCodeAt(head - 1))) head--
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--
  return { at: head, cut: before.length - tail - head, put: after.slice(head, after.length - tail) }
}

/** Where a position has got to after a change. Text that came exactly there comes after it, or with `stay` off before it. */
export function movedBy(delta: readonly DeltaStep[], position: number, stay = true): number {
  let from = 0
  let to = position
  for (const step of delta) {
    if (from > position) break
    if (step.retain !== undefined) from += step.retain
    else if (typeof step.insert === 'string') {
      if (from < position || (from === position && !stay)) to += step.insert.length
    } else if (step.delete !== undefined) {
      to -= Math.min(step.delete, Math.max(0, position - from))
      from += step.delete
    }
  }
  return to
}

/**
 * A change that was made on a text before `meanwhile` happened to it, as changes of the text as it is now, to be made in
 * this order. Only what the change itself cut goes; what others put in the middle of it stays.
 */
export function rebased(splice: Splice, meanwhile: readonly (readonly DeltaStep[])[]): readonly Splice[] {
  const moved = (position: number, stay: boolean): number =>
    meanwhile.reduce((at, delta) => movedBy(delta, at, stay), position)
  const cuts: { at: number; cut: number; put: string }[] = []
  for (let i = splice.at + splice.cut - 1; i >= splice.at; i--) {
    const at = moved(i, false)
    if (moved(i + 1, true) - at !== 1) continue // others took it out already
    const last = cuts.at(-1)
    if (last !== undefined && last.at === at + 1) {
      last.at--
      last.cut++
    } else cuts.push({ at, cut: 1, put: '' })
  }
  return splice.put === '' ? cuts : [...cuts, { at: moved(splice.at, true), cut: 0, put: splice.put }]
}
