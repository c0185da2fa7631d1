/** A correction: a new text in the old one's place, shown side by side, that waits for those who wrote the old one. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { BLOCK_TEXT } from '@alongside/practice/note/events.ts'
import { writersOf, type Block } from '@alongside/practice/note/state.ts'
import { isHere } from '@alongside/practice/people/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { SideBySide } from '../../components/side-by-side/SideBySide.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { say } from '../../shell/live.ts'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { correctedSpans } from './corrected-spans.ts'

export function CorrectForm({ circle: here, block }: { readonly circle: CircleView; readonly block: Block }) {
  const key = `${here.id}/note.correct.${block.id}`
  const text = draftOf(key, block.text)
  const fault = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const isStillHere = (member: string) => isHere(here.state, member)
  const gone = writersOf(block.spans).some((member) => !isStillHere(member))
  const changed = text.value.trim() !== '' && text.value !== block.text
  const offer = async () => {
    fault.value = changed ? undefined : t('note.correctEmpty')
    if (!changed) return
    failure.value = await act({
      type: 'BlockOffered',
      encounter: block.encounter,
      block: newId(),
      kind: block.kind,
      text: text.value,
      language: language.value,
      spans: [...correctedSpans(block, text.value, here.me, isStillHere)],
      replaces: block.id,
      readBy: null,
    })
    if (failure.value !== null) return
    forgetDrafts(key)
    say(t('note.corrected'))
  }
  return (
    <Details summary={t('note.correct')}>
      <form
        class="stack near"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void offer()
        }}
      >
        <TextArea
          id={`correct-${block.id}`}
          label={t('note.correctLabel')}
          hint={t('note.correctHint')}
          error={fault.value}
          value={text.value}
          onInput={(value) => (text.value = value)}
          rows={5}
          maxLength={BLOCK_TEXT}
          required
        />
        {changed && <SideBySide before={block.text} after={text.value} />}
        {gone && <p class="small soft">{t('note.correctGone')}</p>}
        <Failure failure={failure.value} />
        <Button type="submit" look="quiet">
          {t('note.correctOffer')}
        </Button>
      </form>
    </Details>
  )
}
