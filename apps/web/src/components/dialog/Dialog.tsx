/**
 * A question that must be answered first, in the browser's own modal dialog: focus stays in it, Escape means no, focus goes
 * back after. The page behind it cannot be reached meanwhile, so the way out stands in it too.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { LeaveButton } from '../../shell/frame/LeaveButton.tsx'

export interface DialogProps {
  readonly open: boolean
  readonly title: string
  /** Called for Escape too; the caller sets `open` to false. */
  readonly onClose: () => void
  readonly children: ComponentChildren
}

export function Dialog({ open, title, onClose, children }: DialogProps) {
  const id = useId()
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current
    if (dialog === null || dialog.open === open) return
    if (open) dialog.showModal()
    else dialog.close()
  }, [open])
  return (
    <dialog
      class="card"
      ref={box}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      {open && (
        <div class="stack near">
          <h2 id={id}>{title}</h2>
          {children}
          <div class="dialog-leave">
            <LeaveButton />
          </div>
        </div>
      )}
    </dialog>
  )
}
