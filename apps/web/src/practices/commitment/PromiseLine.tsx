/** One promise as everybody sees it: whose, what, by when, how it stands, and how far it went. The same shape for both sides. */
import type { ComponentChildren } from 'preact'
import type { CircleView } from '@alongside/device/api.ts'
import { standing, type Commitment } from '@alongside/practice/commitment/state.ts'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { nameIn, othersIn, sideIn } from '../../device/people.ts'
import { todayHere } from '../../shell/turn.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'

/** The day said for it; for one that was missed and owned without a new day, the day that was missed. */
const dayOf = (promise: Commitment): string | null =>
  promise.due ?? (promise.last === 'owned' ? (promise.moves.findLast(({ due }) => due !== null)?.due ?? null) : null)

interface PromiseLineProps {
  readonly circle: CircleView
  readonly promise: Commitment
  /** Buttons and links under it. */
  readonly children?: ComponentChildren
}

export function PromiseLine({ circle, promise, children }: PromiseLineProps) {
  const other = othersIn(circle)[0]
  const how = standing(promise, todayHere())
  const last = promise.moves.at(-1)
  const due = dayOf(promise)
  return (
    <div class="stack close">
      <Thread side={sideIn(circle, promise.owner)} name={nameIn(circle, promise.owner)}>
        <p class="user-text" dir="auto">
          <strong>{promise.text}</strong>
        </p>
        <p class="small soft">{due === null ? t('commitment.noDay') : t('commitment.by', { day: formatDay(due) })}</p>
      </Thread>
      <p>
        <span class={how === 'kept' ? 'tag agreed' : how === 'overdue' ? 'tag now' : 'tag'}>
          {t('commitment.standing', { how })}
        </span>
      </p>
      {last !== undefined && last.words !== '' && (
        <blockquote class="said">
          <p class="small soft">{t('commitment.wordsOf', { name: nameIn(circle, promise.owner) })}</p>
          <p class="user-text" dir="auto">
            {last.words}
          </p>
        </blockquote>
      )}
      {Object.entries(promise.differing).map(([member, word]) => (
        <Thread key={member} side={sideIn(circle, member)} name={nameIn(circle, member)}>
          <p class="small soft">{t('commitment.seesDifferently', { name: nameIn(circle, member) })}</p>
          <p class="user-text" dir="auto">
            {word.words}
          </p>
        </Thread>
      ))}
      {last !== undefined && promise.owner === circle.me && (
        <StatusWord reached={reachedOf(circle.sync, last.seq, other?.id ?? null, other?.name ?? '')} />
      )}
      {children}
    </div>
  )
}
