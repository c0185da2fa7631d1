/** One limit: what could happen, what must or may follow, what comes first, what the person can do, and where it says so. */
import { DUTIES, LIMIT_KINDS, type Limit } from '@alongside/practice/page/page.ts'
import { BY_DUTY } from '@alongside/practice/page/publish.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { go } from '../../shell/route.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { t, textFor } from '../../words/t.ts'
import { limitTitle } from '../meet/shown.ts'
import { limitGaps } from './gaps.ts'
import { change, draft } from './page-draft.ts'
import { withLimit, withoutLimit } from './page-edit.ts'
import { ReadyText } from './ReadyText.tsx'
import { Saved } from './Saved.tsx'
import { Source } from './Source.tsx'

const TEXTS = ['text', 'first', 'youCan'] as const

export function LimitScreen({ params }: ScreenProps) {
  const page = draft.value
  const kind = LIMIT_KINDS.find((each) => each === params['kind'])
  if (page === null || kind === undefined) return null
  const row = page.limits.findIndex((limit) => limit.kind === kind)
  const limit: Limit = page.limits[row] ?? {
    kind,
    duty: null,
    text: '',
    first: '',
    youCan: '',
    source: '',
    checkedOn: null,
    checkedBy: '',
  }
  const set = (part: Partial<Limit>): void =>
    change((now) => withLimit(now, { ...(now.limits.find((each) => each.kind === kind) ?? limit), ...part }))
  const gaps = row < 0 ? [] : limitGaps(page, row)
  return (
    <>
      <Back href="/page/limits" />
      <div class="stack close">
        <h1>{limitTitle(kind)}</h1>
        <Saved />
        {gaps.length > 0 && (
          <ul class="plain-list small soft">
            {gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        )}
      </div>
      {BY_DUTY.includes(kind) && (
        <Choice
          id="limit-duty"
          label={t('page.duty')}
          hint={t('page.dutyHint')}
          options={DUTIES.map((duty) => ({ value: duty, label: t('meet.legal.duty', { duty }) }))}
          value={limit.duty}
          onChange={(duty) => set({ duty })}
        />
      )}
      {TEXTS.map((name) => (
        <ReadyText
          key={name}
          id={`limit-${name}`}
          label={t('page.limitText', { name })}
          ready={textFor(`page.ready.limit.${kind}.${name}`) ?? ''}
          value={limit[name]}
          onInput={(text) => set({ [name]: text })}
          maxLength={2000}
        />
      ))}
      <Source
        id="limit"
        value={limit}
        onChange={(part) => set(part)}
        optional={!BY_DUTY.includes(kind)}
        checkedBy={limit.checkedBy}
      />
      <LinkButton href="/page/limits" main>
        {t('page.backToLimits')}
      </LinkButton>
      {row >= 0 && (
        <Button
          look="words"
          onPress={() => {
            change((now) => withoutLimit(now, kind))
            go('/page/limits')
          }}
        >
          {t('page.limitOff')}
        </Button>
      )}
    </>
  )
}
