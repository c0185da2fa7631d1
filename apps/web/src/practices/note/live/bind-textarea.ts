/**
 * Ties a plain textarea to a block's text. What is typed is written as one change; what others write appears without
 * moving the caret away from its words; undo takes back only what was written here.
 *
 * While an input method is composing, the browser owns the field and it is not touched. As long as nobody else writes,
 * the composition is passed on as it grows. From the moment somebody does, the field stands still until the composition
 * is over; then what it changed (also when it replaced a selection) is moved through what the others did meanwhile.
 */
import type { BlockText } from './block-text.ts'
import { movedBy, rebased, spliceBetween, type DeltaStep } from './splice.ts'

export interface Bound {
  readonly stop: () => void
}

/** Binds them until `stop`. `shown` is called with the field's text whenever it may have changed. */
export function bindTextarea(area: HTMLTextAreaElement, text: BlockText, shown: (value: string) => void): Bound {
  /** The field's text that has been taken into account. */
  let known = text.value()
  let composing = false
  /** What others did since the field was last in step; only grows while composing. */
  let meanwhile: (readonly DeltaStep[])[] = []

  const moved = (position: number, stay = true): number =>
    meanwhile.reduce((at, delta) => movedBy(delta, at, stay), position)

  const put = (value: string, start: number, end: number): void => {
    known = value
    if (area.value !== value) {
      const direction = area.selectionDirection
      const scroll = area.scrollTop
      area.value = value
      area.setSelectionRange(start, end, direction)
      area.scrollTop = scroll
    }
    shown(value)
  }

  const takeInput = (): void => {
    const caret = area.selectionStart
    const splice = spliceBetween(known, area.value, caret)
    if (composing && meanwhile.length > 0) {
      shown(area.value) // written when the composition is over
      return
    }
    if (meanwhile.length === 0) {
      known = area.value
      if (splice !== null) text.write(splice)
      shown(known)
      return
    }
    // Others wrote while the field stood still: the change goes where its words have got to.
    let at = moved(caret)
    if (splice !== null) {
      for (const each of rebased(splice, meanwhile)) text.write(each)
      at = moved(splice.at) + Math.min(Math.max(0, caret - splice.at), splice.put.length)
    }
    meanwhile = []
    put(text.value(), at, at)
  }

  const stopHearing = text.onChange((delta, own) => {
    if (composing) {
      meanwhile.push(delta)
      return
    }
    meanwhile = [delta]
    const start = moved(area.selectionStart, !own)
    const end = moved(area.selectionEnd, !own)
    meanwhile = []
    put(text.value(), start, end)
  })

  const onInput = (): void => takeInput()
  const onStart = (): void => {
    composing = true
  }
  const onEnd = (): void => {
    composing = false
    takeInput()
  }
  const onBefore = (event: InputEvent): void => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
    event.preventDefault()
    if (event.inputType === 'historyUndo') text.undo()
    else text.redo()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (composing || event.altKey || !(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    const redo = key === 'y' || (key === 'z' && event.shiftKey)
    if (!redo && key !== 'z') return
    event.preventDefault()
    if (redo) text.redo()
    else text.undo()
  }

  area.addEventListener('input', onInput)
  area.addEventListener('compositionstart', onStart)
  area.addEventListener('compositionend', onEnd)
  area.addEventListener('beforeinput', onBefore)
  area.addEventListener('keydown', onKey)
  put(known, known.length, known.length)

  return {
    stop() {
      if (composing) onEnd() // the field goes away in the middle of a word
      stopHearing()
      area.removeEventListener('input', onInput)
      area.removeEventListener('compositionstart', onStart)
      area.removeEventListener('compositionend', onEnd)
      area.removeEventListener('beforeinput', onBefore)
      area.removeEventListener('keydown', onKey)
    },
  }
}
