/** How much room is left, in words. Shown from half way on; over the limit it says by how much, and nothing is cut off. */
import { t } from '../../words/t.ts'

export interface CharacterCountProps {
  readonly id: string
  readonly used: number
  readonly max: number
}

export function CharacterCount({ id, used, max }: CharacterCountProps) {
  const left = max - used
  const shown = used * 2 > max
  return (
    <p id={id} class={left < 0 ? 'wrong small' : 'hint'} role={left < 20 ? 'status' : undefined}>
      {shown && (left < 0 ? t('components.countOver', { n: -left }) : t('components.countLeft', { n: left }))}
    </p>
  )
}
