/**
 * Whose words or promise this is: the person's thread is indigo, solid, round; the other's ochre, dashed,
 * square; the name is always there, so no one has to tell by colour.
 */
import type { ComponentChildren } from 'preact'

/** The person whose life the circle is about, or anyone who works or stands beside them. */
export type ThreadSide = 'person' | 'worker'

/** Round or square badge with the first letter, and the name. */
export function ThreadMark({ side, name }: { readonly side: ThreadSide; readonly name: string }) {
  const first = [...name.trim()][0] ?? '?'
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
