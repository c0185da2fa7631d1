/** Runs one work: its sides in turn, A B A B, and from that medians, ranges and ratios of neighbours. */
import type { Figures, Published, Ratio, Work } from './work.ts'

/** The middle of some values, and their least and greatest. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export interface Measured {
  readonly side: string
  readonly figure: string
  readonly unit: string
  readonly spread: Spread
}

export interface Answer {
  readonly goal: string
  readonly words: string
  readonly spread: Spread
  readonly wanted: string
  /** Null where no goal was set. */
  readonly isMet: boolean | null
}

export interface Result {
  readonly work: string
  readonly what: string
  readonly rounds: number
  readonly answers: readonly Answer[]
  readonly measured: readonly Measured[]
  readonly notes: readonly string[]
}

/** Middle and ends of one or more numbers; the mean of the two middle ones where their count is even. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  const middle = Math.floor(sorted.length / 2)
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2
  return { median, least: at(0), most: at(sorted.length - 1) }
}

type Taken = ReadonlyMap<string, readonly Figures[]>

const valuesOf = (taken: Taken, side: string, figure: string): readonly number[] =>
  (taken.get(side) ?? []).flatMap((one) => one[figure] ?? [])

function answer({ goal, figure, ours, against, atMost, atLeast }: Ratio, taken: Taken): Answer[] {
  const above = valuesOf(taken, ours, figure)
  const below = valuesOf(taken, against, figure)
  const ratios = above.flatMap((value, turn) => {
    const other = below[turn]
    return other === undefined || other === 0 ? [] : [value / other]
  })
  if (ratios.length === 0) return []
  const spread = spreadOf(ratios)
  const wanted = atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : ''
  const isMet = atMost !== undefined ? spread.median <= atMost : atLeast !== undefined ? spread.median >= atLeast : null
  return [{ goal, words: `${figure}: ${ours} / ${against}`, spread, wanted, isMet }]
}

function answerPublished({ goal, side, figure, source, value, atMost }: Published, taken: Taken): Answer[] {
  const values = valuesOf(taken, side, figure)
  if (values.length === 0) return []
  const spread = spreadOf(values.map((one) => one / value))
  const words = `${figure}: ${side} / ${source} (published, not measured here)`
  return [{ goal, words, spread, wanted: `≤ ${atMost}`, isMet: spread.median <= atMost }]
}

/** Opens the work, lets each side take its turns, closes it whatever happened. `told` hears of each turn. */
export async function measure(work: Work, rounds: number, told: (line: string) => void): Promise<Result> {
  const { sides, notes, close } = await work.open()
  const taken = new Map<string, Figures[]>(sides.map(({ name }) => [name, []]))
  try {
    const first = work.warmUp === false ? 0 : -1
    for (let round = first; round < rounds; round++)
      for (const side of sides) {
        const figures = await side.turn()
        told(`${work.name} ${round < 0 ? 'warm-up' : `${round + 1}/${rounds}`} ${side.name}`)
        if (round >= 0) taken.get(side.name)?.push(figures)
      }
  } finally {
    await close()
  }
  const measured = sides.flatMap(({ name }) =>
    work.figures.flatMap(({ name: figure, unit }) => {
      const values = valuesOf(taken, name, figure)
      return values.length === 0 ? [] : [{ side: name, figure, unit, spread: spreadOf(values) }]
    }),
  )
  const answers = [
    ...work.ratios.flatMap((ratio) => answer(ratio, taken)),
    ...(work.published ?? []).flatMap((one) => answerPublished(one, taken)),
  ]
  return { work: work.name, what: work.what, rounds, answers, measured, notes }
}
