/** A tab that gathers the cards of the practices: Notes and Our plan. */
import { Empty } from '../../components/empty/Empty.tsx'
import { t } from '../../words/t.ts'
import { Cards, cardsOf } from '../cards.tsx'

export function NotesHub() {
  return (
    <>
      <h1>{t('shell.tab.notes')}</h1>
      {cardsOf('notes').length === 0 ? <Empty title={t('shell.notesEmpty')} /> : <TwoCards slot="notes" />}
    </>
  )
}

export function PlanHub() {
  return (
    <>
      <h1>{t('shell.tab.plan')}</h1>
      {cardsOf('plan').length === 0 ? <Empty title={t('shell.planEmpty')} /> : <TwoCards slot="plan" />}
    </>
  )
}

function TwoCards({ slot }: { readonly slot: 'notes' | 'plan' }) {
  return (
    <div class="stack two even">
      <Cards slot={slot} />
    </div>
  )
}
