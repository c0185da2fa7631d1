/** An address that leads nowhere; nothing is lost by it. */
import { LinkButton } from '../../components/button/Button.tsx'
import { t } from '../../words/t.ts'

export function NotFoundScreen() {
  return (
    <>
      <h1>{t('shell.notFound.title')}</h1>
      <p class="measure">{t('shell.notFound.help')}</p>
      <div>
        <LinkButton href="/">{t('shell.toToday')}</LinkButton>
      </div>
    </>
  )
}
