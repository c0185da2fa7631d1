/** The one agenda: both add, both see, the person's lines first. What nobody got to stays by itself. */
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import {
  openAgenda,
  parkedAgenda,
  talkedIn,
  type AgendaItem,
  type Encounter,
} from '@alongside/practice/encounter/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Checkbox } from '../../components/checkbox/Checkbox.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { isPerson, nameIn, othersIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'

interface Part {
  readonly circle: CircleView
  /** The meeting at hand, if any: its talked lines show, and open ones can be marked. */
  readonly encounter: Encounter | null
}

export function Agenda({ circle, encounter }: Part) {
  const open = openAgenda(circle.state)
  const parked = parkedAgenda(circle.state)
  const talked = encounter === null ? [] : talkedIn(circle.state, encounter.id)
  return (
    <>
      {open.length === 0 && talked.length === 0 && <p class="soft">{t('encounter.agendaEmpty')}</p>}
      <ul class="stack near parted">
        {open.map((item) => (
          <Line key={item.id} circle={circle} encounter={encounter} item={item} />
        ))}
        {talked.map((item) => (
          <Line key={item.id} circle={circle} encounter={encounter} item={item} />
        ))}
      </ul>
      <AddLine circle={circle} />
      {parked.length > 0 && (
        <Details summary={t('encounter.parked', { n: parked.length })}>
          <ul class="stack near parted">
            {parked.map((item) => (
              <Line key={item.id} circle={circle} encounter={encounter} item={item} />
            ))}
          </ul>
        </Details>
      )}
    </>
  )
}

function AddLine({ circle }: { readonly circle: CircleView }) {
  const key = `${circle.id}/agenda.new`
  const text = draftOf(key)
  const opening = useSignal(false)
  const fault = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const add = async () => {
    if (text.value.trim() === '') {
      fault.value = t('encounter.lineEmpty')
      return
    }
    fault.value = undefined
    failure.value = await act({
      type: 'AgendaItemAdded',
      item: newId(),
      text: text.value.trim(),
      opening: opening.value,
    })
    if (failure.value !== null) return
    forgetDrafts(key)
    opening.value = false
    say(t('encounter.added'))
  }
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Field
        id="agenda-line"
        label={t('encounter.addLabel')}
        error={fault.value}
        value={text.value}
        onInput={(value) => (text.value = value)}
        maxLength={1000}
      />
      <Checkbox
        id="agenda-opening"
        label={t('encounter.opening')}
        checked={opening.value}
        onChange={(on) => (opening.value = on)}
      />
      <Failure failure={failure.value} />
      <Button type="submit" look="quiet" icon="add">
        {t('encounter.add')}
      </Button>
    </form>
  )
}

function Line({ circle, encounter, item }: Part & { readonly item: AgendaItem }) {
  const failure = useSignal<FailureValue | null>(null)
  const key = `${circle.id}/agenda.${item.id}`
  const words = draftOf(key, item.text)
  const editing = useSignal(words.peek() !== item.text)
  const mine = item.author === circle.me
  const other = othersIn(circle)[0]
  const mayMove = mine || isPerson(circle)
  const move = async (event: PracticeEvent, done: string) => {
    failure.value = await act(event)
    if (failure.value === null) {
      editing.value = false
      forgetDrafts(key)
      say(done)
    }
  }
  return (
    <li class="agenda-line stack close">
      <Thread side={sideIn(circle, item.author)} name={nameIn(circle, item.author)}>
        <p class="user-text" dir="auto">
          {item.text}
        </p>
        {item.opening && <span class="tag">{t('encounter.openingTag')}</span>}
        {item.status === 'talked' && <span class="tag agreed">{t('encounter.talked')}</span>}
      </Thread>
      {mine && <StatusWord reached={reachedOf(circle.sync, item.seq, other?.id ?? null, other?.name ?? '')} />}
      {editing.value && (
        <form
          class="stack near"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void move({ type: 'AgendaItemChanged', item: item.id, text: words.value.trim() }, t('encounter.changed'))
          }}
        >
          <Field
            id={`line-${item.id}`}
            label={t('encounter.changeLabel')}
            value={words.value}
            onInput={(value) => (words.value = value)}
            maxLength={1000}
          />
          <Button type="submit">{t('encounter.save')}</Button>
        </form>
      )}
      <Failure failure={failure.value} />
      <div class="acts">
        {item.status === 'open' && encounter !== null && encounter.status !== 'notMet' && (
          <Button
            look="quiet"
            label={t('encounter.markTalkedLong', { line: item.text })}
            onPress={() =>
              void move({ type: 'AgendaItemTalked', item: item.id, encounter: encounter.id }, t('encounter.talked'))
            }
          >
            {t('encounter.markTalked')}
          </Button>
        )}
        {item.status === 'open' && mayMove && (
          <Button
            look="words"
            label={t('encounter.parkLong', { line: item.text })}
            onPress={() => void move({ type: 'AgendaItemParked', item: item.id }, t('encounter.parkedNow'))}
          >
            {t('encounter.park')}
          </Button>
        )}
        {(item.status === 'parked' || item.status === 'talked') && mayMove && (
          <Button
            look="words"
            label={t('encounter.bringBackLong', { line: item.text })}
            onPress={() => void move({ type: 'AgendaItemBack', item: item.id }, t('encounter.back'))}
          >
            {t('encounter.bringBack')}
          </Button>
        )}
        {mine && item.status === 'open' && item.talkedIn.length === 0 && (
          <>
            <Button
              look="words"
              label={t('encounter.editLong', { line: item.text })}
              onPress={() => (editing.value = !editing.value)}
            >
              {t('encounter.edit')}
            </Button>
            <Button
              look="words"
              label={t('encounter.takeOffLong', { line: item.text })}
              onPress={() => void move({ type: 'AgendaItemTakenOff', item: item.id }, t('encounter.takenOff'))}
            >
              {t('encounter.takeOff')}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}
