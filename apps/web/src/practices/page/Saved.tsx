/** Whether what was typed on this page is on the device yet, and what to do when it could not be saved. */
import { Button } from '../../components/button/Button.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Icon } from '../../components/icon/Icon.tsx'
import { t } from '../../words/t.ts'
import { flush, saved, saveFailure } from './page-draft.ts'

export function Saved() {
  if (saveFailure.value !== null) {
    return (
      <>
        <Failure failure={saveFailure.value} />
        <Button look="quiet" onPress={() => void flush()}>
          {t('page.saveAgain')}
        </Button>
      </>
    )
  }
  return (
    <p class="state">
      <Icon name={saved.value === 'saved' ? 'phone' : 'waiting'} />
      {saved.value === 'saved' ? t('components.savedHere') : t('page.saving')}
    </p>
  )
}
