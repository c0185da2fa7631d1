/** Who may do what, row by row, each with the ids of the sentences that hold it, or “not open yet”. */
import { rightsOf, type Right } from '@alongside/practice/rights/table.ts'
import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { t, textFor } from '../../words/t.ts'
import { PersonFloor } from '../agreement/Floor.tsx'
import { complaintIn } from '../agreement/complaint.ts'
import './rights.css'

const KINDS = ['alongside', 'own'] as const

export function RightsScreen() {
  const here = circle.value
  return (
    <>
      <Back href="/more" />
      <h1>{t('rights.title')}</h1>
      <p class="measure">{t('rights.lead')}</p>
      <Card title={t('agreement.floorTitle')}>
        <PersonFloor complaint={here === null ? '' : complaintIn(here)} />
      </Card>
      {KINDS.map((kind) => (
        <Card key={kind} title={t('rights.kind', { kind })}>
          <div class="scroll" tabIndex={0} role="region" aria-label={t('rights.table', { kind })}>
            <table class="rights">
              <thead>
                <tr>
                  <th scope="col">{t('rights.act')}</th>
                  <th scope="col">{t('rights.who')}</th>
                  <th scope="col">{t('rights.effect')}</th>
                  <th scope="col">{t('rights.rule')}</th>
                </tr>
              </thead>
              <tbody>
                {rightsOf(kind).map((right) => (
                  <Row key={right.id} right={right} />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      ))}
    </>
  )
}

function Row({ right }: { readonly right: Right }) {
  return (
    <tr>
      <th scope="row">{textFor(`rights.act.${right.act}`)}</th>
      <td data-name={t('rights.who')}>{right.who.map((who) => textFor(`rights.who.${who}`)).join(' · ')}</td>
      <td data-name={t('rights.effect')}>
        {right.effect.map((effect) => (
          <span key={effect} class="effect">
            {textFor(`rights.effect.${effect}`)}
          </span>
        ))}
      </td>
      <td data-name={t('rights.rule')}>
        {right.standing.type === 'rule' ? (
          <span class="small soft" dir="ltr">
            {right.standing.rules.join(', ')}
          </span>
        ) : (
          <span class="tag">{t('rights.notOpenYet')}</span>
        )}
      </td>
    </tr>
  )
}
