/** One block while it is written: the field, or another's own words to read, and the two questions before it is kept. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CircleView } from '@alongside/device/api.ts'
import { Button } from '../../../components/button/Button.tsx'
import { Dialog } from '../../../components/dialog/Dialog.tsx'
import { TextArea } from '../../../components/field/TextArea.tsx'
import { Thread } from '../../../components/thread-mark/ThreadMark.tsx'
import { nameIn, othersIn, sideIn } from '../../../device/people.ts'
import { say } from '../../../shell/live.ts'
import { formatList } from '../../../words/format.ts'
import { t } from '../../../words/t.ts'
import { LiveField } from './LiveField.tsx'
import type { LiveBlock, NoteSession } from './session.ts'

interface LiveBlockProps {
  readonly circle: CircleView
  readonly session: NoteSession
  readonly block: LiveBlock
  /** Its place on the screen, from one, so that fields of one kind have different names. */
  readonly n: number
  readonly takesFocus: boolean
}

function labelOf({ circle, block, n }: LiveBlockProps): string {
  if (block.kind === 'shared') return t('note.sharedLabel', { n })
  const mine = block.writer === circle.me
  const name = nameIn(circle, block.writer)
  if (block.kind === 'ownWords') return mine ? t('note.ownLabelMine', { n }) : t('note.ownLabelOf', { n, name })
  return mine ? t('note.noticedLabelMine', { n }) : t('note.noticedLabelOf', { n, name })
}

export function LiveBlockView(props: LiveBlockProps) {
  const { circle: here, session, block, takesFocus } = props
  if (block.kind === 'ownWords' && block.writer !== here.me) return <OthersOwnWords {...props} />
  const others = othersIn(here).map((one) => one.name)
  return (
    <div class="live-block stack near">
      <LiveField
        circle={here}
        session={session}
        block={block}
        takesFocus={takesFocus}
        words={{
          id: `block-${block.id}`,
          label: labelOf(props),
          hint: block.kind === 'ownWords' ? t('note.ownHint') : undefined,
          readers: others.length === 0 ? t('note.readersAlone') : t('note.readers', { names: formatList(others) }),
        }}
      />
      <BeforeKeeping {...props} />
    </div>
  )
}

/** Their words as they write them: to read, never to write in. */
function OthersOwnWords(props: LiveBlockProps) {
  const { circle: here, block } = props
  const text = useSignal(block.text.value())
  useEffect(() => {
    const read = () => (text.value = block.text.value())
    read() // it may have changed since it was drawn
    return block.text.onChange(read)
  }, [block])
  return (
    <div class="live-block">
      <Thread side={sideIn(here, block.writer)}>
        <p class="small soft">{labelOf(props)}</p>
        <p class="user-text" dir="auto">
          {text.value === '' ? t('note.nothingWritten') : text.value}
        </p>
      </Thread>
    </div>
  )
}

/** “Do we need to write this?” and “Who else might read this?”, asked once, right before. */
function BeforeKeeping({ session, block, n }: LiveBlockProps) {
  const asking = useSignal(false)
  const takingOut = useSignal(false)
  const empty = useSignal(false)
  const readBy = useSignal('')
  const begin = () => {
    empty.value = block.text.value().trim() === ''
    asking.value = !empty.value
  }
  const offer = async () => {
    const done = await session.offer(block.id, readBy.value.trim() === '' ? null : readBy.value.trim())
    if (done) say(t('note.offered'))
  }
  const takeOut = async () => {
    takingOut.value = false
    if (await session.drop(block.id)) say(t('note.tookOut'))
  }
  const askToTakeOut = () => {
    if (block.text.value() === '') void takeOut()
    else takingOut.value = true
  }
  return (
    <>
      {empty.value && <p role="alert">{t('note.emptyBlock')}</p>}
      {!asking.value && (
        <div class="acts no-print">
          <Button look="quiet" label={t('note.keepLong', { n })} onPress={begin}>
            {t('note.keep')}
          </Button>
          <Button look="words" label={t('note.takeOutLong', { n })} onPress={askToTakeOut}>
            {t('note.takeOut')}
          </Button>
        </div>
      )}
      {asking.value && (
        <div class="card stack near" role="group" aria-label={t('note.beforeKeeping')}>
          <h3>{t('note.needTo')}</h3>
          <p class="soft">{t('note.needToHint')}</p>
          <TextArea
            id={`read-by-${block.id}`}
            label={t('note.whoElse')}
            hint={t('note.whoElseHint')}
            value={readBy.value}
            onInput={(value) => (readBy.value = value)}
            rows={2}
            maxLength={500}
          />
          <p class="small soft">{t('note.keptWhen')}</p>
          <div class="acts">
            <Button onPress={() => void offer()}>{t('note.keepYes')}</Button>
            <Button look="quiet" onPress={askToTakeOut}>
              {t('note.keepNo')}
            </Button>
            <Button look="quiet" onPress={() => (asking.value = false)}>
              {t('note.goOn')}
            </Button>
          </div>
        </div>
      )}
      <Dialog open={takingOut.value} title={t('note.takeOutTitle')} onClose={() => (takingOut.value = false)}>
        <p>{t('note.takeOutHelp')}</p>
        <div class="acts">
          <Button onPress={() => void takeOut()}>{t('note.takeOutYes')}</Button>
          <Button look="quiet" onPress={() => (takingOut.value = false)}>
            {t('note.takeOutNo')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
