import { StatusWord } from './StatusWord.tsx'

export const examples = [
  () => <StatusWord reached={{ type: 'here' }} />,
  () => <StatusWord reached={{ type: 'waiting' }} />,
  () => <StatusWord reached={{ type: 'relay' }} />,
  () => <StatusWord reached={{ type: 'other', name: 'Rosa' }} />,
  () => <StatusWord reached={{ type: 'noWord', name: 'Rosa' }} />,
]
