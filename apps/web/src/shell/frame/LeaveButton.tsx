/** The way out: on every screen, and in every question that lies over one, because nothing behind it can be pressed then. */
import { Icon } from '../../components/icon/Icon.tsx'
import { t } from '../../words/t.ts'
import { leaveFast } from '../leave.ts'

export function LeaveButton() {
  return (
    <button type="button" class="btn leave" onClick={leaveFast}>
      <Icon name="leave" />
      {t('shell.leave')}
    </button>
  )
}
