/** Today: a greeting, how far things have got, and the cards of the practices: next meeting, whose turn it is, what was looked back on. */
import { useSignal } from '@preact/signals'
import { StatusWord, reachedOf } from '../../components/status-word/StatusWord.tsx'
import { circle, open } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { Cards } from '../cards.tsx'

function timeOfDay(hour: number): 'morning' | 'afternoon' | 'other' {
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'other'
}

export function TodayScreen() {
  const hour = useSignal(new Date().getHours())
  const device = open.value
  if (device === null) return null
  const sync = circle.value?.sync
  return (
    <>
      <div class="stack close">
        <h1>{t('shell.hello', { time: timeOfDay(hour.value), name: device.me.name })}</h1>
        <StatusWord
          reached={
            sync === undefined || (sync.head === 0 && sync.waiting === 0)
              ? { type: 'here' }
              : reachedOf(sync, sync.head + sync.waiting, null, '')
          }
        />
      </div>
      <div class="stack two">
        <Cards slot="today" />
      </div>
    </>
  )
}
