/** What there is to choose together: open questions first, then what was chosen. */
import type { CircleView } from '@alongside/device/api.ts'
import { allChoices, lookAgainDay, waysOf, type Choice } from '@alongside/practice/ways/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { circle } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { wayTitle, whoseWords } from './words.ts'
import './ways.css'

export function WaysScreen() {
  const here = circle.value
  return here === null ? null : <Choices circle={here} />
}

export function Choices({ circle: here }: { readonly circle: CircleView }) {
  const all = allChoices(here.state)
  const open = all.filter((choice) => choice.status !== 'made')
  const made = all.filter((choice) => choice.status === 'made')
  return (
    <>
      <Back href="/plan" />
      <h1>{t('ways.title')}</h1>
      <p class="measure">{t('ways.lead')}</p>
      {here.phase === 'open' && (
        <LinkButton href="/plan/ways/new" main icon="add">
          {t('ways.openNew')}
        </LinkButton>
      )}
      {all.length === 0 && <Empty title={t('ways.none')} />}
      {open.length > 0 && <Group circle={here} title={t('ways.openTitle')} choices={open} />}
      {made.length > 0 && <Group circle={here} title={t('ways.madeTitle')} choices={made} />}
    </>
  )
}

interface GroupProps {
  readonly circle: CircleView
  readonly title: string
  readonly choices: readonly Choice[]
}

function Group({ circle: here, title, choices }: GroupProps) {
  return (
    <Card title={title}>
      <ul class="stack near parted">
        {choices.map((choice) => {
          const taken = choice.ways.find((way) => way.id === choice.made?.way)
          const look = lookAgainDay(choice)
          return (
            <li key={choice.id} class="stack close">
              <a class="way-link" href={`/plan/ways/${choice.id}`} dir="auto">
                {choice.question}
              </a>
              <p class="small soft">{whoseWords(here, choice)}</p>
              {taken === undefined ? (
                <p class="small soft">{t('ways.wayCount', { n: waysOf(choice).length })}</p>
              ) : (
                <p>
                  <span class="tag agreed">{t('ways.chosen')}</span> <bdi>{wayTitle(taken)}</bdi>
                </p>
              )}
              {look !== null && <p class="small soft">{t('ways.lookOn', { day: formatDay(look) })}</p>}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
