/**
 * The note of one meeting: what is kept, what waits for a yes, and below it the part to write in, which comes by itself
 * so that reading never waits for it.
 */
import type { CircleView } from '@alongside/device/api.ts'
import { encounterOf } from '@alongside/practice/encounter/state.ts'
import { blockOf, blocksOf } from '@alongside/practice/note/state.ts'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { circle } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import type { ScreenProps } from '../../shell/screen.ts'
import { t } from '../../words/t.ts'
import { FromThisNote } from './FromThisNote.tsx'
import { BlockText, KeptBlock } from './KeptBlock.tsx'
import { OfferedBlock } from './OfferedBlock.tsx'
import { OUTSIDE, titleOf } from './titles.ts'
import { WriteHere } from './WriteHere.tsx'
import './note.css'

export function NoteScreen({ params }: ScreenProps) {
  const here = circle.value
  if (here === null) return null
  const asked = params['encounter'] ?? OUTSIDE
  const encounter = asked === OUTSIDE ? null : asked
  if (encounter !== null && encounterOf(here.state, encounter) === null)
    return (
      <>
        <Back href="/notes" />
        <h1>{t('note.ours')}</h1>
        <Empty title={t('note.notFound')} />
      </>
    )
  return (
    <>
      <Back href="/notes" />
      <h1>{titleOf(here, encounter)}</h1>
      <div class={encounter === null ? 'stack' : 'stack two wide-first'}>
        <div class="stack">
          <Written circle={here} encounter={encounter} />
          {encounter !== null && here.phase === 'open' && (
            <div class="no-print" key={`${here.id} ${encounter}`}>
              <WriteHere circle={here} encounter={encounter} />
            </div>
          )}
        </div>
        {encounter !== null && (
          <div class="stack">
            <FromThisNote circle={here} encounter={encounter} />
          </div>
        )}
      </div>
    </>
  )
}

interface WrittenProps {
  readonly circle: CircleView
  readonly encounter: string | null
}

/** What was kept, what waits to be, and earlier versions. */
export function Written({ circle: here, encounter }: WrittenProps) {
  const blocks = blocksOf(here.state, encounter)
  const kept = blocks.filter((block) => block.status === 'kept')
  const offered = blocks.filter((block) => block.status === 'offered')
  const earlier = blocks.filter((block) => block.status === 'corrected')
  return (
    <>
      <Card title={t('note.keptTitle')}>
        {kept.length === 0 && <p class="soft">{t('note.nothingKept')}</p>}
        {kept.length > 0 && (
          <ul class="stack parted">
            {kept.map((block) => (
              <li key={block.id}>
                <KeptBlock circle={here} block={block} />
              </li>
            ))}
          </ul>
        )}
        {earlier.length > 0 && (
          <Details summary={t('note.earlier', { n: earlier.length })}>
            <ul class="stack parted">
              {earlier.map((block) => (
                <li key={block.id}>
                  <BlockText circle={here} block={block} />
                </li>
              ))}
            </ul>
          </Details>
        )}
      </Card>
      {offered.length > 0 && (
        <Card title={t('note.waitingTitle')}>
          <p class="soft">{t('note.waitingLead')}</p>
          <ul class="stack parted">
            {offered.map((block) => (
              <li key={block.id}>
                <OfferedBlock
                  circle={here}
                  block={block}
                  old={block.replaces === null ? null : blockOf(here.state, block.replaces)}
                />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}
