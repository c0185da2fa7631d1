/**
 * What stands around every screen: the mark, Leave fast, the four tabs, the notices that belong to the whole
 * app, and the two live regions. Tasks that need attention (`bare`) hide the tabs.
 */
import { useEffect } from 'preact/hooks'
import { Icon, type IconName } from '../../components/icon/Icon.tsx'
import { Button } from '../../components/button/Button.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { view } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { politeWords, say, sayNow, urgentWords } from '../live.ts'
import { watchLeaveKeys } from '../leave.ts'
import { LEAVE_PRESSES } from '../leave-keys.ts'
import { failed, standing } from '../outlet.ts'
import { TABS, type TabName } from '../screen.ts'
import { CircleSwitch } from './CircleSwitch.tsx'
import { LeaveButton } from './LeaveButton.tsx'
import { Mark } from './Mark.tsx'
import { LockWarning, OfflineStrip } from './strips.tsx'

function tabWords(tab: TabName): string {
  switch (tab) {
    case 'today':
      return t('shell.tab.today')
    case 'notes':
      return t('shell.tab.notes')
    case 'plan':
      return t('shell.tab.plan')
    case 'more':
      return t('shell.tab.more')
  }
}

const TAB_ICONS: Readonly<Record<TabName, IconName>> = { today: 'today', notes: 'notes', plan: 'plan', more: 'more' }

function Tabs({ current }: { readonly current: TabName }) {
  return (
    <nav class="tabs" aria-label={t('shell.tabs')}>
      {TABS.map((tab) => (
        <a key={tab.name} href={tab.path} aria-current={tab.name === current ? 'page' : undefined}>
          <Icon name={TAB_ICONS[tab.name]} />
          {tabWords(tab.name)}
        </a>
      ))}
    </nav>
  )
}

export function Frame() {
  useEffect(() => watchLeaveKeys((count) => sayNow(t('shell.leaveMore', { n: LEAVE_PRESSES - count }))), [])
  const here = standing.value
  const isOpen = view.value.type === 'open'
  return (
    <>
      <a class="skip btn" href="#main">
        {t('shell.skip')}
      </a>
      <header class="top">
        <a class="brand" href="/" dir="ltr">
          <Mark />
        </a>
        <LeaveButton />
      </header>
      {here !== null && isOpen && here.screen.bare !== true && <Tabs current={here.screen.tab} />}
      <OfflineStrip />
      {isOpen && <LockWarning />}
      {isOpen && here?.screen.bare !== true && <CircleSwitch />}
      <main id="main" tabIndex={-1} class={here?.screen.bare === true || !isOpen ? 'bare' : ''}>
        {failed.value && (
          <Notice kind="fix" title={t('shell.loadFailed')} alert>
            <p>{t('shell.loadFailedHelp')}</p>
            <Button look="quiet" onPress={() => location.reload()}>
              {t('shell.tryAgain')}
            </Button>
          </Notice>
        )}
        {here !== null && <here.Component key={here.key} params={here.params} />}
      </main>
      <p class="vh" role="status" aria-live="polite">
        {politeWords}
      </p>
      <p class="vh" role="alert" aria-live="assertive">
        {urgentWords}
      </p>
    </>
  )
}

/** Focus to the new screen's heading, which is read; the page starts at its top. */
export function focusHeading(): void {
  requestAnimationFrame(() => {
    const heading = document.querySelector<HTMLElement>('main h1')
    scrollTo(0, 0)
    if (document.activeElement instanceof HTMLElement && document.activeElement.closest('[role="alert"]') !== null)
      return
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
    if (heading === null) say(t('shell.opened'))
  })
}
