/** One meeting as both saw it: five short bars for each side with the gap between their ends, and the same as a table. */
import type { CircleView } from '@alongside/device/api.ts'
import type { Id } from '@alongside/base/codec.ts'
import { ITEMS, type Item } from '@alongside/practice/check-in/answers.ts'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { nameIn } from '../../device/people.ts'
import { t } from '../../words/t.ts'
import { gapOf, markOf, type Beside } from './beside.ts'
import { GAP_FILL, Hatching, Legend } from './Marks.tsx'
import { answered, itemName } from './texts.ts'

const WIDTH = 260
const EDGE = 12
const PERSON_Y = 10
const WORKER_Y = 28

const endOf = (mark: number): number => EDGE + (mark * (WIDTH - 2 * EDGE)) / 4

export interface BarsProps {
  readonly circle: CircleView
  readonly beside: Beside
  readonly worker: Id
}

export function Bars({ circle: here, beside, worker }: BarsProps) {
  const person = nameFor(here, here.state.people.person ?? '')
  const other = nameFor(here, worker)
  return (
    <Card>
      <h2>{t('check-in.besideTitle')}</h2>
      <figure class="stack near">
        <Hatching />
        <Legend person={person} worker={other} />
        <ul class="bars">
          {ITEMS.map((item) => (
            <li key={item}>
              <span class="bar-name">{itemName(item)}</span>
              <Bar item={item} beside={beside} />
            </li>
          ))}
          <li class="small soft" aria-hidden="true">
            <span />
            <span class="ends">
              <span>{t('check-in.endNo')}</span>
              <span>{t('check-in.endYes')}</span>
            </span>
          </li>
        </ul>
      </figure>
      <p class="small soft">{t('check-in.noTotal')}</p>
      <Details summary={t('check-in.asTable')}>
        <BesideTable beside={beside} person={person} worker={other} />
      </Details>
    </Card>
  )
}

export const nameFor = (here: CircleView, member: Id): string =>
  member === here.me ? t('check-in.you') : nameIn(here, member)

function Bar({ item, beside }: { readonly item: Item; readonly beside: Beside }) {
  const [person, worker] = [markOf(beside.person, item), markOf(beside.worker, item)]
  const apart = gapOf(beside, item)
  const ends = [person, worker].filter((mark) => mark !== null).map(endOf)
  return (
    <svg class="plot" viewBox={`0 0 ${WIDTH} 38`} aria-hidden="true">
      <path class="grid-line" d={`M${EDGE} 19H${WIDTH - EDGE}`} />
      {apart !== null && apart !== 0 && (
        <rect
          x={Math.min(...ends)}
          y="2"
          width={Math.abs((ends[0] ?? 0) - (ends[1] ?? 0))}
          height="34"
          fill={GAP_FILL}
        />
      )}
      {person !== null && (
        <>
          <path class="person-line" d={`M${EDGE} ${PERSON_Y}H${endOf(person)}`} />
          <circle class="person-mark" cx={endOf(person)} cy={PERSON_Y} r="7.5" />
        </>
      )}
      {worker !== null && (
        <>
          <path class="worker-line" d={`M${EDGE} ${WORKER_Y}H${endOf(worker)}`} />
          <rect class="worker-mark" x={endOf(worker) - 6.5} y={WORKER_Y - 6.5} width="13" height="13" />
        </>
      )}
    </svg>
  )
}

interface TableProps {
  readonly beside: Beside
  readonly person: string
  readonly worker: string
}

function BesideTable({ beside, person, worker }: TableProps) {
  return (
    <table>
      <caption class="vh">{t('check-in.besideTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('check-in.question')}</th>
          <th scope="col">
            <bdi>{person}</bdi>
          </th>
          <th scope="col">
            <bdi>{worker}</bdi>
          </th>
          <th scope="col">{t('check-in.gap')}</th>
        </tr>
      </thead>
      <tbody>
        {ITEMS.map((item) => (
          <tr key={item}>
            <th scope="row">{itemName(item)}</th>
            <td>{(beside.person === null ? '' : answered(item, beside.person)) || t('check-in.dash')}</td>
            <td>{(beside.worker === null ? '' : answered(item, beside.worker)) || t('check-in.dash')}</td>
            <td>{gapWords(gapOf(beside, item))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** How far apart in words; which side saw more is in the columns beside it. */
export const gapWords = (apart: number | null): string =>
  apart === null ? t('check-in.dash') : t('check-in.apart', { n: Math.abs(apart) })
