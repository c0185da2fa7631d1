/** What is always the person's, in words that need nobody's yes. Shown when coming in, and above every agreement. */
import { ALWAYS_IN_FORCE, PERSON_FLOOR, PRACTITIONER_FLOOR, type FloorId } from '@alongside/practice/agreement/floor.ts'
import { Details } from '../../components/details/Details.tsx'
import { Listen } from '../../components/listen/Listen.tsx'
import { language } from '../../words/locale.ts'
import { t, textFor } from '../../words/t.ts'

export const floorText = (id: FloorId): string => textFor(`agreement.floor.${id}`) ?? ''

function Rights({ ids }: { readonly ids: readonly FloorId[] }) {
  return (
    <ul class="ticks">
      {ids.map((id) => (
        <li key={id}>{floorText(id)}</li>
      ))}
    </ul>
  )
}

/** The eleven rights of the person, with the way to complain as the practice page names it. */
export function PersonFloor({ complaint }: { readonly complaint: string }) {
  return (
    <div class="stack close">
      <Rights ids={PERSON_FLOOR} />
      {complaint !== '' && (
        <p>
          <strong>{t('agreement.complaintRoute')}</strong>{' '}
          <span dir="auto" class="user-text">
            {complaint}
          </span>
        </p>
      )}
      <Listen text={PERSON_FLOOR.map(floorText).join(' ')} lang={language.value} />
    </div>
  )
}

/** The floor folded together, for the top of the agreement. */
export function FloorDetails({ complaint }: { readonly complaint: string }) {
  return (
    <>
      <Details summary={t('agreement.floorTitle')}>
        <PersonFloor complaint={complaint} />
      </Details>
      <Details summary={t('agreement.alwaysTitle')}>
        <Rights ids={ALWAYS_IN_FORCE} />
      </Details>
      <Details summary={t('agreement.practitionerFloorTitle')}>
        <Rights ids={PRACTITIONER_FLOOR} />
      </Details>
    </>
  )
}
