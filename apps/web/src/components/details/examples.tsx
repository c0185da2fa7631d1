import { Details } from './Details.tsx'

export const examples = [
  () => <Details summary="Show the numbers as a table">One, two</Details>,
  () => (
    <Details summary="Why we ask" open>
      Because you know best.
    </Details>
  ),
]
