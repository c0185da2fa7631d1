import { Failure } from './Failure.tsx'

export const examples = [
  () => <Failure failure={{ type: 'StorageFull' }} />,
  () => <Failure failure={{ type: 'RuleRefused', rule: 'KEY-1' }} />,
  () => <Failure failure={{ type: 'SomethingNew' }} />,
]
