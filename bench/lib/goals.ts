/** What we want to come to, each a ratio in one run, and what stands in the way where we do not. */

export interface Goal {
  readonly id: string
  readonly work: string
  readonly against: string
  readonly wanted: string
  /** What stands in the way, or what a reader must know; shown beside the last figures. */
  readonly remark: string
}

export const GOALS: readonly Goal[] = [
  {
    id: 'P1',
    work: 'relay: durable appends, 64 boxes writing',
    against: '`node:sqlite` FULL in groups of 100, same bytes',
    wanted: '≥ 0.5',
    remark:
      'About 19 µs of processor time an entry, half of it SQLite’s insert and commit, the rest hashing, framing and one signed receipt an append, beside 2 µs of the database alone. An append of one entry costs a signature of 30–55 µs.',
  },
  {
    id: 'P2',
    work: '5,000 texts of 500 bytes, sealed, signed, durable',
    against: 'y-websocket (open, not durable)',
    wanted: 'rate ≥ 1.0; p99 ≤ 1.5',
    remark:
      'Writer and reader share one process. Each text is signed, judged, sealed, kept sealed by the writer, opened, checked, judged and kept sealed by the reader; the relay’s receipt is checked too. Signing and checking alone take about half a millisecond; Yjs does none of it.',
  },
  {
    id: 'P3',
    work: 'the same',
    against: 'Jazz (sealed)',
    wanted: 'rate ≥ 2; p50 ≤ 0.7',
    remark: 'Jazz signs a session’s chain, so that one signature covers many texts; ours signs each entry.',
  },
  {
    id: 'P4',
    work: 'relay: processor time per entry',
    against: 'y-websocket’s server',
    wanted: '≤ 0.15',
    remark:
      'A lone writer’s texts come one in a message, each with a durable write and a signed receipt of its own; where many write, a group shares them.',
  },
  {
    id: 'P5',
    work: 'cold open, 10,000 entries, every check done',
    against: 'verify, open and parse alone, 2 workers',
    wanted: '≤ 1.25',
    remark:
      'The same bytes are also hashed for the chain, decoded strictly, and judged in order by one thread; hashing and decoding in plain JavaScript are most of the difference.',
  },
  {
    id: 'P5b',
    work: 'the same in Node, server warm',
    against: 'Jazz',
    wanted: '≤ 0.8',
    remark: 'Ours checks 10,000 signatures, here on one thread; Jazz a few: its signature covers a session’s chain.',
  },
  {
    id: 'P6',
    work: 'cold open with a confirmed snapshot',
    against: 'reading, opening, parsing it alone',
    wanted: '≤ 1.5, and ≤ 0.1 of P5',
    remark: 'The device’s own sealed record as it was put down; snapshots by others do not exist.',
  },
  {
    id: 'P7',
    work: 'cold open from 1,000 to 100,000 entries',
    against: 'a straight line',
    wanted: '≤ 1.1; memory ≤ 3 × the record',
    remark: 'Needs several minutes and memory; run `npm run bench -- device-growth`.',
  },
  {
    id: 'P8',
    work: 'reopening on the same device, 10,000 entries',
    against: 'cold open with snapshot',
    wanted: '≤ 0.5',
    remark: '',
  },
  {
    id: 'P9',
    work: 'bytes on the wire per kept entry of ≤ 300 bytes',
    against: 'its envelope (590)',
    wanted: '≤ 1.05',
    remark:
      'An append of one entry carries its receipt and the chain’s hash, 96 bytes; in groups and when read back the goal is met.',
  },
  {
    id: 'P10',
    work: 'editing traces through the live channel to identical text',
    against: 'Yjs alone, same batching',
    wanted: 'time ≤ 2; bytes ≤ 1.5',
    remark:
      'Every frame has 4,096 bytes and a signature of its own, whatever is in it, so that nobody sees how much is typed (LIV-1). A tick of few edits therefore costs one frame where Yjs sends twenty bytes. From about a thousand edits a tick the frames are full.',
  },
  {
    id: 'P11',
    work: 'a key to the other screen, paced, loopback',
    against: 'bare WebSocket echo',
    wanted: 'p95 ≤ a tick + 15 ms',
    remark:
      'Between 0.98 and 1.5 on a machine shared with much else: a tick’s timer and four signatures wait for the processor. To be taken again on a quiet one.',
  },
  {
    id: 'P12',
    work: '5,000 boxes × 2 devices, one entry per box every 10 s',
    against: 'one box alone',
    wanted: 'p99 ≤ 3; none starved',
    remark: 'All lines come from one process over loopback.',
  },
  {
    id: 'P13',
    work: 'one device pulling 50,000 entries while 50 write',
    against: 'the 50 alone',
    wanted: 'p99 ≤ 1.5',
    remark:
      'The reader’s range is served by the thread that answers those who write; ranges are not yet cut into smaller turns.',
  },
  { id: 'P14', work: '10,000 idle connections', against: 'a bare `ws` server', wanted: 'memory ≤ 1.3', remark: '' },
  {
    id: 'P15',
    work: 'relay: start to healthy; memory when idle',
    against: 'CryptPad, GlobaLeaks (published)',
    wanted: 'time ≤ 0.4; memory ≤ 1.0',
    remark: '',
  },
  {
    id: 'P16',
    work: 'first page, 390 px, 6× slowed, 1.6 Mbit/s',
    against: 'the same words in bare Preact',
    wanted: 'time ≤ 1.3',
    remark:
      'The welcome page is shown only once the device, 75 KiB of keys and record in a worker, has said that there is nothing on it; words and screens come in steps of one answer each.',
  },
  {
    id: 'P17',
    work: 'rekey with 10 and 50 recipients, made and checked by all',
    against: 'the HPKE operations alone',
    wanted: '≤ 1.3',
    remark: '',
  },
]
