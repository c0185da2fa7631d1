/** One way: how each of us sees it, my own view to write, and taking it for those whose choice it is. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { canBeMade, isChooser, type Choice, type Way } from '@alongside/practice/ways/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { nameIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'
import { TakeForm, WeighForm } from './choice-forms.tsx'
import { wayTitle } from './words.ts'

interface WayCardProps {
  readonly circle: CircleView
  readonly choice: Choice
  readonly way: Way
}

export function WayCard({ circle: here, choice, way }: WayCardProps) {
  const failure = useSignal<FailureValue | null>(null)
  const title = wayTitle(way)
  const open = here.phase === 'open' && choice.status !== 'made'
  const pickers = Object.entries(choice.picks).flatMap(([member, pick]) => (pick.way === way.id ? [member] : []))
  const chosen = choice.made?.way === way.id
  const takeOff = async () => {
    failure.value = await act({ type: 'WayTakenOff', choice: choice.id, way: way.id })
    if (failure.value === null) say(t('ways.takenOff'))
  }
  return (
    <section class={chosen ? 'card stack near taken' : 'card stack near'} aria-labelledby={`way-${way.id}`}>
      <h3 id={`way-${way.id}`} dir="auto">
        {title}
      </h3>
      {way.notNow ? (
        <p class="small soft">{t('ways.notNowIs')}</p>
      ) : (
        <p class="small soft">{t('ways.addedBy', { name: nameIn(here, way.author) })}</p>
      )}
      {(chosen || pickers.length > 0) && (
        <p class="row">
          {chosen && <span class="tag agreed">{t('ways.chosen')}</span>}
          {!chosen &&
            pickers.map((member) => (
              <span key={member} class="tag">
                {t('ways.tookIt', { name: nameIn(here, member) })}
              </span>
            ))}
        </p>
      )}
      <Weighings circle={here} choice={choice} way={way} />
      <Failure failure={failure.value} />
      {open && (
        <div class="stack close no-print">
          <Details summary={way.weighings[here.me] === undefined ? t('ways.weigh') : t('ways.weighAgain')}>
            <WeighForm circle={here} choice={choice} way={way} />
          </Details>
          {isChooser(here.state, choice, here.me) && canBeMade(choice) && choice.picks[here.me]?.way !== way.id && (
            <Details summary={t('ways.take', { way: title })}>
              <TakeForm circle={here} choice={choice} way={way} />
            </Details>
          )}
          {way.author === here.me && pickers.length === 0 && (
            <Button look="words" label={t('ways.takeOffLong', { way: title })} onPress={() => void takeOff()}>
              {t('ways.takeOff')}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

/** Each member's view in the same shape, beside each other. */
function Weighings({ circle: here, way }: WayCardProps) {
  const all = Object.entries(way.weighings).sort(([a], [b]) => {
    const person = here.state.people.person
    return Number(b === person) - Number(a === person)
  })
  if (all.length === 0) return null
  return (
    <div class="weighings">
      {all.map(([member, one]) => (
        <Thread key={member} side={sideIn(here, member)} name={nameIn(here, member)}>
          <dl>
            {(['good', 'hard', 'unknown'] as const).map((part) => (
              <div key={part}>
                <dt>{t('ways.part', { part })}</dt>
                <dd class="user-text" dir="auto">
                  {one[part] === '' ? t('ways.leftOpen') : one[part]}
                </dd>
              </div>
            ))}
          </dl>
        </Thread>
      ))}
    </div>
  )
}
