import { DateField } from '../date-field/DateField.tsx'
import { ErrorSummary } from './ErrorSummary.tsx'

export const examples = [
  () => <ErrorSummary faults={[]} />,
  () => (
    <>
      <ErrorSummary faults={[{ field: 'when', text: 'Choose a day' }]} />
      <DateField id="when" label="When" error="Choose a day" value="" onInput={() => undefined} />
    </>
  ),
]
