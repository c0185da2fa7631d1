import { Tabs } from './Tabs.tsx'

export const examples = [
  () => (
    <Tabs
      id="view"
      label="How to show it"
      tabs={[
        { id: 'picture', label: 'Picture', content: <p>Lines</p> },
        { id: 'table', label: 'Table', content: <p>Numbers</p> },
      ]}
    />
  ),
]
