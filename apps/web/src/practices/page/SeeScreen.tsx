/** The page as the person will see it, before anybody does. */
import { Notice } from '../../components/notice/Notice.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { t } from '../../words/t.ts'
import { PageShown } from '../meet/PageShown.tsx'
import { draft } from './page-draft.ts'

export function SeeScreen() {
  const page = draft.value
  if (page === null) return null
  return (
    <>
      <Back href="/page" />
      <h1>
        <bdi>{page.name}</bdi>
      </h1>
      <div class="stack narrow">
        <Notice>
          <p>{t('page.seeHelp')}</p>
        </Notice>
        <PageShown page={page} />
      </div>
    </>
  )
}
