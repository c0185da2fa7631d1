import { Steps } from './Steps.tsx'

export const examples = [
  () => (
    <Steps
      steps={[
        { content: 'Print the card', state: 'done' },
        { content: 'Keep it safe', state: 'now' },
        { content: 'Give one to a person you trust', state: 'later' },
      ]}
    />
  ),
]
