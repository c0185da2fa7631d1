/** “I see it differently”: as much room as the block has. It stands beside the block and changes nothing in it. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { BLOCK_TEXT } from '@alongside/practice/note/events.ts'
import type { Block } from '@alongside/practice/note/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'

interface DifferFormProps {
  readonly circle: CircleView
  readonly block: Block
  readonly onDone: () => void
}

export function DifferForm({ circle, block, onDone }: DifferFormProps) {
  const key = `${circle.id}/note.differ.${block.id}`
  const words = draftOf(key, block.words[circle.me]?.words ?? '')
  const fault = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const save = async () => {
    fault.value = words.value.trim() === '' ? t('note.differEmpty') : undefined
    if (fault.value !== undefined) return
    failure.value = await act({ type: 'BlockDiffers', block: block.id, words: words.value.trim() })
    if (failure.value !== null) return
    forgetDrafts(key)
    say(t('note.differSaved'))
    onDone()
  }
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextArea
        id={`differ-${block.id}`}
        label={t('note.differLabel')}
        hint={t('note.differHint')}
        error={fault.value}
        value={words.value}
        onInput={(value) => (words.value = value)}
        rows={4}
        maxLength={BLOCK_TEXT}
        required
      />
      <Failure failure={failure.value} />
      <Button type="submit">{t('note.differSave')}</Button>
    </form>
  )
}
