/** The limits: which kinds are on the page, what each still lacks, and which could be added. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { TaskList, type Task } from '../../components/task-list/TaskList.tsx'
import { LIMIT_KINDS, type LimitKind } from '@alongside/practice/page/page.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { limitTitle } from '../meet/shown.ts'
import { limitGaps, missingIn, ruleText } from './gaps.ts'
import { draft } from './page-draft.ts'
import { Saved } from './Saved.tsx'

export function LimitsScreen() {
  const page = draft.value
  if (page === null) return null
  const on = page.limits.map((limit) => limit.kind)
  const task = (kind: LimitKind): Task => {
    const row = on.indexOf(kind)
    const gaps = row < 0 ? [] : limitGaps(page, row)
    const href = `/page/limits/${kind}`
    if (row < 0) return { href, title: limitTitle(kind) }
    return {
      href,
      title: limitTitle(kind),
      note: gaps.length === 0 ? t('page.state', { state: 'filled' }) : t('page.stillNeeds', { list: formatList(gaps) }),
    }
  }
  const off = LIMIT_KINDS.filter((kind) => !on.includes(kind))
  return (
    <>
      <Back href="/page" />
      <div class="stack close">
        <h1>{t('meet.limits')}</h1>
        <p class="measure">{t('page.limitsHelp')}</p>
        <Saved />
        {missingIn(page).includes('limits') && (
          <p class="small soft">{ruleText(on.length === 0 ? 'PAG-1' : 'PAG-2')}</p>
        )}
      </div>
      {on.length > 0 && (
        <Card title={t('page.limitsOn')}>
          <TaskList tasks={on.map(task)} />
        </Card>
      )}
      {off.length > 0 && (
        <Card title={t('page.limitsOff')}>
          <TaskList tasks={off.map(task)} />
        </Card>
      )}
      <LinkButton href="/page/warn" look="quiet">
        {t('page.thenWarn')}
      </LinkButton>
    </>
  )
}
