/** What others here have said about leaving: their last day and what happens after, so that nobody finds out afterwards. */
import type { CircleView } from '@alongside/device/api.ts'
import { Card } from '../../components/card/Card.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { circle } from '../../device/client.ts'
import { nameIn, othersIn, sideIn } from '../../device/people.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'

/** The newest word of each other member who is still here and has said when they leave. */
export function Announced({ circle: here }: { readonly circle: CircleView }) {
  const said = othersIn(here).flatMap(
    ({ id }) => here.state.people.announced.findLast(({ member }) => member === id) ?? [],
  )
  return (
    <>
      {said.map(({ member, day, words }) => (
        <Card
          key={member}
          title={t('leaving.announcedBy', { name: nameIn(here, member), day: formatDay(day, 'long') })}
        >
          <Thread side={sideIn(here, member)} name={nameIn(here, member)}>
            {words === '' ? (
              <p>{t('leaving.announcedNoWords')}</p>
            ) : (
              <p class="user-text" dir="auto">
                {words}
              </p>
            )}
          </Thread>
        </Card>
      ))}
    </>
  )
}

export function AnnouncedCard() {
  const here = circle.value
  return here === null || here.phase !== 'open' ? null : <Announced circle={here} />
}
