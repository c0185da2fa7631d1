import { SummaryList } from './SummaryList.tsx'

export const examples = [
  () => (
    <SummaryList
      rows={[
        { label: 'Name', value: 'Amina', changeHref: '/name' },
        { label: 'Note', value: '' },
      ]}
    />
  ),
]
