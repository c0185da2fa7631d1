/** One thing at a time, in the order it was asked; what one throws does not stop the next. */

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export function inTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
