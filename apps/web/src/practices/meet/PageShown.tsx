/**
 * A practice page as the person sees it: what cannot be kept between the two comes first, then who and how, power, money,
 * cost, and what the practitioner would offer for an agreement. Also drawn for the practitioner, before anybody sees it.
 */
import type { DraftLine, PracticePage } from '@alongside/practice/page/page.ts'
import { Card } from '../../components/card/Card.tsx'
import { Listen } from '../../components/listen/Listen.tsx'
import { language } from '../../words/locale.ts'
import { t, textFor } from '../../words/t.ts'
import { limitsAloud, limitTitle, PARTS, partsAloud, partTitle, shownIn, sourceText, textTitle } from './shown.ts'
import './meet.css'

export function PageShown({ page: whole }: { readonly page: PracticePage }) {
  const { page, lang } = shownIn(whole)
  return (
    <>
      <LimitsShown page={whole} />
      {PARTS.map(({ part, texts }) => {
        const filled = texts.filter((name) => page[name].trim() !== '')
        if (filled.length === 0) return null
        const [only] = filled
        const alone = texts.length === 1 && only !== undefined
        return (
          <Card key={part} title={partTitle(part)}>
            {filled.map((name) => (
              <div key={name}>
                {!alone && <h3>{textTitle(name)}</h3>}
                <p class="user-text measure" dir="auto" lang={lang}>
                  {page[name]}
                </p>
              </div>
            ))}
          </Card>
        )
      })}
      <Listen text={partsAloud(page)} lang={lang} />
      <CostShown page={page} lang={lang} />
      <OfferShown page={page} lang={lang} />
    </>
  )
}

/** The limits alone: read before anything else, and again beside the yes. */
export function LimitsShown({ page: whole }: { readonly page: PracticePage }) {
  const { page, lang } = shownIn(whole)
  return (
    <Card title={t('meet.limits')} look="gap">
      <p class="measure">
        <strong>{t('meet.limitsLead')}</strong>
      </p>
      <Listen text={limitsAloud(page)} lang={lang} />
      <ul class="limits stack near">
        {page.limits.map((limit, row) => (
          <li key={row} class="stack close">
            <h3>{limitTitle(limit.kind)}</h3>
            {limit.duty !== null && <p>{t('meet.legal.duty', { duty: limit.duty })}</p>}
            <Said words={limit.text} lang={lang} />
            {limit.first.trim() !== '' && <Said label={t('meet.limitFirst')} words={limit.first} lang={lang} />}
            {limit.youCan.trim() !== '' && <Said label={t('meet.limitYouCan')} words={limit.youCan} lang={lang} />}
            <p class="small soft" dir="auto">
              {sourceText(limit)}
            </p>
          </li>
        ))}
        {page.dutyToWarn !== null && (
          <li class="stack close">
            <h3>{t('meet.warn')}</h3>
            <p>{t('meet.legal.warnDuty', { duty: page.dutyToWarn.duty })}</p>
            <p class="small soft" dir="auto">
              {sourceText(page.dutyToWarn)}
            </p>
          </li>
        )}
      </ul>
    </Card>
  )
}

function Said(props: { readonly label?: string; readonly words: string; readonly lang: string }) {
  if (props.words.trim() === '') return null
  return (
    <p class="measure">
      {props.label !== undefined && <strong>{props.label} </strong>}
      <span class="user-text" dir="auto" lang={props.lang}>
        {props.words}
      </span>
    </p>
  )
}

function CostShown({ page, lang }: { readonly page: PracticePage; readonly lang: string }) {
  if (page.cost.length === 0) return null
  return (
    <Card title={t('meet.cost')}>
      <p>{t('meet.costLead')}</p>
      <dl class="facts">
        {page.cost.map((row) => (
          <div key={row.tier}>
            <dt>{textFor(`meet.tier.${row.tier}`)}</dt>
            <dd class="user-text" dir="auto" lang={lang}>
              {row.amount}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function OfferShown({ page, lang }: { readonly page: PracticePage; readonly lang: string }) {
  const lines = page.draft.filter((line) => draftText(line).trim() !== '')
  if (lines.length === 0) return null
  return (
    <Card title={t('meet.offer')}>
      <p class="measure">{t('meet.offerLead')}</p>
      <ul class="stack near">
        {lines.map((line, row) => (
          <li key={row} class="stack close">
            <h3>{textFor(`agreement.section.${line.section}`)}</h3>
            <p class="user-text measure" dir="auto" lang={line.ready === null ? lang : language.value}>
              {draftText(line)}
            </p>
            <p class="small soft">{line.refusable ? t('meet.canRefuse') : t('meet.cannotRefuse')}</p>
            <Said words={line.why} lang={page.language} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The line's own words, or the ready text that it binds in the reader's language. */
export const draftText = (line: DraftLine): string =>
  line.ready === null ? line.text : (textFor(`agreement.ready.${line.section}`) ?? '')
