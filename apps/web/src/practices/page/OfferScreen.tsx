/** The draft agreement: a line for each of the fifteen sections, if the practitioner wants to offer one. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { TaskList } from '../../components/task-list/TaskList.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { t } from '../../words/t.ts'
import { SECTION_NUMBERS, sectionTitle } from '../agreement/texts.ts'
import { draft } from './page-draft.ts'
import { hasBlanks, offerRow } from './page-edit.ts'
import { Saved } from './Saved.tsx'

export function OfferScreen() {
  const page = draft.value
  if (page === null) return null
  return (
    <>
      <Back href="/page" />
      <div class="stack close">
        <h1>{t('meet.offer')}</h1>
        <p class="measure">{t('page.offerHelp')}</p>
        <Saved />
      </div>
      <Card>
        <TaskList
          tasks={SECTION_NUMBERS.map((section) => {
            const line = page.draft[offerRow(page, section)]
            const state = line === undefined ? 'empty' : hasBlanks(line.text) ? 'blanks' : 'filled'
            return {
              href: `/page/offer/${section}`,
              title: t('agreement.sectionTitle', { n: section, title: sectionTitle(section) }),
              note: t('page.state', { state }),
            }
          })}
        />
      </Card>
      <LinkButton href="/page" main>
        {t('page.backToParts')}
      </LinkButton>
    </>
  )
}
