import { Passphrase } from './Passphrase.tsx'

export const examples = [
  () => <Passphrase id="pass" label="Your passphrase" value="" onInput={() => undefined} />,
  () => <Passphrase id="fresh" label="A new passphrase" error="Longer" value="a" onInput={() => undefined} fresh />,
]
