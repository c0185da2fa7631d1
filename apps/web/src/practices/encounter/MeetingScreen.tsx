/** One meeting: before it the plan, the agenda and an intention; during it the same agenda and the way to the note. */
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { useSignal } from '@preact/signals'
import { encounterOf, windowOpen } from '@alongside/practice/encounter/state.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Icon } from '../../components/icon/Icon.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { meeting } from '../../shell/frame/lock-watch.ts'
import { say } from '../../shell/live.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { minutesAt } from '../../words/moment.ts'
import { t, textFor } from '../../words/t.ts'
import { Agenda } from './Agenda.tsx'
import { AppointmentForm } from './AppointmentForm.tsx'
import { IntentionCard } from './IntentionCard.tsx'
import { whenWords } from './when.ts'

const WEEK_MINUTES = 7 * 24 * 60

export function MeetingScreen({ params }: ScreenProps) {
  const failure = useSignal<FailureValue | null>(null)
  const here = circle.value
  if (here === null) return null
  const one = encounterOf(here.state, params['encounter'] ?? '')
  if (one === null) return <Empty title={t('encounter.notFound')} />

  const mark = async (event: PracticeEvent, done: string) => {
    failure.value = await act(event)
    if (failure.value === null) say(done)
    return failure.value === null
  }
  const meetNow = async () => {
    if (await mark({ type: 'EncounterMet', encounter: one.id }, t('encounter.meetingNow'))) meeting.value = true
  }
  const longAgo = one.metAt !== null && minutesAt(Date.now()) - one.metAt >= WEEK_MINUTES

  return (
    <>
      <Back href="/" />
      <h1>{whenWords(one)}</h1>
      <p class="row">
        <span class={one.status === 'met' ? 'tag agreed' : 'tag'}>{t('encounter.status', { status: one.status })}</span>
        <span>{textFor(`encounter.way.${one.way}`)}</span>
        {one.place !== '' && (
          <span class="where">
            <Icon name="place" />
            <bdi>{one.place}</bdi>
          </span>
        )}
      </p>
      <Failure failure={failure.value} />
      {one.status === 'met' && (
        <Card title={t('encounter.inTheMeeting')}>
          <Button
            look="quiet"
            pressed={meeting.value}
            onPress={() => {
              meeting.value = !meeting.value
              say(meeting.value ? t('encounter.staysOpen') : t('encounter.locksSoon'))
            }}
          >
            {meeting.value ? t('encounter.weAreMeeting') : t('encounter.weAreMeetingOff')}
          </Button>
          <div class="acts">
            <LinkButton href={`/notes/${one.id}`}>{t('encounter.writeNote')}</LinkButton>
            <LinkButton href="/plan/ways" look="quiet">
              {t('encounter.waysForward')}
            </LinkButton>
            <LinkButton href="/plan/promises" look="quiet">
              {t('encounter.promises')}
            </LinkButton>
            <LinkButton href={`/check-in/${one.id}`} look="quiet">
              {t('encounter.lookBack')}
            </LinkButton>
          </div>
        </Card>
      )}
      <div class="stack two wide-first">
        <div class="stack">
          <Card title={t('encounter.agenda')}>
            <p class="soft">{t('encounter.agendaLead')}</p>
            <Agenda circle={here} encounter={one} />
          </Card>
        </div>
        <div class="stack">
          <IntentionCard circle={here} encounter={one} />
          {one.status === 'planned' && (
            <div class="acts">
              <Button main onPress={() => void meetNow()}>
                {t('encounter.markMet')}
              </Button>
              <Button
                look="quiet"
                onPress={() => void mark({ type: 'EncounterNotMet', encounter: one.id }, t('encounter.savedNotMet'))}
              >
                {t('encounter.markNotMet')}
              </Button>
            </div>
          )}
          {one.status === 'notMet' && (
            <Button look="quiet" onPress={() => void meetNow()}>
              {t('encounter.metAfterAll')}
            </Button>
          )}
          {one.status === 'planned' && (
            <Details summary={t('encounter.changePlan')}>
              <AppointmentForm
                start={one}
                button={t('encounter.savePlan')}
                onSave={(value) => act({ type: 'EncounterChanged', encounter: one.id, ...value })}
              />
            </Details>
          )}
          {one.status === 'met' && windowOpen(here.state, one.id) && longAgo && (
            <Card title={t('encounter.closeTitle')}>
              <p>{t('encounter.closeLead')}</p>
              <Button
                look="quiet"
                onPress={() => void mark({ type: 'LookBackClosed', encounter: one.id }, t('encounter.closedNow'))}
              >
                {t('encounter.close')}
              </Button>
            </Card>
          )}
        </div>
      </div>
    </>
  )
}
