/** Day, time, place and way of a meeting. Nothing is required: a meeting may begin right now, in the room. */
import { useSignal } from '@preact/signals'
import { WAYS_TO_MEET, type WayToMeet } from '@alongside/practice/encounter/events.ts'
import { Button } from '../../components/button/Button.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { t, textFor } from '../../words/t.ts'

export interface Appointment {
  readonly day: string | null
  readonly time: string | null
  readonly place: string
  readonly way: WayToMeet
}

export function AppointmentForm(props: {
  readonly start: Appointment
  readonly button: string
  readonly onSave: (value: Appointment) => Promise<FailureValue | null>
}) {
  const day = useSignal(props.start.day ?? '')
  const time = useSignal(props.start.time ?? '')
  const place = useSignal(props.start.place)
  const way = useSignal<WayToMeet>(props.start.way)
  const failure = useSignal<FailureValue | null>(null)
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void props
          .onSave({
            day: day.value === '' ? null : day.value,
            time: day.value === '' || time.value === '' ? null : time.value.slice(0, 5),
            place: place.value.trim(),
            way: way.value,
          })
          .then((failed) => (failure.value = failed))
      }}
    >
      <DateField
        id="meeting-day"
        kind="date"
        label={t('encounter.day')}
        value={day.value}
        onInput={(v) => (day.value = v)}
      />
      <DateField
        id="meeting-time"
        kind="time"
        label={t('encounter.time')}
        value={time.value}
        onInput={(v) => (time.value = v)}
      />
      <Field
        id="meeting-place"
        label={t('encounter.place')}
        hint={t('encounter.placeHint')}
        value={place.value}
        onInput={(v) => (place.value = v)}
        maxLength={300}
      />
      <Choice
        id="meeting-way"
        label={t('encounter.way')}
        across
        options={WAYS_TO_MEET.map((each) => ({ value: each, label: textFor(`encounter.way.${each}`) ?? each }))}
        value={way.value}
        onChange={(v) => (way.value = v)}
      />
      <Failure failure={failure.value} />
      <Button main type="submit">
        {props.button}
      </Button>
    </form>
  )
}
