/** The first screen on a new device: language, who owns the record in three sentences, and the two ways in. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Listen } from '../../components/listen/Listen.tsx'
import { t } from '../../words/t.ts'
import { hasScreen } from '../outlet.ts'
import { LanguageChoice } from './LanguageChoice.tsx'

export function WelcomeScreen() {
  const sentences = [t('shell.welcome.one'), t('shell.welcome.two'), t('shell.welcome.three')]
  return (
    <>
      <LanguageChoice />
      <Card look="strong">
        <h1>{t('shell.welcome.title')}</h1>
        <ul class="stack near welcome-words">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Card>
      <Listen text={[t('shell.welcome.title'), ...sentences].join(' ')} />
      <div class="stack near">
        <LinkButton href="/link" main>
          {t('shell.welcome.haveLink')}
        </LinkButton>
        <LinkButton href="/start" main look="quiet">
          {t('shell.welcome.start')}
        </LinkButton>
        {hasScreen('/come-back') && (
          <LinkButton href="/come-back" main look="words">
            {t('shell.welcome.wayBack')}
          </LinkButton>
        )}
      </div>
      <p class="small">
        <a href="/about">{t('shell.aboutLink')}</a>
      </p>
    </>
  )
}
