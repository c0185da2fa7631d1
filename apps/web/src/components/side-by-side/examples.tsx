import { SideBySide } from './SideBySide.tsx'

export const examples = [
  () => <SideBySide before="I call on Monday." after="I call on Tuesday or write." />,
  () => <SideBySide before="" after="A new line" beforeTitle="What we had" afterTitle="What Rosa suggests" />,
  () => <SideBySide before="An old line" after="" />,
]
