/** One question over the meetings, as two threads with the hatched gap between them, and the same as a table. */
import type { CircleView } from '@alongside/device/api.ts'
import { useSignal } from '@preact/signals'
import type { Id } from '@alongside/base/codec.ts'
import { ITEMS, type Item } from '@alongside/practice/check-in/answers.ts'
import { Card } from '../../components/card/Card.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Details } from '../../components/details/Details.tsx'
import type { Encounter } from '@alongside/practice/encounter/state.ts'
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'
import { t } from '../../words/t.ts'
import { gapWords, nameFor } from './Bars.tsx'
import { besideAll, gapOf, markOf, type Beside } from './beside.ts'
import { GAP_FILL, Hatching, Legend } from './Marks.tsx'
import { gapPath, linePath, xOf, yOf, type Frame, type Marks } from './plot.ts'
import { answered, itemName, itemQuestion } from './texts.ts'

const FRAME: Frame = { width: 340, height: 210, margin: 16 }
/** The picture shows the latest; the table has all of them. */
const MOST_DRAWN = 12

const shortDay = (one: Encounter): string => formatDay(one.day ?? momentOf(one.metAt ?? one.at), 'short')

export function Threads({ circle: here, worker }: { readonly circle: CircleView; readonly worker: Id }) {
  const item = useSignal<Item>('worth')
  const all = besideAll(here, worker)
  if (all.length === 0) return null
  const drawn = all.slice(-MOST_DRAWN)
  const person = nameFor(here, here.state.people.person ?? '')
  const other = nameFor(here, worker)
  const latest = drawn.at(-1)
  const apart = latest === undefined ? null : gapOf(latest, item.value)
  return (
    <Card>
      <h2>{t('check-in.threadsTitle')}</h2>
      <Choice
        id={`threads-${worker}`}
        label={t('check-in.whichQuestion')}
        across
        options={ITEMS.map((each) => ({ value: each, label: itemName(each) }))}
        value={item.value}
        onChange={(value) => (item.value = value)}
      />
      <figure class="stack near">
        <Hatching />
        <figcaption class="stack close">
          <strong>{itemQuestion(item.value)}</strong>
          <Legend person={person} worker={other} />
        </figcaption>
        <div>
          <p class="small soft" aria-hidden="true">
            {t('check-in.endYes')}
          </p>
          <Picture meetings={drawn} item={item.value} />
          <p class="small soft" aria-hidden="true">
            {t('check-in.endNo')}
          </p>
          <p class="ends small soft">
            {drawn[0] !== undefined && drawn.length > 1 && <span>{shortDay(drawn[0].encounter)}</span>}
            {latest !== undefined && <span>{shortDay(latest.encounter)}</span>}
          </p>
        </div>
      </figure>
      {apart !== null && <p>{t('check-in.lastTime', { n: Math.abs(apart) })}</p>}
      <Details summary={t('check-in.asTable')}>
        <ThreadTable meetings={all} item={item.value} person={person} worker={other} />
      </Details>
    </Card>
  )
}

function Picture({ meetings, item }: { readonly meetings: readonly Beside[]; readonly item: Item }) {
  const persons: Marks = meetings.map((one) => markOf(one.person, item))
  const workers: Marks = meetings.map((one) => markOf(one.worker, item))
  const shared = meetings.map((one) => gapOf(one, item) !== null)
  const count = meetings.length
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
      role="img"
      aria-label={t('check-in.pictureLabel', { item: itemName(item), n: count })}
    >
      {[0, 1, 2, 3, 4].map((mark) => (
        <path key={mark} class="grid-line" d={`M0 ${yOf(FRAME, mark)}H${FRAME.width}`} />
      ))}
      <path d={gapPath(FRAME, persons, workers, shared)} fill={GAP_FILL} />
      <path class="worker-line" d={linePath(FRAME, workers)} />
      <path class="person-line" d={linePath(FRAME, persons)} />
      {workers.map((mark, at) => {
        if (mark === null) return null
        const half = mark === persons[at] ? 10 : 7
        const [x, y] = [xOf(FRAME, count, at), yOf(FRAME, mark)]
        return <rect key={at} class="worker-mark" x={x - half} y={y - half} width={2 * half} height={2 * half} />
      })}
      {persons.map((mark, at) =>
        mark === null ? null : (
          <circle
            key={at}
            class="person-mark"
            cx={xOf(FRAME, count, at)}
            cy={yOf(FRAME, mark)}
            r={mark === workers[at] ? 5.5 : 8}
          />
        ),
      )}
    </svg>
  )
}

interface TableProps {
  readonly meetings: readonly Beside[]
  readonly item: Item
  readonly person: string
  readonly worker: string
}

function ThreadTable({ meetings, item, person, worker }: TableProps) {
  return (
    <table>
      <caption class="vh">{itemQuestion(item)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('check-in.meeting')}</th>
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
        {[...meetings].reverse().map((one) => (
          <tr key={one.encounter.id}>
            <th scope="row">{shortDay(one.encounter)}</th>
            <td>{(one.person === null ? '' : answered(item, one.person)) || t('check-in.dash')}</td>
            <td>{(one.worker === null ? '' : answered(item, one.worker)) || t('check-in.dash')}</td>
            <td>{gapWords(gapOf(one, item))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
