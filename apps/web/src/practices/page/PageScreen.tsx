/** The practice page at a glance: its parts, what each still lacks, and the ways on: see it, open a place. */
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { TaskList, type Task } from '../../components/task-list/TaskList.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { go } from '../../shell/route.ts'
import { t } from '../../words/t.ts'
import { PARTS, partTitle } from '../meet/shown.ts'
import { blanksLeft, hrefOf, limitGaps, missingIn, partState, ruleOf, ruleText, stateOfTexts } from './gaps.ts'
import type { PartState } from './gaps.ts'
import { draft } from './page-draft.ts'
import { Saved } from './Saved.tsx'

const note = (state: PartState): string => t('page.state', { state })

export function PageScreen() {
  const page = draft.value
  if (page === null) return null
  const missing = missingIn(page)
  const limitsState: PartState = missing.includes('limits')
    ? 'missing'
    : stateOfTexts(
        page.limits.flatMap((row) => [row.text, row.first, row.youCan]),
        false,
      )
  const tasks: Task[] = [
    {
      href: '/page/limits',
      title: t('meet.limits'),
      note:
        page.limits.length > 0 && page.limits.some((_, row) => limitGaps(page, row).length > 0)
          ? t('page.limitsUnfinished')
          : note(limitsState === 'empty' ? 'filled' : limitsState),
    },
    { href: '/page/warn', title: t('meet.warn'), note: note(missing.includes('dutyToWarn') ? 'missing' : 'filled') },
    ...PARTS.map(({ part }) => ({
      href: `/page/${part}`,
      title: partTitle(part),
      note: note(partState(page, part)),
    })),
    { href: '/page/cost', title: t('meet.cost'), note: note(page.cost.length > 0 ? 'filled' : 'empty') },
    {
      href: '/page/offer',
      title: t('meet.offer'),
      note: page.draft.length === 0 ? note('empty') : t('page.offerCount', { n: page.draft.length }),
    },
    {
      href: '/page/second',
      title: t('page.second'),
      note:
        page.secondLanguage === null ? note('empty') : t('page.secondIn', { language: page.secondLanguage.language }),
    },
  ]
  return (
    <>
      <Back href="/more" />
      <div class="stack close">
        <h1>{t('page.title')}</h1>
        <p class="measure">{t('page.lead')}</p>
        <Saved />
      </div>
      <div class="stack two wide-first">
        <div class="stack side">
          {missing.length > 0 ? (
            <Notice kind="now" title={t('page.missingTitle', { n: missing.length })}>
              <ul class="plain-list">
                {missing.map((field) => (
                  <li key={field}>
                    <a href={hrefOf(field)}>{ruleText(ruleOf(field))}</a>
                  </li>
                ))}
              </ul>
            </Notice>
          ) : (
            <Notice kind="done" title={t('page.ready')}>
              <p>{t('page.readyHelp')}</p>
            </Notice>
          )}
          {blanksLeft(page) && (
            <Notice>
              <p>{t('page.blanksLeft')}</p>
            </Notice>
          )}
        </div>
        <div class="stack">
          <Card title={t('page.parts')}>
            <TaskList tasks={tasks} />
          </Card>
          <div class="acts">
            <LinkButton href="/page/see" look="quiet">
              {t('page.see')}
            </LinkButton>
            <div class="stack close">
              <Button
                whyNot={missing.length > 0 ? t('page.notYet', { n: missing.length }) : undefined}
                onPress={() => go('/places')}
              >
                {t('page.toPlaces')}
              </Button>
            </div>
          </div>
        </div>
      </div>
    </>
  )
}
