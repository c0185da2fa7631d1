import { TaskList } from './TaskList.tsx'

export const examples = [
  () => (
    <TaskList
      tasks={[
        { href: '/check-in', title: 'Say how it was', note: 'About 1 minute' },
        { href: '/plan', title: 'Read what Rosa wants to change', side: 'worker' },
        { href: '/plan/promises', title: 'Take the letter to the office', side: 'person', note: 'You said: by Friday' },
      ]}
    />
  ),
]
