/** The signs of the two threads and of the gap between them: legend for every picture, and the hatching they share. */
import { t } from '../../words/t.ts'

export const GAP_FILL = 'url(#gap-hatch)'

/** The hatching; drawn once on a screen that has a picture. */
export function Hatching() {
  return (
    <svg class="hatching" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="gap-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="8" height="8" class="hatch-ground" />
          <path d="M0 0v8" class="hatch-line" />
        </pattern>
      </defs>
    </svg>
  )
}

export function Legend({ person, worker }: { readonly person: string; readonly worker: string }) {
  return (
    <ul class="legend">
      <li>
        <svg viewBox="0 0 44 20" aria-hidden="true">
          <path d="M2 10h40" class="person-line" />
          <circle cx="22" cy="10" r="6.5" class="person-mark" />
        </svg>
        <bdi>{person}</bdi>
      </li>
      <li>
        <svg viewBox="0 0 44 20" aria-hidden="true">
          <path d="M0 10h44" class="worker-line" />
          <rect x="16" y="4" width="12" height="12" class="worker-mark" />
        </svg>
        <bdi>{worker}</bdi>
      </li>
      <li>
        <svg viewBox="0 0 44 20" aria-hidden="true">
          <rect width="44" height="20" rx="3" fill={GAP_FILL} />
        </svg>
        {t('check-in.gap')}
      </li>
    </ul>
  )
}
