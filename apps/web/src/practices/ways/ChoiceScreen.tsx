/** One choice: the question, whose it is, the ways with how each of us sees them, and what was chosen and how to undo it. */
import type { CircleView } from '@alongside/device/api.ts'
import {
  canBeMade,
  choiceOf,
  choosers,
  isChooser,
  lookAgainDay,
  waysOf,
  type Choice,
} from '@alongside/practice/ways/state.ts'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { circle } from '../../device/client.ts'
import { nameIn, othersIn, sideIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import type { ScreenProps } from '../../shell/screen.ts'
import { formatDay, formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { AddNotNow, AddWay, LookAgainForm, UndoForm } from './choice-forms.tsx'
import { WayCard } from './WayCard.tsx'
import { wayTitle, whoseWords } from './words.ts'
import './ways.css'

export function ChoiceScreen({ params }: ScreenProps) {
  const here = circle.value
  if (here === null) return null
  const choice = choiceOf(here.state, params['choice'] ?? '')
  if (choice === null)
    return (
      <>
        <Back href="/plan/ways" />
        <h1>{t('ways.title')}</h1>
        <Empty title={t('ways.notFound')} />
      </>
    )
  return <OneChoice key={choice.id} circle={here} choice={choice} />
}

export function OneChoice({ circle: here, choice }: { readonly circle: CircleView; readonly choice: Choice }) {
  const other = othersIn(here)[0]
  const ways = waysOf(choice)
  const mayChange = here.phase === 'open' && choice.status !== 'made'
  return (
    <>
      <Back href="/plan/ways" />
      <h1 dir="auto">{choice.question}</h1>
      <div class={choice.status === 'open' ? 'stack' : 'stack two even'}>
        <Card title={t('ways.about')}>
          <p>
            <strong>{whoseWords(here, choice)}</strong>
          </p>
          {choice.byWhen !== null && <p>{t('ways.by', { day: formatDay(choice.byWhen) })}</p>}
          {choice.ifNot !== '' && (
            <div>
              <p class="small soft">{t('ways.ifNot')}</p>
              <p class="user-text" dir="auto">
                {choice.ifNot}
              </p>
            </div>
          )}
          {choice.openedBy === here.me && (
            <StatusWord reached={reachedOf(here.sync, choice.seq, other?.id ?? null, other?.name ?? '')} />
          )}
        </Card>
        {choice.status === 'made' && <Made circle={here} choice={choice} />}
        {choice.status === 'undone' && <Undone circle={here} choice={choice} />}
      </div>
      <h2>{t('ways.waysTitle')}</h2>
      {mayChange && !canBeMade(choice) && (
        <Notice>
          <p>{t('ways.addAnother')}</p>
          <p class="small soft">{t('failure.byRule', { sentence: t('ways.rule.WAY-6'), rule: 'WAY-6' })}</p>
        </Notice>
      )}
      <div class="stack two even">
        {ways.map((way) => (
          <WayCard key={way.id} circle={here} choice={choice} way={way} />
        ))}
      </div>
      {mayChange && (
        <div class="stack near no-print">
          <AddWay circle={here} choice={choice} />
          {!ways.some((way) => way.notNow) && <AddNotNow choice={choice} />}
        </div>
      )}
    </>
  )
}

function Made({ circle: here, choice }: { readonly circle: CircleView; readonly choice: Choice }) {
  const taken = choice.ways.find((way) => way.id === choice.made?.way)
  const look = lookAgainDay(choice)
  const mine = here.phase === 'open' && isChooser(here.state, choice, here.me)
  return (
    <Card title={t('ways.whatWeChose')}>
      <p class="user-text" dir="auto">
        <strong>{taken === undefined ? '' : wayTitle(taken)}</strong>
      </p>
      {Object.entries(choice.picks).map(([member, pick]) =>
        pick.undo === '' ? null : (
          <Thread key={member} side={sideIn(here, member)} name={nameIn(here, member)}>
            <p class="small soft">{t('ways.howToUndo')}</p>
            <p class="user-text" dir="auto">
              {pick.undo}
            </p>
          </Thread>
        ),
      )}
      {look !== null && <p>{t('ways.lookOn', { day: formatDay(look) })}</p>}
      {choice.looks.length > 0 && (
        <Details summary={t('ways.looks', { n: choice.looks.length })}>
          {choice.looks.map((one) => (
            <Thread key={one.seq} side={sideIn(here, one.by)} name={nameIn(here, one.by)}>
              <p class="user-text" dir="auto">
                {one.words === '' ? t('ways.stands') : one.words}
              </p>
            </Thread>
          ))}
        </Details>
      )}
      {mine && (
        <>
          <Details summary={t('ways.lookAgain')}>
            <LookAgainForm circle={here} choice={choice} />
          </Details>
          <Details summary={t('ways.undo')}>
            <UndoForm circle={here} choice={choice} />
          </Details>
        </>
      )}
      {!mine && (
        <p class="small soft">
          {t('ways.theirsToUndo', { names: formatList(choosers(here.state, choice).map((one) => nameIn(here, one))) })}
        </p>
      )}
    </Card>
  )
}

function Undone({ circle: here, choice }: { readonly circle: CircleView; readonly choice: Choice }) {
  const undone = choice.undone
  if (undone === null) return null
  return (
    <Notice title={t('ways.undoneBy', { name: nameIn(here, undone.by) })}>
      {undone.why !== '' && (
        <p class="user-text" dir="auto">
          {undone.why}
        </p>
      )}
      <p>{t('ways.chooseAnew')}</p>
    </Notice>
  )
}
