/**
 * What a benchmark is made of. A work is done by several sides, ours and the raw limit or a peer, that must do the same
 * thing with the same bytes. The runner lets them take turns, A B A B, so that a slow minute of the machine is shared; what
 * counts are the ratios of neighbouring turns, never a figure alone.
 */

/** What one turn of one side measured, by the figure's name. */
export type Figures = Readonly<Record<string, number>>

export interface Figure {
  readonly name: string
  /** As printed behind the number: `per s`, `ms`, `µs`, `MiB`, `bytes`. */
  readonly unit: string
}

/** One side's way of doing the work. */
export interface Side {
  readonly name: string
  /** Does the work once and measures it. What is not part of the work (start, clean up) stays outside the clock. */
  readonly turn: () => Promise<Figures>
}

/** `figure` of side `ours` divided by the same figure of side `against`. */
export interface Ratio {
  /** The goal it answers, such as `P1`; two ratios can answer one goal. */
  readonly goal: string
  readonly figure: string
  readonly ours: string
  readonly against: string
  /** What the median should not pass; left out where there is no goal. */
  readonly atMost?: number
  readonly atLeast?: number
}

/** A figure of ours beside one that was published and cannot be measured here. */
export interface Published {
  readonly goal: string
  readonly side: string
  readonly figure: string
  /** Whose figure it is and where it was taken. */
  readonly source: string
  readonly value: number
  readonly atMost: number
}

export interface Opened {
  readonly sides: readonly Side[]
  /** Versions of what took part, and whatever else a reader must know, such as a limit of this machine. */
  readonly notes: readonly string[]
  readonly close: () => Promise<void>
}

export interface Work {
  /** Short, in kebab-case; what is given on the command line. */
  readonly name: string
  /** One sentence: what is done, with which bytes, and what each side makes durable. */
  readonly what: string
  readonly figures: readonly Figure[]
  readonly ratios: readonly Ratio[]
  readonly published?: readonly Published[]
  /** Measured turns of each side, after one that is thrown away; 5 unless told. */
  readonly rounds?: number
  /** Whether the first turn is thrown away; true unless told. */
  readonly warmUp?: boolean
  readonly open: () => Promise<Opened>
}
