/**
 * A square code, drawn on this device. The library that makes it is fetched only when one is shown.
 * Always beside the same content in letters, because not everyone can scan.
 */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

export interface QrCodeProps {
  readonly content: string
  /** Says what it is and where the same is in letters. */
  readonly label: string
}

/** One SVG path of the dark squares; `size` counts the four empty squares at each edge. */
export function qrPath(data: readonly (readonly boolean[])[]): { readonly size: number; readonly path: string } {
  const path = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
  return { size: data.length, path }
}

export function QrCode({ content, label }: QrCodeProps) {
  const drawn = useSignal<{ readonly size: number; readonly path: string } | null>(null)
  useEffect(() => {
    let wanted = true
    void import('uqr').then(({ encode }) => {
      if (wanted) drawn.value = qrPath(encode(content, { ecc: content.length > 120 ? 'L' : 'Q', border: 4 }).data)
    })
    return () => {
      wanted = false
    }
  }, [content])
  if (drawn.value === null) return null
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${drawn.value.size} ${drawn.value.size}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={drawn.value.path} fill="#1F1B2E" />
    </svg>
  )
}
