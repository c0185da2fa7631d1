/** Everything else, always in the same place: what the practices put here, settings, help, and locking by hand. */
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { TaskList } from '../../components/task-list/TaskList.tsx'
import { lockDevice } from '../../device/client.ts'
import { t } from '../../words/t.ts'
import { Cards } from '../cards.tsx'
import { canInstall, install } from '../install.ts'

export function MoreScreen() {
  return (
    <>
      <h1>{t('shell.tab.more')}</h1>
      <div class="stack flow">
        <Cards slot="more" />
        <Card title={t('shell.thisDevice')}>
          <TaskList
            tasks={[
              { href: '/settings', title: t('settings.title'), note: t('settings.note') },
              { href: '/about', title: t('about.title'), note: t('about.note') },
            ]}
          />
          <div class="acts">
            <Button look="quiet" icon="lock" onPress={() => void lockDevice()}>
              {t('shell.lockNow')}
            </Button>
            {canInstall() && (
              <Button look="quiet" icon="phone" onPress={install}>
                {t('shell.install')}
              </Button>
            )}
          </div>
          {canInstall() && <p class="small soft">{t('shell.installNote')}</p>}
        </Card>
      </div>
    </>
  )
}
