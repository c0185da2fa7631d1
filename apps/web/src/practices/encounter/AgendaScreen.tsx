import { Card } from '../../components/card/Card.tsx'
import { circle } from '../../device/client.ts'
import { nextEncounter } from '@alongside/practice/encounter/state.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { t } from '../../words/t.ts'
import { Agenda } from './Agenda.tsx'

/** The agenda by itself, with or without a meeting planned. */
export function AgendaScreen() {
  const here = circle.value
  if (here === null) return null
  return (
    <>
      <Back href="/" />
      <h1>{t('encounter.agenda')}</h1>
      <p class="measure">{t('encounter.agendaLead')}</p>
      <Card>
        <Agenda circle={here} encounter={nextEncounter(here.state)} />
      </Card>
    </>
  )
}
