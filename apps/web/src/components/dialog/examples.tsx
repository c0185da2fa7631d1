import { Button } from '../button/Button.tsx'
import { Dialog } from './Dialog.tsx'

export const examples = [
  () => (
    <Dialog open title="Delete everything here?" onClose={() => undefined}>
      <Button>No, keep it</Button>
    </Dialog>
  ),
  () => (
    <Dialog open={false} title="Closed" onClose={() => undefined}>
      Nothing
    </Dialog>
  ),
]
