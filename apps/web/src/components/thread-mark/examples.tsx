import { Thread, ThreadMark } from './ThreadMark.tsx'

export const examples = [
  () => <ThreadMark side="person" name="Amina" />,
  () => <ThreadMark side="worker" name="روزا" />,
  () => (
    <Thread side="worker" name="Rosa">
      <p>I will ring the housing office.</p>
    </Thread>
  ),
]
