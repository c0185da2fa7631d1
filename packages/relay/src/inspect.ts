/**
 * Everything that the relay's files hold, in words: each table, each row, each column. For operators and for people who
 * want to see with their own eyes what the relay knows. Short byte strings are shown whole, long ones by size and start.
 */
import { toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { HeldRow, HeldTable } from './store/port.ts'

const SHOWN_WHOLE = 32
const SHOWN_START = 12

const show = (value: number | string | null | Bytes): string =>
  value === null
    ? 'none'
    : value instanceof Uint8Array
      ? value.length <= SHOWN_WHOLE
        ? toHex(value)
        : `${value.length} bytes ${toHex(value.subarray(0, SHOWN_START))}…`
      : String(value)

const showRow = (row: HeldRow): string =>
  Object.entries(row)
    .map(([column, value]) => `${column}=${show(value)}`)
    .join(' ')

const sizeOf = (row: HeldRow): number =>
  Object.values(row).reduce<number>((size, value) => size + (value instanceof Uint8Array ? value.length : 0), 0)

/** The tables as lines of text. */
export function describeHeld(tables: readonly HeldTable[]): string {
  return tables
    .flatMap(({ file, table, rows }) => {
      const bytes = rows.reduce((sum, row) => sum + sizeOf(row), 0)
      return [`${file} ${table}: ${rows.length} rows, ${bytes} bytes`, ...rows.map((row) => `  ${showRow(row)}`)]
    })
    .join('\n')
}
