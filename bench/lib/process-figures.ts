/** What the system says of a process: processor time and memory. Null where there is no `/proc` (only Linux has one). */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

let ticks: number | null = null
const ticksPerSecond = (): number => (ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })))

/** Processor time used so far by all threads, ours and the system's for us, in µs; in steps of 10 ms. */
export function cpuMicros(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`)
  // The name in parentheses can hold spaces; after it come the fields from the third on (proc(5)).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields === undefined) return null
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / ticksPerSecond()
}

/** Memory of the process that is in RAM now, in MiB. */
export function residentMiB(pid: number): number | null {
  const kib = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1]
  return kib === undefined ? null : Number(kib) / 1024
}
