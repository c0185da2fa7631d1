import { Field } from './Field.tsx'
import { TextArea } from './TextArea.tsx'

const nothing = (): void => undefined

export const examples = [
  () => <Field id="name" label="Your name" value="" onInput={nothing} autocomplete="nickname" required />,
  () => (
    <Field
      id="place"
      label="Where"
      hint="A street or a room"
      readers="Only you and Rosa can read this"
      error="Say where"
      value="The library"
      onInput={nothing}
      maxLength={20}
    />
  ),
  () => <TextArea id="words" label="In my own words" value="ما أريد قوله" onInput={nothing} maxLength={10} />,
]
