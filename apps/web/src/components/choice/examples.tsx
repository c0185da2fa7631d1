import { Choice } from './Choice.tsx'

const nothing = (): void => undefined

export const examples = [
  () => (
    <Choice
      id="answer"
      label="What would you like?"
      hint="No reason is asked."
      readers="Rosa only learns that the place is free again"
      options={[
        { value: 'yes', label: 'Yes' },
        { value: 'later', label: 'Not now', hint: 'You can come back with the same link.' },
      ]}
      value={null}
      onChange={nothing}
    />
  ),
  () => (
    <Choice
      id="lang"
      label="Language"
      across
      big
      error="Choose one"
      options={[
        { value: 'en', label: 'English', lang: 'en' },
        { value: 'ar', label: 'العربية', lang: 'ar' },
      ]}
      value="ar"
      onChange={nothing}
    />
  ),
]
