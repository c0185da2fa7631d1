/** After answering: what others can see of it, both views side by side, changes asked for, and how it looks later. */
import { useSignal } from '@preact/signals'
import type { CircleView, OpenedCheckIn } from '@alongside/device/api.ts'
import type { Id } from '@alongside/base/codec.ts'
import { ITEMS } from '@alongside/practice/check-in/answers.ts'
import { asksOf, mayOpen, sealedItem, sealedKnowing, sharedAnswer } from '@alongside/practice/check-in/state.ts'
import { windowOpen, type Encounter } from '@alongside/practice/encounter/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread, ThreadMark } from '../../components/thread-mark/ThreadMark.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { isPerson, nameIn, othersIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { AskView } from './Asks.tsx'
import { Bars } from './Bars.tsx'
import { besideOf, offersOf, openedOf, topicsIn, workersIn } from './beside.ts'
import { LaterViews } from './LaterViews.tsx'
import { Offers } from './Offers.tsx'
import { answered, itemName, stepText } from './texts.ts'

export interface LookedProps {
  readonly circle: CircleView
  readonly encounter: Encounter
  readonly own: OpenedCheckIn | null
  /** The answers were just kept for somebody outside: the way to print comes first. */
  readonly toTrusted: boolean
}

export function Looked({ circle: here, encounter, own, toTrusted }: LookedProps) {
  const others = othersIn(here).map((one) => one.id)
  const asks = [here.me, ...others].flatMap((member) =>
    asksOf(here.state, member).filter((ask) => ask.encounter === encounter.id),
  )
  return (
    <>
      {own !== null && <Mine circle={here} own={own} toTrusted={toTrusted} />}
      {workersIn(here).map((worker) => {
        const beside = besideOf(here, encounter, worker)
        return beside.person === null && beside.worker === null ? null : (
          <Bars key={worker} circle={here} beside={beside} worker={worker} />
        )
      })}
      {others.map((member) => (
        <Other key={member} circle={here} encounter={encounter} member={member} />
      ))}
      {asks.map((ask) => (
        <AskView key={ask.member} circle={here} ask={ask} />
      ))}
      <Offers circle={here} offers={offersOf(here, encounter.id)} />
      {sealedItem(here.state, encounter.id, here.me) !== null && <LaterViews circle={here} encounter={encounter} />}
      <p class="small soft">{t('check-in.status')}</p>
    </>
  )
}

/** Own answers, who can see them, and showing more of them. What is shown stays shown (CHK-8). */
function Mine({
  circle: here,
  own,
  toTrusted,
}: Omit<LookedProps, 'own' | 'encounter'> & { readonly own: OpenedCheckIn }) {
  const failure = useSignal<FailureValue | null>(null)
  const { answers, shown } = own
  const person = isPerson(here)
  const topics = topicsIn(answers)
  const canShowTopics = person && shown === 'private' && (topics.length > 0 || answers.oneStep !== null)
  const show = async (what: 'answers' | 'topics') => {
    const done = await device().showCheckIn(here.id, own.encounter, what, topics)
    failure.value = done.ok ? null : done.error
    if (done.ok) say(t('check-in.shownNow'))
  }
  const seq = here.state.checkIn.shown[own.encounter]?.[here.me]?.seq ?? null
  return (
    <Card title={t('check-in.mine')}>
      <AnswerList own={own} />
      <p>
        <strong>
          {person || shown !== 'private'
            ? t('check-in.seenAs', { shown })
            : t('check-in.practitionerSeen', { name: nameIn(here, here.state.people.person ?? '') })}
        </strong>
      </p>
      {seq !== null && <StatusWord reached={reachedOf(here.sync, seq, null, '')} />}
      <Failure failure={failure.value} />
      {canShowTopics && topics.length > 0 && (
        <p class="small soft no-print">{t('check-in.topicsWillBe', { items: formatList(topics.map(itemName)) })}</p>
      )}
      {toTrusted && <p>{t('check-in.trustedHelp')}</p>}
      <div class="acts no-print">
        {canShowTopics && (
          <Button look="quiet" onPress={() => void show('topics')}>
            {t('check-in.showTopics')}
          </Button>
        )}
        {shown !== 'answers' && (
          <Button look="quiet" onPress={() => void show('answers')}>
            {t('check-in.showAnswers')}
          </Button>
        )}
        <Button look="quiet" icon="print" onPress={() => window.print()}>
          {t('check-in.print')}
        </Button>
      </div>
      {shown !== 'answers' && <p class="small soft no-print">{t('check-in.staysShown')}</p>}
    </Card>
  )
}

function AnswerList({ own: { answers } }: { readonly own: OpenedCheckIn }) {
  const rows = [
    [t('check-in.changeAsked'), stepText(answers.oneStep, answers.oneStepWords)],
    ...ITEMS.map((item) => [itemName(item), answered(item, answers)]),
    [t('check-in.powerName'), answers.power],
    [t('check-in.line'), answers.line],
  ].filter(([, value]) => value !== '')
  return (
    <dl class="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd class="user-text" dir="auto">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What another member lets be seen. Not answered and kept private read the same for a person (CHK-13). */
function Other(props: { readonly circle: CircleView; readonly encounter: Encounter; readonly member: Id }) {
  const { circle: here, encounter, member } = props
  const name = nameIn(here, member)
  const shared = sharedAnswer(here.state, encounter.id, member)
  const opened = openedOf(here, encounter.id, member)
  // a person's item leaves their device when it gives nothing away, whether there is an answer in it and whenever it was given
  const knew = member !== here.state.people.person && sealedKnowing(here.state, encounter.id, member, here.me)
  return (
    <Card>
      <h2>
        <ThreadMark side={sideIn(here, member)} name={name} />
      </h2>
      {opened === null && <p>{otherWords(here, encounter, member)}</p>}
      {opened === null && shared.type === 'topics' && shared.topics.length > 0 && (
        <p>{t('check-in.topicsOf', { name, items: formatList(shared.topics.map(itemName)) })}</p>
      )}
      {opened !== null && (
        <Thread side={sideIn(here, member)}>
          <AnswerList own={opened} />
        </Thread>
      )}
      {knew && <p class="small soft">{t('check-in.knew', { name })}</p>}
    </Card>
  )
}

/** Why there are no answers of another to read: a practitioner's own devices say more than a person's ever do. */
function otherWords(here: CircleView, encounter: Encounter, member: Id): string {
  const name = nameIn(here, member)
  const shared = sharedAnswer(here.state, encounter.id, member).type
  if (member === here.state.people.person || !isPerson(here))
    return shared === 'none' ? t('check-in.noSharedAnswer') : t('check-in.sharedWaits', { name })
  if (sealedItem(here.state, encounter.id, member) === null)
    return windowOpen(here.state, encounter.id)
      ? t('check-in.notAnsweredYet', { name })
      : t('check-in.notAnswered', { name })
  const canOpen = mayOpen(here.state, encounter.id, here.me) || openedOf(here, encounter.id, here.me) !== null
  return canOpen ? t('check-in.cannotOpen', { name }) : t('check-in.sealedFromYou', { name })
}
