/** How it was between us over time: changes asked for, offers to talk, the two threads, and every meeting. */
import { useSignal } from '@preact/signals'
import { asksOf, unanswered } from '@alongside/practice/check-in/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { TaskList } from '../../components/task-list/TaskList.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { circle, device, open } from '../../device/client.ts'
import { othersIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { t } from '../../words/t.ts'
import { whenWords } from '../encounter/when.ts'
import { AskView } from './Asks.tsx'
import { myMeetings, offersOf, openedOf, workersIn } from './beside.ts'
import { Offers } from './Offers.tsx'
import { Threads } from './Threads.tsx'
import { Triggers } from './Triggers.tsx'
import './check-in.css'

export function CheckInsScreen() {
  const failure = useSignal<FailureValue | null>(null)
  const here = circle.value
  const opened = open.value
  if (here === null || opened === null) return null
  const meetings = myMeetings(here)
  // Offers about earlier meetings stay with those meetings, so that they do not pile up.
  const [latest] = meetings
  const waiting = unanswered(here.state, here.me)
  const members = [here.me, ...othersIn(here).map((one) => one.id)]
  const rest = members
    .flatMap((member) => asksOf(here.state, member))
    .filter((ask) => !waiting.some((one) => one.seq === ask.seq))
    .sort((a, b) => b.seq - a.seq)
  const askMe = async () => {
    const done = await device().changeSettings({ asksHowItWas: true })
    failure.value = done.ok ? null : done.error
  }
  return (
    <>
      <Back href="/" />
      <h1>{t('check-in.allTitle')}</h1>
      <p class="measure">{t('check-in.allLead')}</p>
      {!opened.settings.asksHowItWas && (
        <Notice title={t('check-in.notAsked')}>
          <div class="stack near">
            <p>{t('check-in.notAskedHelp')}</p>
            <Button look="quiet" onPress={() => void askMe()}>
              {t('check-in.askAgain')}
            </Button>
            <Failure failure={failure.value} />
          </div>
        </Notice>
      )}
      {meetings.length === 0 && <Empty title={t('check-in.noneYet')} />}
      {waiting.map((ask) => (
        <AskView key={ask.seq} circle={here} ask={ask} />
      ))}
      <div class="stack two wide-first">
        <div class="stack">
          {workersIn(here).map((worker) => (
            <Threads key={worker} circle={here} worker={worker} />
          ))}
        </div>
        <div class="stack">
          {latest !== undefined && <Offers circle={here} offers={offersOf(here, latest.id)} />}
          {meetings.length > 0 && (
            <Card title={t('check-in.meetings')}>
              <TaskList
                tasks={meetings.map((one) => ({
                  href: `/check-in/${one.id}`,
                  title: whenWords(one),
                  note: t('check-in.yours', { shown: openedOf(here, one.id, here.me)?.shown ?? 'none' }),
                }))}
              />
            </Card>
          )}
          {rest.length > 0 && (
            <Details summary={t('check-in.asks', { n: rest.length })}>
              {rest.map((ask) => (
                <AskView key={ask.seq} circle={here} ask={ask} />
              ))}
            </Details>
          )}
          <Triggers circle={here} />
        </div>
      </div>
      <p class="small soft measure">{t('check-in.status')}</p>
    </>
  )
}
