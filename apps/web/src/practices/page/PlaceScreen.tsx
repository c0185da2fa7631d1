/** One place: its link to hand over, questions without details, and closing it. */
import { useSignal } from '@preact/signals'
import type { PlaceView } from '@alongside/device/api.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Dialog } from '../../components/dialog/Dialog.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { QrCode } from '../../components/qr-code/QrCode.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { chosenCircle, device } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import { go } from '../../shell/route.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { isOver, numberedPlaces, placeTitle } from './places.ts'
import { Question } from './Question.tsx'
import './page.css'

export function PlaceScreen({ params }: ScreenProps) {
  const found = numberedPlaces().find(({ place }) => place.id === params['place'])
  if (found === undefined) {
    return (
      <>
        <Back href="/places" />
        <h1>{t('shell.notFound.title')}</h1>
      </>
    )
  }
  const { place } = found
  return (
    <>
      <Back href="/places">{t('page.places')}</Back>
      <div class="stack close">
        <h1>{placeTitle(found)}</h1>
        <p>
          <span class={place.state === 'yes' ? 'tag agreed' : 'tag'}>
            {t('page.placeState', { state: place.state })}
          </span>
        </p>
      </div>
      {place.state === 'freeAgain' && (
        <Notice>
          <p>{t('page.freeAgainHelp')}</p>
        </Notice>
      )}
      {place.state === 'yes' && <SaidYes circle={place.circle} />}
      {place.questions.length > 0 && (
        <Card title={t('page.questions')}>
          <p class="small soft measure">{t('page.questionsHelp')}</p>
          {place.questions.map((each) => (
            <Question key={each.n} place={place.id} question={each} over={isOver(place)} />
          ))}
        </Card>
      )}
      {(place.state === 'free' || place.state === 'freeAgain' || place.state === 'making') && (
        <LinkCard place={place} />
      )}
      {!isOver(place) && place.state !== 'yes' && <Close place={place.id} />}
    </>
  )
}

function SaidYes({ circle }: { readonly circle: string | null }) {
  return (
    <Card look="strong" title={t('page.saidYes')}>
      <p>{circle === null ? t('page.comingIn') : t('page.cameIn')}</p>
      {circle !== null && (
        <Button
          onPress={() => {
            chosenCircle.value = circle
            go('/welcome-in')
          }}
        >
          {t('page.toCircle')}
        </Button>
      )}
    </Card>
  )
}

function LinkCard({ place }: { readonly place: PlaceView }) {
  const copied = useSignal<'not' | 'done' | 'failed'>('not')
  const copy = async (): Promise<void> => {
    copied.value = await navigator.clipboard.writeText(place.link).then(
      () => 'done',
      () => 'failed',
    )
    say(t('page.copied', { how: copied.value }))
  }
  return (
    <Card title={t('page.linkTitle')}>
      <p class="measure">{t('page.linkHelp')}</p>
      <div class="link-show">
        <QrCode content={place.link} label={t('page.qrLabel')} />
        <div class="stack near">
          <p class="link-text" dir="ltr">
            {place.link}
          </p>
          <Button onPress={() => void copy()}>{t('page.copy')}</Button>
          {copied.value !== 'not' && <p class="small">{t('page.copied', { how: copied.value })}</p>}
          <LinkButton href={`/places/${place.id}/sheet`} look="quiet" icon="print">
            {t('page.sheet')}
          </LinkButton>
        </div>
      </div>
      <p class="small soft">{t('page.placeUntil', { day: formatDay(place.endsAt, 'long') })}</p>
    </Card>
  )
}

function Close({ place }: { readonly place: string }) {
  const asking = useSignal(false)
  const busy = useSignal(false)
  const failure = useSignal<FailureValue | null>(null)
  const close = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    const done = await device().closePlace(place)
    busy.value = false
    asking.value = false
    failure.value = done.ok ? null : done.error
    if (done.ok) say(t('page.closed'))
  }
  return (
    <>
      <Failure failure={failure.value} />
      <Button
        look="fix"
        onPress={() => {
          asking.value = true
        }}
      >
        {t('page.close')}
      </Button>
      <Dialog
        open={asking.value}
        title={t('page.closeAsk')}
        onClose={() => {
          asking.value = false
        }}
      >
        <p>{t('page.closeHelp')}</p>
        <div class="acts">
          <Button
            look="quiet"
            onPress={() => {
              asking.value = false
            }}
          >
            {t('page.closeNo')}
          </Button>
          <Button look="fix" onPress={() => void close()}>
            {t('page.closeYes')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
