/** Cost on the practitioner's own scale: four steps the person places themselves on, without proof. */
import { TIERS } from '@alongside/practice/page/page.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Field } from '../../components/field/Field.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { t, textFor } from '../../words/t.ts'
import { change, draft } from './page-draft.ts'
import { withCost } from './page-edit.ts'
import { Saved } from './Saved.tsx'

export function CostScreen() {
  const page = draft.value
  if (page === null) return null
  return (
    <>
      <Back href="/page" />
      <div class="stack close">
        <h1>{t('meet.cost')}</h1>
        <p class="measure">{t('page.costHelp')}</p>
        <Saved />
      </div>
      {TIERS.map((tier) => (
        <Field
          key={tier}
          id={`cost-${tier}`}
          label={textFor(`meet.tier.${tier}`) ?? ''}
          hint={tier === 'free' ? t('page.costFree') : t('page.costHint')}
          value={page.cost.find((row) => row.tier === tier)?.amount ?? ''}
          onInput={(amount) => change((now) => withCost(now, tier, amount))}
          maxLength={200}
        />
      ))}
      <p class="small soft">{t('page.costCredit')}</p>
      <LinkButton href="/page" main>
        {t('page.backToParts')}
      </LinkButton>
    </>
  )
}
