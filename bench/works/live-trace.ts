/** Live writing: editing traces through the encrypted channel, beside Yjs alone with the same batching (P10). */
import type { Figures, Opened, Side, Work } from '../lib/work.ts'
import { throughChannel, throughYjs, type Passed } from '../live/channel.ts'
import { madeUp, readTrace, type Trace } from '../live/traces.ts'

/** Edits in a tick: what a fast typist brings, what a pause or a paste brings together, and a whole sitting in few messages. */
const TICKS = [4, 100, 1_000]
const NAMES = ['sveltecomponent', 'automerge-paper']

async function replay(trace: Trace, pass: () => Promise<Passed> | Passed): Promise<Figures> {
  const begun = performance.now()
  const { text, bytes } = await pass()
  const ms = performance.now() - begun
  if (text !== trace.end) throw new Error(`the text of ${trace.name} came out different`)
  return { time: ms, bytes: bytes / trace.patches.length }
}

const traces = NAMES.flatMap((name) => readTrace(name) ?? [])
const used = traces.length === 0 ? [madeUp(20_000)] : traces
const cases = used.flatMap((trace) =>
  // one edit a frame over a quarter of a million edits tells nothing that the shorter trace does not
  TICKS.filter((perTick) => perTick >= trace.patches.length / 5_000).map((perTick) => ({ trace, perTick })),
)
const nameOf = (who: string, trace: Trace, perTick: number): string => `${who}, ${trace.name}, ${perTick} a tick`

export const work: Work = {
  name: 'live-trace',
  what: 'Edits one by one from one screen to identical text on the other; each tick one message, in signed frames of 4,096 bytes.',
  figures: [
    { name: 'time', unit: 'ms' },
    { name: 'bytes', unit: 'bytes per edit' },
  ],
  ratios: cases.flatMap(({ trace, perTick }) => {
    const [ours, against] = [nameOf('ours', trace, perTick), nameOf('yjs', trace, perTick)]
    return [
      { goal: 'P10', figure: 'time', ours, against, atMost: 2 },
      { goal: 'P10', figure: 'bytes', ours, against, atMost: 1.5 },
    ]
  }),
  rounds: 3,
  async open(): Promise<Opened> {
    const sides: readonly Side[] = cases.flatMap(({ trace, perTick }) => [
      {
        name: nameOf('ours', trace, perTick),
        turn: () => replay(trace, () => throughChannel(trace.patches, perTick)),
      },
      {
        name: nameOf('ours edit by edit', trace, perTick),
        turn: () => replay(trace, () => throughChannel(trace.patches, perTick, 'edit')),
      },
      { name: nameOf('yjs', trace, perTick), turn: () => replay(trace, () => throughYjs(trace.patches, perTick)) },
    ])
    const notes = [
      ...used.map(({ name, patches, end }) => `${name}: ${patches.length} edits, ${end.length} characters in the end`),
      ...(traces.length > 0
        ? [
            'friendsforever is a trace of two writers at once, with branches that no line of time has; it is not replayed',
          ]
        : ['no traces were found (ALONGSIDE_TRACES), so the typing is made up']),
      'nothing is stored on either side; what a device saves of a draft every 400 ms is not in these figures',
    ]
    return { sides, notes, close: async () => undefined }
  },
}
