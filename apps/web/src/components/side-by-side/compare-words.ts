/** The longest common run of words of two texts, so that a change can be shown word by word. */

export interface Piece {
  readonly type: 'same' | 'old' | 'new'
  readonly text: string
}

/** Above this many words on a side the table would be slow on a phone: the whole text is then shown as changed. */
const MOST_WORDS = 800

/** Pieces in reading order; joining `same` and `old` gives `before`, joining `same` and `new` gives `after`. */
export function compareWords(before: string, after: string): readonly Piece[] {
  if (before === after) return before === '' ? [] : [{ type: 'same', text: before }]
  const a = before.match(/\s+|\S+/g) ?? []
  const b = after.match(/\s+|\S+/g) ?? []
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return join([...old(before), ...fresh(after)])
  const width = b.length + 1
  const longest = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[i] === b[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0)
    }
  }
  const pieces: Piece[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const left = a[i]
    const right = b[j]
    if (left !== undefined && left === right) {
      pieces.push({ type: 'same', text: left })
      i++
      j++
    } else if (
      left !== undefined &&
      (right === undefined || (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0))
    ) {
      pieces.push({ type: 'old', text: left })
      i++
    } else if (right !== undefined) {
      pieces.push({ type: 'new', text: right })
      j++
    }
  }
  return join(pieces)
}

const old = (text: string): Piece[] => (text === '' ? [] : [{ type: 'old', text }])
const fresh = (text: string): Piece[] => (text === '' ? [] : [{ type: 'new', text }])

function join(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined[joined.length - 1]
    if (last?.type === piece.type) joined[joined.length - 1] = { type: piece.type, text: last.text + piece.text }
    else joined.push(piece)
  }
  return joined
}
