/** What a process has used so far, as Linux tells it; not a number elsewhere. */
import { readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

const read = (pid: number, file: string): string | null => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}

/** User and system time of all its threads, in microseconds, to a hundredth of a second. */
export function cpuMicroseconds(pid: number): number {
  const stat = read(pid, 'stat')
  if (stat === null) return Number.NaN
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND
}

/** Resident memory in MiB. */
export function memoryMiB(pid: number): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(read(pid, 'status') ?? '')?.[1]
  return kib === undefined ? Number.NaN : Number(kib) / 1024
}
