/** A part of a visit that was opened without its link: what to do, and that nothing is lost. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { t } from '../../words/t.ts'

export function NeedsLink() {
  return (
    <>
      <h1>{t('meet.noLink')}</h1>
      <Empty title={t('meet.noLinkTitle')}>
        <p>{t('meet.noLinkHelp')}</p>
        <LinkButton href="/link">{t('meet.putLink')}</LinkButton>
      </Empty>
    </>
  )
}
