/** What each side has promised: one list for all, two groups of the same shape, and what asks for a word from here on top. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { askedToOwn, isOver, promisesOf, type Commitment } from '@alongside/practice/commitment/state.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import { todayHere } from '../../shell/turn.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { PromiseLine } from './PromiseLine.tsx'

export function PromisesScreen() {
  const here = circle.value
  return here === null ? null : <Promises circle={here} />
}

/** Whose promises to show: the person first on every device, then the others as they came; those who left stay while they owe or kept something. */
function membersOf(here: CircleView): readonly { readonly id: string; readonly name: string }[] {
  const { members, person } = here.state.people
  return Object.values(members)
    .filter((one) => one.status === 'here' || promisesOf(here.state, one.id).length > 0)
    .sort((a, b) => Number(b.id === person) - Number(a.id === person) || a.proposedSeq - b.proposedSeq)
}

export function Promises({ circle: here }: { readonly circle: CircleView }) {
  const asked = askedToOwn(here.state, here.me, todayHere())
  return (
    <>
      <Back href="/plan" />
      <h1>{t('commitment.title')}</h1>
      <p class="measure">{t('commitment.lead')}</p>
      {asked.length > 0 && (
        <Notice kind="now" title={t('commitment.askedTitle', { n: asked.length })}>
          <p>{t('commitment.askedLead')}</p>
          <ul class="plain-list">
            {asked.map((promise) => (
              <li key={promise.id}>
                <a href={`/plan/promises/${promise.id}`} dir="auto">
                  {promise.text}
                </a>{' '}
                <span class="small soft">{t('commitment.wasFor', { day: formatDay(promise.due ?? '') })}</span>
              </li>
            ))}
          </ul>
          <p class="small soft">{t('failure.byRule', { sentence: t('commitment.rule.PRM-7'), rule: 'PRM-7' })}</p>
        </Notice>
      )}
      <LinkButton href="/plan/promises/new" main icon="add">
        {t('commitment.make')}
      </LinkButton>
      <div class="stack two even">
        {membersOf(here).map((member) => (
          <Group
            key={member.id}
            circle={here}
            title={member.id === here.me ? t('commitment.groupMine') : t('commitment.groupOf', { name: member.name })}
            promises={promisesOf(here.state, member.id)}
          />
        ))}
      </div>
      <p class="soft small">{t('commitment.same')}</p>
    </>
  )
}

interface GroupProps {
  readonly circle: CircleView
  readonly title: string
  readonly promises: readonly Commitment[]
}

function Group({ circle: here, title, promises }: GroupProps) {
  const now = promises.filter((promise) => !isOver(promise))
  const past = promises.filter(isOver)
  return (
    <Card title={title}>
      {now.length === 0 && <p class="soft">{t('commitment.noneOpen')}</p>}
      {now.length > 0 && (
        <ul class="stack near parted">
          {now.map((promise) => (
            <li key={promise.id}>
              <PromiseLine circle={here} promise={promise}>
                <Acts circle={here} promise={promise} />
              </PromiseLine>
            </li>
          ))}
        </ul>
      )}
      {past.length > 0 && (
        <Details summary={t('commitment.past', { n: past.length })}>
          <ul class="stack near parted">
            {past.map((promise) => (
              <li key={promise.id}>
                <PromiseLine circle={here} promise={promise}>
                  <a
                    href={`/plan/promises/${promise.id}`}
                    aria-label={t('commitment.openLong', { text: promise.text })}
                  >
                    {t('commitment.open')}
                  </a>
                </PromiseLine>
              </li>
            ))}
          </ul>
        </Details>
      )}
    </Card>
  )
}

function Acts({ circle: here, promise }: { readonly circle: CircleView; readonly promise: Commitment }) {
  const failure = useSignal<FailureValue | null>(null)
  const keep = async () => {
    failure.value = await act({ type: 'PromiseKept', promise: promise.id })
    if (failure.value === null) say(t('commitment.savedKept'))
  }
  return (
    <>
      <Failure failure={failure.value} />
      <div class="acts no-print">
        {promise.owner === here.me && (
          <Button look="quiet" label={t('commitment.keptLong', { text: promise.text })} onPress={() => void keep()}>
            {t('commitment.kept')}
          </Button>
        )}
        <a
          class="btn words"
          href={`/plan/promises/${promise.id}`}
          aria-label={
            promise.owner === here.me
              ? t('commitment.moreLong', { text: promise.text })
              : t('commitment.openLong', { text: promise.text })
          }
        >
          {promise.owner === here.me ? t('commitment.more') : t('commitment.open')}
        </a>
      </div>
    </>
  )
}
