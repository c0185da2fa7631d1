import { DateField } from './DateField.tsx'

export const examples = [
  () => <DateField id="day" label="Which day" value="2026-11-26" onInput={() => undefined} />,
  () => <DateField id="time" kind="time" label="When" error="Choose a time" value="" onInput={() => undefined} />,
]
