/** A block that waits for a yes: nothing of it is kept until everybody who wrote in it has said so. Yes and no look alike. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { waitsOn, type Block } from '@alongside/practice/note/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { SideBySide } from '../../components/side-by-side/SideBySide.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { nameIn, othersIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { BlockText, ReadBy } from './KeptBlock.tsx'

interface OfferedBlockProps {
  readonly circle: CircleView
  readonly block: Block
  /** What it corrects. */
  readonly old: Block | null
}

export function OfferedBlock({ circle: here, block, old }: OfferedBlockProps) {
  const failure = useSignal<FailureValue | null>(null)
  const other = othersIn(here)[0]
  const waiting = waitsOn(block)
  const start = block.text.slice(0, 40)
  const move = async (type: 'BlockAgreed' | 'BlockTakenBack', done: string) => {
    failure.value = await act({ type, block: block.id })
    if (failure.value === null) say(done)
  }
  const mine = waiting.includes(here.me)
  const mayTakeBack = block.offeredBy === here.me || block.needs.includes(here.me)
  return (
    <article class="stack near">
      {old === null ? (
        <BlockText circle={here} block={block} />
      ) : (
        <Thread side={sideIn(here, block.offeredBy)} name={nameIn(here, block.offeredBy)}>
          <p class="small soft">{t('note.correctionBy', { name: nameIn(here, block.offeredBy) })}</p>
          <SideBySide before={old.text} after={block.text} />
        </Thread>
      )}
      {block.readBy !== null && <ReadBy circle={here} block={block} />}
      <p>
        <span class="tag">
          {mine
            ? t('note.waitsForYou')
            : t('note.waitsFor', { names: formatList(waiting.map((member) => nameIn(here, member))) })}
        </span>
      </p>
      {block.offeredBy === here.me && (
        <StatusWord reached={reachedOf(here.sync, block.seq, other?.id ?? null, other?.name ?? '')} />
      )}
      <Failure failure={failure.value} />
      {here.phase === 'open' && (
        <div class="acts no-print">
          {mine && (
            <Button
              look="quiet"
              label={t('note.agreeLong', { start })}
              onPress={() => void move('BlockAgreed', t('note.agreed'))}
            >
              {t('note.agree')}
            </Button>
          )}
          {mayTakeBack && (
            <Button
              look="quiet"
              label={t('note.notThisLong', { start })}
              onPress={() => void move('BlockTakenBack', t('note.tookBack'))}
            >
              {t('note.notThis')}
            </Button>
          )}
        </div>
      )}
    </article>
  )
}
