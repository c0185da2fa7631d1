/** The part of a note that is being written: blocks with every caret in them, and the way to keep a block or take it out. */
import { proxy } from 'comlink'
import { signal, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { CircleView, DraftBlock } from '@alongside/device/api.ts'
import { Button } from '../../../components/button/Button.tsx'
import { Card } from '../../../components/card/Card.tsx'
import { Checkbox } from '../../../components/checkbox/Checkbox.tsx'
import { Failure } from '../../../components/failure/Failure.tsx'
import { Icon } from '../../../components/icon/Icon.tsx'
import { device } from '../../../device/client.ts'
import { nameIn, othersIn } from '../../../device/people.ts'
import { say } from '../../../shell/live.ts'
import { formatList } from '../../../words/format.ts'
import { t } from '../../../words/t.ts'
import type { WriteProps } from '../WriteHere.tsx'
import { LiveBlockView } from './LiveBlockView.tsx'
import { noteSession, type NoteDevice, type NoteSession } from './session.ts'
import './live.css'

/** Others' changes are said aloud at most this often, in milliseconds. */
const SAY_EVERY = 10_000
/** Whether they are said at all; lasts as long as the page. */
const saysChanges = signal(true)

/** The device's own calls, with a listener that reaches back from its worker. */
function noteDevice(circle: string, encounter: string): NoteDevice {
  const far = device()
  return {
    join: (heard) => far.joinNote(circle, encounter, proxy(heard)),
    addBlock: far.addBlock,
    dropBlock: far.dropBlock,
    writeBlock: far.writeBlock,
    moveCursor: far.moveCursor,
    offerBlock: far.offerBlock,
    leaveNote: far.leaveNote,
  }
}

export function WriteTogether({ circle: here, encounter }: WriteProps) {
  const session = useMemo(() => {
    let lastSaid = 0
    const others = othersIn(here)
    return noteSession(noteDevice(here.id, encounter), here.me, {
      heardText: () => {
        const now = performance.now()
        if (!saysChanges.peek() || now - lastSaid < SAY_EVERY) return
        lastSaid = now
        say(t('note.othersWrote', { names: formatList(others.map((one) => one.name)) }))
      },
      blockGone: () => say(t('note.partGone')),
    })
  }, [here.id, encounter])
  // after the fields have written what they still hold
  useEffect(() => () => queueMicrotask(session.leave), [session])
  return <Writing circle={here} session={session} />
}

/** The same on any session. */
export function Writing({ circle: here, session }: { readonly circle: CircleView; readonly session: NoteSession }) {
  const fresh = useSignal<string | null>(null)
  const names = [...new Set(session.others.value.map((one) => nameIn(here, one.member)))]
  const saved = session.saved.value
  const add = async (kind: DraftBlock['kind']) => {
    fresh.value = await session.add(kind)
  }
  return (
    <Card title={t('note.writeTitle')}>
      <p class="row">
        <Icon name={names.length === 0 ? 'person' : 'people'} />
        {session.state.value === 'joining'
          ? t('note.opening')
          : names.length === 0
            ? t('note.aloneNow')
            : t('note.writingWith', { names: formatList(names) })}
      </p>
      <p class="soft small">{t('note.writeLead')}</p>
      <Failure failure={session.failure.value} />
      {session.blocks.value.map((block, at) => (
        <LiveBlockView
          key={block.id}
          circle={here}
          session={session}
          block={block}
          n={at + 1}
          takesFocus={fresh.value === block.id}
        />
      ))}
      {session.blocks.value.length > 0 && saved !== null && (
        <p class="state">
          <Icon name={saved === 'here' ? 'phone' : 'relay'} />
          {saved === 'here' ? t('note.draftHere') : t('note.draftRelay')}
        </p>
      )}
      {session.state.value === 'writing' && (
        <div class="acts no-print">
          <Button icon="add" onPress={() => void add('shared')}>
            {t('note.addShared')}
          </Button>
          <Button look="quiet" icon="add" onPress={() => void add('ownWords')}>
            {t('note.addOwn')}
          </Button>
          <Button look="quiet" icon="add" onPress={() => void add('noticed')}>
            {t('note.addNoticed')}
          </Button>
        </div>
      )}
      {othersIn(here).length > 0 && (
        <Checkbox
          id="note-says-changes"
          label={t('note.sayChanges')}
          checked={saysChanges.value}
          onChange={(on) => (saysChanges.value = on)}
        />
      )}
    </Card>
  )
}
