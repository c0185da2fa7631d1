/** All notes, by meeting, with what waits in them; and the way to write in the meeting that is now or next. */
import { lastEncounter, nextEncounter } from '@alongside/practice/encounter/state.ts'
import { blocksOf, notes, waitsOn } from '@alongside/practice/note/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { circle } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { pathOf, titleOf } from './titles.ts'
import './note.css'

export function NotesCard() {
  const here = circle.value
  if (here === null || here.state.people.kind !== 'alongside') return null
  const last = lastEncounter(here.state)?.id
  const next = nextEncounter(here.state)?.id
  const written = notes(here.state).map((note) => note.encounter)
  const open = [last, next].flatMap((one) => (one === undefined || written.includes(one) ? [] : [one]))
  return (
    <>
      {written.length > 0 && (
        <Card title={t('note.ours')}>
          <ul class="stack parted">
            {written.map((encounter) => {
              const blocks = blocksOf(here.state, encounter)
              const kept = blocks.filter((block) => block.status === 'kept').length
              const waiting = blocks.filter((block) => waitsOn(block).includes(here.me)).length
              return (
                <li key={encounter ?? ''} class="stack close">
                  <a class="note-link" href={pathOf(encounter)}>
                    {titleOf(here, encounter)}
                  </a>
                  <p class="small soft">{t('note.keptCount', { n: kept })}</p>
                  {waiting > 0 && (
                    <p>
                      <span class="tag now">{t('note.turnYes', { n: waiting })}</span>
                    </p>
                  )}
                </li>
              )
            })}
          </ul>
        </Card>
      )}
      {open.map((encounter) => (
        <Card key={encounter} title={titleOf(here, encounter)}>
          <p class="soft">{t('note.nothingKept')}</p>
          <LinkButton href={pathOf(encounter)} look="quiet">
            {t('note.writeHere')}
          </LinkButton>
        </Card>
      ))}
      {written.length === 0 && open.length === 0 && (
        <Empty title={t('note.none')}>
          <p>{t('note.noneHelp')}</p>
          <LinkButton href="/meeting/new" look="quiet">
            {t('note.planMeeting')}
          </LinkButton>
        </Empty>
      )}
    </>
  )
}
