import { Button, LinkButton } from './Button.tsx'

export const examples = [
  () => <Button main>Keep it</Button>,
  () => (
    <Button look="quiet" icon="add" label="Add a line to our agenda">
      Add
    </Button>
  ),
  () => <Button whyNot="First choose who it is from">Send</Button>,
  () => <Button look="fix">Delete</Button>,
  () => <LinkButton href="/plan">Our plan</LinkButton>,
]
