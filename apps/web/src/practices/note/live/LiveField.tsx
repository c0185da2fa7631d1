/** A text field that others write in at the same time: their words and carets appear in it, named, while one goes on typing. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { DraftPresence } from '@alongside/device/api.ts'
import type { CircleView } from '@alongside/device/api.ts'
import { BLOCK_TEXT } from '@alongside/practice/note/events.ts'
import { CharacterCount } from '../../../components/field/CharacterCount.tsx'
import { FieldFrame, describedBy, type FieldWords } from '../../../components/field/FieldFrame.tsx'
import { nameIn, sideIn } from '../../../device/people.ts'
import { bindTextarea } from './bind-textarea.ts'
import type { LiveBlock, NoteSession } from './session.ts'

interface LiveFieldProps {
  readonly circle: CircleView
  readonly session: NoteSession
  readonly block: LiveBlock
  readonly words: FieldWords
  /** Puts the caret into it when it appears. */
  readonly takesFocus: boolean
}

/** How long the caret rests before the others are told where it is, in milliseconds. */
const POINT_AFTER = 250
/** The count is shown when the room gets short. */
const COUNT_FROM = BLOCK_TEXT - 1000

export function LiveField({ circle, session, block, words, takesFocus }: LiveFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const shown = useSignal(block.text.value())
  useEffect(() => {
    const field = area.current
    if (field === null) return
    const bound = bindTextarea(field, block.text, (value) => (shown.value = value))
    const stopPointing = pointFrom(field, session, block)
    return () => {
      stopPointing()
      bound.stop()
    }
  }, [block])
  useEffect(() => {
    if (takesFocus) area.current?.focus()
  }, [takesFocus])
  const carets = session.others.value.filter((one) => one.block === block.id)
  const counted = shown.value.length > COUNT_FROM
  return (
    <FieldFrame words={words}>
      <div class="live-field">
        <textarea
          id={words.id}
          ref={area}
          class="input"
          dir="auto"
          autocomplete="off"
          aria-invalid={words.error === undefined ? undefined : true}
          aria-describedby={describedBy(words, counted)}
        />
        <div class="mirror" dir="auto" aria-hidden="true">
          {withCarets(circle, block, shown.value, carets)}
        </div>
      </div>
      {counted && <CharacterCount id={`${words.id}-count`} used={shown.value.length} max={BLOCK_TEXT} />}
    </FieldFrame>
  )
}

/** The text cut at the others' carets. The last sign keeps the height of an empty last line. */
function withCarets(circle: CircleView, block: LiveBlock, text: string, carets: readonly DraftPresence[]) {
  const places = carets
    .flatMap(({ member, head }) => {
      const at = head === null ? null : block.text.positionOf(head)
      return at === null ? [] : [{ member, at: Math.min(at, text.length) }]
    })
    .sort((a, b) => a.at - b.at)
  let from = 0
  return [
    ...places.flatMap(({ member, at }) => {
      const before = text.slice(from, at)
      from = at
      return [
        before,
        <span key={member} class={sideIn(circle, member) === 'worker' ? 'caret worker' : 'caret'}>
          <span>
            <bdi>{nameIn(circle, member)}</bdi>
          </span>
        </span>,
      ]
    }),
    `${text.slice(from)}\u200b`,
  ]
}

/** Tells the others where the caret is when it has come to rest, and that it is gone when the field is left. */
function pointFrom(field: HTMLTextAreaElement, session: NoteSession, block: LiveBlock): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (): void => {
    const backward = field.selectionDirection === 'backward'
    const [start, end] = [block.text.anchorAt(field.selectionStart), block.text.anchorAt(field.selectionEnd)]
    session.pointAt({ block: block.id, anchor: backward ? end : start, head: backward ? start : end })
  }
  const soon = (): void => {
    if (field.ownerDocument.activeElement !== field) return
    clearTimeout(timer)
    timer = setTimeout(tell, POINT_AFTER)
  }
  const gone = (): void => {
    clearTimeout(timer)
    session.pointAt({ block: null, anchor: null, head: null })
  }
  field.ownerDocument.addEventListener('selectionchange', soon)
  field.addEventListener('input', soon)
  field.addEventListener('focus', soon)
  field.addEventListener('blur', gone)
  return () => {
    clearTimeout(timer)
    field.ownerDocument.removeEventListener('selectionchange', soon)
    field.removeEventListener('input', soon)
    field.removeEventListener('focus', soon)
    field.removeEventListener('blur', gone)
  }
}
