/** The strong block of Today: the next meeting, where, and what there is to talk about. One tap makes one in the room. */
import { useSignal } from '@preact/signals'
import { nextEncounter, openAgenda } from '@alongside/practice/encounter/state.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Icon } from '../../components/icon/Icon.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { othersIn } from '../../device/people.ts'
import { go } from '../../shell/route.ts'
import { todayHere } from '../../shell/turn.ts'
import { t } from '../../words/t.ts'
import { whenWords } from './when.ts'

export function NextCard() {
  const failure = useSignal<FailureValue | null>(null)
  const here = circle.value
  if (here === null || here.state.people.kind !== 'alongside') return null
  const next = nextEncounter(here.state)
  const agenda = openAgenda(here.state).length
  const other = othersIn(here)[0]?.name

  const meetNow = async () => {
    const encounter = newId()
    failure.value = await act({
      type: 'EncounterPlanned',
      encounter,
      day: todayHere(),
      time: null,
      place: '',
      way: 'visit',
    })
    if (failure.value === null) go(`/meeting/${encounter}`)
  }

  return (
    <Card
      look="strong"
      title={other === undefined ? t('encounter.nextAlone') : t('encounter.nextWith', { name: other })}
    >
      {next === null ? (
        <p class="when">{t('encounter.noneYet')}</p>
      ) : (
        <>
          <p class="when">{whenWords(next)}</p>
          {next.place !== '' && (
            <p class="where">
              <Icon name="place" />
              <span dir="auto">{next.place}</span>
            </p>
          )}
        </>
      )}
      <Failure failure={failure.value} />
      <div class="acts">
        {next === null ? (
          <>
            <LinkButton href="/meeting/new" look="quiet">
              {t('encounter.plan')}
            </LinkButton>
            <Button look="quiet" onPress={() => void meetNow()}>
              {t('encounter.meetNow')}
            </Button>
            <LinkButton href="/agenda" look="quiet">
              {t('encounter.talkAbout', { n: agenda })}
            </LinkButton>
          </>
        ) : (
          <LinkButton href={`/meeting/${next.id}`} look="quiet" main>
            {t('encounter.talkAbout', { n: agenda })}
          </LinkButton>
        )}
      </div>
    </Card>
  )
}
