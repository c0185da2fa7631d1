/** Another tab of this browser holds the device: two at once could write over each other. */
import { Button } from '../../components/button/Button.tsx'
import { useItHere } from '../../device/client.ts'
import { t } from '../../words/t.ts'

export function ElsewhereScreen() {
  return (
    <>
      <h1>{t('shell.elsewhere.title')}</h1>
      <p class="measure">{t('shell.elsewhere.help')}</p>
      <div>
        <Button onPress={useItHere}>{t('shell.elsewhere.use')}</Button>
      </div>
    </>
  )
}
