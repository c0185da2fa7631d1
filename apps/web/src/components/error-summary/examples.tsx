import { ErrorSummary } from './ErrorSummary.tsx'

export const examples = [
  () => <ErrorSummary faults={[]} />,
  () => (
    <>
      <ErrorSummary faults={[{ field: 'when', text: 'Choose a day' }]} />
      <label for="when">When</label>
      <input id="when" />
    </>
  ),
]
