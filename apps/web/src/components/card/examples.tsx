import { Card } from './Card.tsx'

export const examples = [
  () => <Card title="Your turn">Two things</Card>,
  () => (
    <Card look="strong" title="You and Rosa meet next">
      Thursday 26 November, 10:00
    </Card>
  ),
  () => <Card look="gap">You see this differently.</Card>,
]
