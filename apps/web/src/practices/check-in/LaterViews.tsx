/** How somebody sees a meeting now: new entries beside what was sealed, which never changes (CHK-10). */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { ITEMS, noAnswers } from '@alongside/practice/check-in/answers.ts'
import { laterViews } from '@alongside/practice/check-in/state.ts'
import type { Encounter } from '@alongside/practice/encounter/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf } from '../../device/drafts.ts'
import { nameIn, othersIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'
import { t } from '../../words/t.ts'
import { answered, itemName } from './texts.ts'

/** How many a member adds about one meeting (CHK-10). */
const MOST = 5

export function LaterViews({
  circle: here,
  encounter,
}: {
  readonly circle: CircleView
  readonly encounter: Encounter
}) {
  const writing = useSignal(false)
  const line = draftOf(`${here.id} later ${encounter.id}`)
  const failure = useSignal<FailureValue | null>(null)
  const members = [here.me, ...othersIn(here).map((one) => one.id)]
  const views = members.flatMap((member) =>
    laterViews(here.state, encounter.id, member).map((view) => ({ ...view, member })),
  )
  const add = async () => {
    if (line.value.trim() === '') return
    const answers = { ...noAnswers, line: line.value.trim() }
    failure.value = await act({ type: 'CheckInLaterView', encounter: encounter.id, answers })
    if (failure.value !== null) return
    line.value = ''
    writing.value = false
    say(t('check-in.laterKept'))
  }
  return (
    <Card title={t('check-in.laterTitle')}>
      {views.map((view) => (
        <Thread key={view.seq} side={sideIn(here, view.member)} name={nameIn(here, view.member)}>
          <p class="small soft">{formatDay(momentOf(view.at))}</p>
          {ITEMS.filter((item) => answered(item, view.answers) !== '').map((item) => (
            <p key={item}>{t('check-in.itemAnswer', { item: itemName(item), answer: answered(item, view.answers) })}</p>
          ))}
          <p class="user-text" dir="auto">
            {view.answers.line}
          </p>
        </Thread>
      ))}
      {writing.value ? (
        <form
          class="stack near no-print"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <TextArea
            id="later-line"
            label={t('check-in.laterLabel')}
            hint={t('check-in.laterHint')}
            readers={t('check-in.readersAll')}
            rows={3}
            maxLength={600}
            value={line.value}
            onInput={(value) => (line.value = value)}
          />
          <Failure failure={failure.value} />
          <Button type="submit">{t('check-in.laterKeep')}</Button>
        </form>
      ) : (
        views.filter((view) => view.member === here.me).length < MOST && (
          <Button look="quiet" onPress={() => (writing.value = true)}>
            {t('check-in.laterAdd')}
          </Button>
        )
      )}
    </Card>
  )
}
