/** What the walk-through world, its seats and their devices say to each other. Everybody in it is invented. */
import type { Language } from '../words/locale.ts'
import { WALK_PATH } from '../shell/route.ts'

export const SEATS = ['amina', 'rosa'] as const
export type SeatName = (typeof SEATS)[number]

/** Opens both invented devices. It is typed for whoever walks through, and guards nothing. */
export const PASSPHRASE = 'nothing here is real'

/** Where a seat's page is: everything it shows lives under this path. */
export const seatPath = (seat: SeatName): string => `${WALK_PATH}/seat/${seat}`

/** The seat that a path belongs to, or null. */
export function seatAt(pathname: string): SeatName | null {
  return SEATS.find((seat) => `${pathname}/`.startsWith(`${seatPath(seat)}/`)) ?? null
}

/** A seat's page asks for its device. */
export interface Hello {
  readonly type: 'alongside.seat'
  readonly seat: SeatName
}

/** The answer, with a port to the device. */
export interface Welcome {
  readonly type: 'alongside.welcome'
  readonly language: Language
}

/** To the worker that holds a device. With `connect` comes a port. */
export type ToDevice =
  | { readonly type: 'connect' }
  /** Its clock runs this many milliseconds behind, so that a story can begin last week. */
  | { readonly type: 'behind'; readonly ms: number }
  /** What is written on whatever is taken out. */
  | { readonly type: 'mark'; readonly words: string }

const typeOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'type' in data ? data.type : null

export const isHello = (data: unknown): data is Hello =>
  typeOf(data) === 'alongside.seat' &&
  typeof data === 'object' &&
  data !== null &&
  'seat' in data &&
  SEATS.some((seat) => seat === data.seat)

export const isWelcome = (data: unknown): data is Welcome => typeOf(data) === 'alongside.welcome'
