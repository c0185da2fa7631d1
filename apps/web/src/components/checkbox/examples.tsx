import { Checkbox } from './Checkbox.tsx'

export const examples = [
  () => <Checkbox id="heard" label="We read the limits together" checked={false} onChange={() => undefined} />,
  () => (
    <Checkbox
      id="two"
      label="Add it"
      hint="You can take it out"
      error="Say yes or no"
      checked
      onChange={() => undefined}
    />
  ),
]
