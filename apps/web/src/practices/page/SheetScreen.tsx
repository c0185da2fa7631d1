/** A sheet to print: the link as a code and in letters, the whole page, and the four answers for those who use paper. */
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { QrCode } from '../../components/qr-code/QrCode.tsx'
import { Steps } from '../../components/steps/Steps.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import type { ScreenProps } from '../../shell/screen.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { PageShown } from '../meet/PageShown.tsx'
import { draft } from './page-draft.ts'
import { numberedPlaces } from './places.ts'
import './page.css'

const ANSWERS = ['notNow', 'no', 'someoneElse'] as const

export function SheetScreen({ params }: ScreenProps) {
  const page = draft.value
  const place = numberedPlaces().find((each) => each.place.id === params['place'])?.place
  if (page === null || place === undefined)
    return (
      <>
        <Back href="/places">{t('page.places')}</Back>
        <h1>{t('shell.notFound.title')}</h1>
      </>
    )
  return (
    <>
      <Back href={`/places/${place.id}`} />
      <h1>
        <bdi>{page.name}</bdi>
      </h1>
      <p class="measure">{t('page.sheetLead', { name: page.name })}</p>
      <div class="no-print">
        <Button icon="print" onPress={() => window.print()}>
          {t('page.print')}
        </Button>
      </div>
      <Card title={t('page.sheetOpen')}>
        <div class="link-show">
          <QrCode content={place.link} label={t('page.qrLabel')} />
          <Steps steps={[1, 2, 3].map((n) => ({ content: t('page.sheetStep', { n: String(n) }) }))} />
        </div>
        <p class="link-text" dir="ltr">
          {place.link}
        </p>
        <p class="small soft">{t('page.sheetOne', { day: formatDay(place.endsAt, 'long') })}</p>
      </Card>
      <PageShown page={page} />
      <Card title={t('meet.answerTitle')}>
        <p>{t('page.sheetAnswer')}</p>
        <ul class="boxes">
          <li>{t('meet.yes')}</li>
          {ANSWERS.map((answer) => (
            <li key={answer}>{t('meet.decline', { answer })}</li>
          ))}
        </ul>
      </Card>
    </>
  )
}
