/** While the device starts: a moment, in words. */
import { t } from '../../words/t.ts'

export function StartingScreen() {
  return (
    <p class="soft" role="status">
      {t('shell.starting')}
    </p>
  )
}
