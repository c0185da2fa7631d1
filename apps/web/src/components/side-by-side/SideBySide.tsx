/**
 * The old words and the new ones beside each other, so that nothing is changed unseen. Words that went and
 * words that came are marked, in the text as well as in colour (`del`, `ins`).
 */
import { t } from '../../words/t.ts'
import { compareWords } from './compare-words.ts'

export interface SideBySideProps {
  /** Empty text: there was nothing before. */
  readonly before: string
  readonly after: string
  readonly beforeTitle?: string
  readonly afterTitle?: string
}

export function SideBySide({ before, after, beforeTitle, afterTitle }: SideBySideProps) {
  const pieces = compareWords(before, after)
  return (
    <div class="sides">
      <div>
        <h3 class="small soft">{beforeTitle ?? t('components.before')}</h3>
        <p class="user-text" dir="auto">
          {before === ''
            ? t('components.nothingBefore')
            : pieces
                .filter((piece) => piece.type !== 'new')
                .map((piece, at) => (piece.type === 'old' ? <del key={at}>{piece.text}</del> : piece.text))}
        </p>
      </div>
      <div class="new">
        <h3 class="small soft">{afterTitle ?? t('components.after')}</h3>
        <p class="user-text" dir="auto">
          {after === ''
            ? t('components.takenOut')
            : pieces
                .filter((piece) => piece.type !== 'old')
                .map((piece, at) => (piece.type === 'new' ? <ins key={at}>{piece.text}</ins> : piece.text))}
        </p>
      </div>
    </div>
  )
}
