import { LinkButton } from '../button/Button.tsx'
import { Empty } from './Empty.tsx'

export const examples = [
  () => (
    <Empty title="No notes yet">
      <LinkButton href="/notes">Begin one</LinkButton>
    </Empty>
  ),
]
