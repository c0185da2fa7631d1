/** While the story is told to the two devices, and when it cannot be: what stands in the way and what to do. */
import { Button } from '../components/button/Button.tsx'
import { Card } from '../components/card/Card.tsx'
import { Notice } from '../components/notice/Notice.tsx'
import { Steps } from '../components/steps/Steps.tsx'
import { t } from '../words/t.ts'
import { CHAPTERS, type Chapter } from './story/telling.ts'

export type Stage =
  | { readonly type: 'telling'; readonly chapter: Chapter }
  | { readonly type: 'told' }
  | { readonly type: 'stopped'; readonly why: string }

function chapterWords(chapter: Chapter): string {
  switch (chapter) {
    case 'page':
      return t('walk-through.chapter.page')
    case 'comingIn':
      return t('walk-through.chapter.comingIn')
    case 'meeting':
      return t('walk-through.chapter.meeting')
    case 'after':
      return t('walk-through.chapter.after')
  }
}

function Why({ why }: { readonly why: string }) {
  switch (why) {
    case 'CodeNeeded':
      return (
        <Notice kind="fix" title={t('walk-through.codeNeeded')} alert>
          <p>{t('walk-through.codeNeededHelp')}</p>
        </Notice>
      )
    case 'Unreachable':
    case 'RelayBusy':
    case 'TooSlow':
      return (
        <Notice kind="fix" title={t('walk-through.noAnswer')} alert>
          <p>{t('walk-through.noAnswerHelp')}</p>
        </Notice>
      )
    default:
      return (
        <Notice kind="fix" title={t('walk-through.stopped')} alert>
          <p>{t('walk-through.stoppedHelp')}</p>
        </Notice>
      )
  }
}

export function Waiting({ stage, again }: { readonly stage: Stage; readonly again: () => void }) {
  const at = stage.type === 'telling' ? CHAPTERS.indexOf(stage.chapter) : -1
  return (
    <>
      <Notice kind="now" title={t('walk-through.banner')}>
        <p>{t('walk-through.lead')}</p>
      </Notice>
      {stage.type === 'stopped' ? (
        <>
          <Why why={stage.why} />
          <Button look="quiet" onPress={again}>
            {t('shell.tryAgain')}
          </Button>
        </>
      ) : (
        <Card title={t('walk-through.making')}>
          <Steps
            steps={CHAPTERS.map((chapter, i) => ({
              content: chapterWords(chapter),
              state: i < at ? 'done' : i === at ? 'now' : 'later',
            }))}
          />
        </Card>
      )}
    </>
  )
}
