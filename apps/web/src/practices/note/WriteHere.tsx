/** Brings the part to write in, with the library for live text, when the rest of the note is already there to read. */
import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CircleView } from '@alongside/device/api.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { t } from '../../words/t.ts'

export interface WriteProps {
  readonly circle: CircleView
  readonly encounter: string
}

export function WriteHere(props: WriteProps) {
  const loaded = useSignal<{ readonly Part: ComponentType<WriteProps> } | 'loading' | 'failed'>('loading')
  const load = () => {
    loaded.value = 'loading'
    import('./live/WriteTogether.tsx').then(
      (module) => (loaded.value = { Part: module.WriteTogether }),
      () => (loaded.value = 'failed'),
    )
  }
  useEffect(load, [])
  const now = loaded.value
  if (now === 'loading')
    return (
      <Card title={t('note.writeTitle')}>
        <p class="soft">{t('note.opening')}</p>
      </Card>
    )
  if (now === 'failed')
    return (
      <Card title={t('note.writeTitle')}>
        <Notice kind="fix" alert title={t('note.noWriting')}>
          <p>{t('note.noWritingHelp')}</p>
        </Notice>
        <Button look="quiet" onPress={load}>
          {t('note.tryAgain')}
        </Button>
      </Card>
    )
  return <now.Part {...props} />
}
