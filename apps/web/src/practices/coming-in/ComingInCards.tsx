/** On Today: a phrase that can be compared now. On More: how each one was checked, and whether this device is the only key. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { TaskList } from '../../components/task-list/TaskList.tsx'
import { ThreadMark } from '../../components/thread-mark/ThreadMark.tsx'
import { circle } from '../../device/client.ts'
import { othersIn, sideIn } from '../../device/people.ts'
import { t } from '../../words/t.ts'
import { CheckedWord } from './CheckedWord.tsx'
import { toCompare } from './checks.ts'

export function CompareCard() {
  const here = circle.value
  const members = here === null ? [] : toCompare(here)
  if (here === null || members.length === 0) return null
  return (
    <Card title={t('coming-in.compareCard')}>
      <TaskList
        tasks={members.map((member) => ({
          href: `/compare/${member.id}`,
          title: t('coming-in.compareWith', { name: member.name }),
          note: t('coming-in.compareNote'),
          side: sideIn(here, member.id),
        }))}
      />
    </Card>
  )
}

export function KeysCard() {
  const here = circle.value
  if (here === null || here.state.people.kind !== 'alongside') return null
  return (
    <Card title={t('coming-in.keysTitle')}>
      {othersIn(here).map((member) => (
        <div key={member.id} class="stack close">
          <ThreadMark side={sideIn(here, member.id)} name={member.name} />
          <CheckedWord circle={here} member={member.id} />
          <div>
            <LinkButton href={`/compare/${member.id}`} look="words">
              {t('coming-in.compareWith', { name: member.name })}
            </LinkButton>
          </div>
        </div>
      ))}
      <p>{here.wayBack === 'made' ? t('coming-in.wayBackMade') : t('coming-in.onlyKeyHelp')}</p>
      <LinkButton href="/way-back" look="quiet">
        {here.wayBack === 'made' ? t('coming-in.makeAnother') : t('coming-in.makeWayBack')}
      </LinkButton>
    </Card>
  )
}
