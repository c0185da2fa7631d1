/** The duty to warn: a choice somebody makes with a source and a day, never worked out from anything that is written. */
import { WARN_DUTIES } from '@alongside/practice/page/page.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { t } from '../../words/t.ts'
import { missingIn, ruleText } from './gaps.ts'
import { change, draft } from './page-draft.ts'
import { Saved } from './Saved.tsx'
import { Source } from './Source.tsx'

export function WarnScreen() {
  const page = draft.value
  if (page === null) return null
  const warn = page.dutyToWarn
  return (
    <>
      <Back href="/page" />
      <div class="stack close">
        <h1>{t('meet.warn')}</h1>
        <p class="measure">{t('page.warnHelp')}</p>
        <Saved />
        {missingIn(page).includes('dutyToWarn') && <p class="small soft">{ruleText('PAG-4')}</p>}
      </div>
      <Choice
        id="warn-duty"
        label={t('page.warnQuestion')}
        options={WARN_DUTIES.map((duty) => ({ value: duty, label: t('page.warnDuty', { duty }) }))}
        value={warn?.duty ?? null}
        onChange={(duty) =>
          change((now) => ({ ...now, dutyToWarn: { source: '', checkedOn: null, ...now.dutyToWarn, duty } }))
        }
      />
      {warn !== null && (
        <Source
          id="warn"
          value={warn}
          onChange={({ source, checkedOn }) =>
            change((now) =>
              now.dutyToWarn === null
                ? now
                : {
                    ...now,
                    dutyToWarn: {
                      ...now.dutyToWarn,
                      ...(source === undefined ? {} : { source }),
                      ...(checkedOn === undefined ? {} : { checkedOn }),
                    },
                  },
            )
          }
        />
      )}
      <LinkButton href="/page" main>
        {t('page.backToParts')}
      </LinkButton>
    </>
  )
}
