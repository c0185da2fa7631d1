/** The browser gives no safe place to keep a record, or no safe keys: which reason it is, what is safe, what to do. */
import { Button } from '../../components/button/Button.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { Steps } from '../../components/steps/Steps.tsx'
import { view } from '../../device/client.ts'
import { t } from '../../words/t.ts'

export function NoStorageScreen() {
  const why = view.value.type === 'noStorage' ? view.value.why : 'missing'
  const steps = {
    refused: [t('begin.noStorage.refused1'), t('begin.noStorage.refused2')],
    missing: [t('begin.noStorage.missing1'), t('begin.noStorage.missing2')],
    insecure: [t('begin.noStorage.insecure1'), t('begin.noStorage.insecure2')],
    unsafe: [t('begin.noStorage.unsafe1'), t('begin.noStorage.unsafe2')],
  }[why]
  return (
    <>
      <h1>{t('begin.noStorage.title')}</h1>
      <p class="measure">{t('begin.noStorage.why', { why })}</p>
      <Notice kind="done">
        <p>{t('begin.noStorage.safe')}</p>
      </Notice>
      <h2>{t('begin.whatToDo')}</h2>
      <Steps steps={steps.map((content) => ({ content }))} />
      <div>
        <Button look="quiet" onPress={() => location.reload()}>
          {t('shell.tryAgain')}
        </Button>
      </div>
    </>
  )
}
