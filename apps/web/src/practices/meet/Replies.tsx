/** Looks for a reply and shows what came. Looking is asked for by hand: nothing here tells anybody who waits. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button } from '../../components/button/Button.tsx'
import { Listen } from '../../components/listen/Listen.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import type { Failure } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'
import { VisitFailure } from './VisitFailure.tsx'

export interface RepliesProps {
  readonly link: string
  readonly code: string
  readonly name: string
  /** Whoever just gave the code has asked already. */
  readonly atOnce?: boolean
}

export function Replies({ link, code, name, atOnce = false }: RepliesProps) {
  const found = useSignal<readonly string[] | null>(null)
  const failure = useSignal<Failure | null>(null)
  const busy = useSignal(false)
  const look = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    failure.value = null
    const read = await device().readReplies(link, code)
    busy.value = false
    if (!read.ok) {
      failure.value = read.error
      return
    }
    found.value = read.value
    say(t('meet.repliesFound', { n: read.value.length }))
  }
  useEffect(() => {
    if (atOnce) void look()
  }, [])
  return (
    <div class="stack near">
      <Button onPress={() => void look()} main>
        {busy.value ? t('meet.looking') : t('meet.lookForReply')}
      </Button>
      <VisitFailure failure={failure.value} />
      {found.value !== null && found.value.length === 0 && (
        <Notice>
          <p>{t('meet.noReplyYet')}</p>
        </Notice>
      )}
      {found.value?.map((reply, at) => (
        <Thread key={at} side="worker" name={name}>
          <p class="user-text measure" dir="auto">
            {reply}
          </p>
          <Listen text={reply} />
        </Thread>
      ))}
    </div>
  )
}
