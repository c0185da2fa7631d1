/** Private notes: kept in the circle of one that never leaves this device. */
import { useSignal } from '@preact/signals'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { privateNotes, type PrivateNote } from '@alongside/practice/own/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { newId, type Failure as FailureValue } from '../../device/act.ts'
import { device, open } from '../../device/client.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'
import { t } from '../../words/t.ts'

async function actOwn(event: PracticeEvent): Promise<FailureValue | null> {
  const own = open.peek()?.own
  if (own === undefined) return { type: 'Locked' }
  const done = await device().act(own.id, [event])
  return done.ok ? null : done.error
}

export function MineScreen() {
  const key = 'own.new'
  const text = draftOf(key)
  const failure = useSignal<FailureValue | null>(null)
  const here = open.value
  if (here === null) return null
  const keep = async () => {
    if (text.value.trim() === '') return
    failure.value = await actOwn({ type: 'PrivateNoteKept', note: newId(), text: text.value.trim(), about: null })
    if (failure.value !== null) return
    forgetDrafts(key)
    say(t('own.kept'))
  }
  return (
    <>
      <Back href="/notes" />
      <h1>{t('own.title')}</h1>
      <Notice>{here.me.side === 'person' ? t('own.leadPerson') : t('own.leadPractitioner')}</Notice>
      <Card title={t('own.write')}>
        <form
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void keep()
          }}
        >
          <TextArea
            id="own-note"
            label={t('own.label')}
            readers={t('own.readers')}
            value={text.value}
            onInput={(value) => (text.value = value)}
            rows={5}
            maxLength={8000}
          />
          <Failure failure={failure.value} />
          <Button type="submit">{t('own.keep')}</Button>
        </form>
      </Card>
      {privateNotes(here.own.state).map((note) => (
        <NoteView key={note.id} note={note} />
      ))}
    </>
  )
}

function NoteView({ note }: { readonly note: PrivateNote }) {
  const key = `own.${note.id}`
  const text = draftOf(key, note.text)
  const editing = useSignal(text.peek() !== note.text)
  const failure = useSignal<FailureValue | null>(null)
  const day = formatDay(momentOf(note.at), 'short')
  const save = async () => {
    failure.value = await actOwn({ type: 'PrivateNoteChanged', note: note.id, text: text.value.trim() })
    if (failure.value !== null) return
    forgetDrafts(key)
    editing.value = false
  }
  const strike = async () => {
    failure.value = await actOwn({ type: 'PrivateNoteStruck', note: note.id })
    if (failure.value === null) say(t('own.struck'))
  }
  return (
    <Card title={t('own.from', { day })}>
      {editing.value ? (
        <form
          class="stack near"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <TextArea
            id={`own-${note.id}`}
            label={t('own.label')}
            value={text.value}
            onInput={(value) => (text.value = value)}
            maxLength={8000}
          />
          <Button type="submit">{t('own.save')}</Button>
        </form>
      ) : (
        <p class="user-text" dir="auto">
          {note.text}
        </p>
      )}
      <Failure failure={failure.value} />
      <div class="acts">
        <Button look="quiet" onPress={() => (editing.value = !editing.value)}>
          {editing.value ? t('own.leaveAsIs') : t('own.change')}
        </Button>
        <Button look="words" onPress={() => void strike()}>
          {t('own.strike')}
        </Button>
      </div>
    </Card>
  )
}
