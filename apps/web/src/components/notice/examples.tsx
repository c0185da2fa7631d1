import { Notice } from './Notice.tsx'

export const examples = [
  () => <Notice>Nothing changes until you say yes.</Notice>,
  () => <Notice kind="now" title="Today" />,
  () => (
    <Notice kind="fix" title="This device is full" alert>
      Make room, then try again.
    </Notice>
  ),
  () => <Notice kind="done">Saved</Notice>,
]
