/**
 * Whose words or promise this is: the person's thread is indigo, solid, round; the other's ochre, dashed,
 * square; the name is always there, so no one has to tell by colour.
 */
import type { ComponentChildren } from 'preact'

/** The person whose life the circle is about, or anyone who works or stands beside them. */
export type ThreadSide = 'person' | 'worker'

/** The first letter as people see it: with its marks, in any script. */
function firstLetter(name: string): string {
  if (typeof Intl.Segmenter === 'undefined') return name.charAt(0)
  for (const { segment } of new Intl.Segmenter().segment(name)) return segment
  return '?'
}

/** Round or square badge with the first letter, and the name. */
export function ThreadMark({ side, name }: { readonly side: ThreadSide; readonly name: string }) {
  const first = firstLetter(name.trim())
  return (
    <span class="who">
      <span class={side === 'worker' ? 'dot worker' : 'dot'} aria-hidden="true">
        {first.toUpperCase()}
      </span>
      <bdi>{name}</bdi>
    </span>
  )
}

/** A block that came from one side: the line at its start, solid or dashed. Name the side in the content or with `name`. */
export function Thread({
  side,
  name,
  children,
}: {
  readonly side: ThreadSide
  readonly name?: string
  readonly children: ComponentChildren
}) {
  return (
    <div class={side === 'worker' ? 'thread worker' : 'thread'}>
      {name !== undefined && (
        <p class="small soft">
          <bdi>{name}</bdi>
        </p>
      )}
      {children}
    </div>
  )
}
