import { act, newId } from '../../device/act.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { go } from '../../shell/route.ts'
import { t } from '../../words/t.ts'
import { AppointmentForm } from './AppointmentForm.tsx'

/** Planning a meeting. */
export function PlanScreen() {
  return (
    <>
      <Back href="/" />
      <h1>{t('encounter.planTitle')}</h1>
      <p class="measure">{t('encounter.planLead')}</p>
      <AppointmentForm
        start={{ day: null, time: null, place: '', way: 'visit' }}
        button={t('encounter.savePlan')}
        onSave={async (value) => {
          const encounter = newId()
          const failed = await act({ type: 'EncounterPlanned', encounter, ...value })
          if (failed === null) go(`/meeting/${encounter}`)
          return failed
        }}
      />
    </>
  )
}
