/**
 * Offers to talk, made on this device for the one who holds it. They say what they are about and nothing about what it
 * means; leaving one alone is an answer, and nothing of it is kept or told.
 */
import { signal, useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import type { TalkOffer } from '@alongside/practice/check-in/answers.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { nameIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'
import { itemName } from './texts.ts'

/** Offers left alone for now, until this page is closed. */
const left = signal<ReadonlySet<string>>(new Set())

const keyOf = (offer: TalkOffer): string =>
  `${offer.encounter} ${offer.trigger} ${offer.item ?? ''} ${offer.other ?? ''}`

export function Offers({
  circle: here,
  offers,
}: {
  readonly circle: CircleView
  readonly offers: readonly TalkOffer[]
}) {
  const shown = offers.filter((offer) => !left.value.has(keyOf(offer)))
  return (
    <>
      {shown.map((offer) => (
        <OfferView key={keyOf(offer)} circle={here} offer={offer} />
      ))}
    </>
  )
}

function titleOf(offer: TalkOffer): string {
  const item = offer.item === null ? '' : itemName(offer.item)
  switch (offer.trigger) {
    case 'aboutAnItem':
    case 'aboutFree':
      return t('check-in.talkOffer.talk')
    case 'seenDifferently':
      return t('check-in.talkOffer.seenDifferently', { item })
    case 'moreEqualThanFelt':
      return t('check-in.talkOffer.moreEqualThanFelt')
    case 'lessEqualThanFelt':
      return t('check-in.talkOffer.lessEqualThanFelt', { item })
    case 'ownItFirst':
      return t('check-in.talkOffer.ownItFirst')
    case 'askedTwice':
      return t('check-in.talkOffer.askedTwice')
  }
}

function bodyOf(here: CircleView, offer: TalkOffer): string {
  const item = offer.item === null ? '' : itemName(offer.item)
  const name = nameIn(here, offer.other ?? '')
  switch (offer.trigger) {
    case 'aboutAnItem':
      return t('check-in.talkOffer.talkBody', { item })
    case 'aboutFree':
      return t('check-in.talkOffer.freeBody', { item })
    case 'seenDifferently':
      return t('check-in.talkOffer.seenDifferentlyBody', { name })
    case 'moreEqualThanFelt':
      return t('check-in.talkOffer.moreEqualBody')
    case 'lessEqualThanFelt':
      return t('check-in.talkOffer.lessEqualBody', { name })
    case 'ownItFirst':
      return t('check-in.talkOffer.ownItFirstBody', { item })
    case 'askedTwice':
      return t('check-in.talkOffer.askedTwiceBody', { name })
  }
}

function OfferView({ circle: here, offer }: { readonly circle: CircleView; readonly offer: TalkOffer }) {
  const id = `offer-${offer.encounter}-${offer.trigger}-${offer.item ?? 'all'}`
  const adding = useSignal(false)
  const line = useSignal('')
  const failure = useSignal<FailureValue | null>(null)
  const leave = () => {
    left.value = new Set(left.peek()).add(keyOf(offer))
    say(t('check-in.talkOffer.leftAlone'))
  }
  const add = async () => {
    if (line.value.trim() === '') return
    failure.value = await act({ type: 'AgendaItemAdded', item: newId(), text: line.value.trim(), opening: false })
    if (failure.value !== null) return
    adding.value = false
    line.value = ''
    say(t('check-in.talkOffer.added'))
    left.value = new Set(left.peek()).add(keyOf(offer))
  }
  return (
    <Card title={titleOf(offer)} look="gap">
      <p>{bodyOf(here, offer)}</p>
      <p class="small">{t('check-in.talkOffer.to', { to: offer.to })}</p>
      {adding.value && (
        <form
          class="stack near"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <Field
            id={id}
            label={t('check-in.talkOffer.line')}
            readers={t('check-in.talkOffer.lineReaders')}
            value={line.value}
            onInput={(value) => (line.value = value)}
            maxLength={1000}
          />
          <Failure failure={failure.value} practice="check-in" />
          <Button type="submit">{t('check-in.talkOffer.add')}</Button>
        </form>
      )}
      <div class="acts">
        {offer.trigger === 'askedTwice' ? (
          <LinkButton href={`/check-in/${offer.encounter}`}>{t('check-in.talkOffer.answer')}</LinkButton>
        ) : (
          !adding.value && <Button onPress={() => (adding.value = true)}>{t('check-in.talkOffer.agenda')}</Button>
        )}
        {(offer.trigger === 'ownItFirst' || offer.trigger === 'moreEqualThanFelt') && (
          <LinkButton href="/plan/promises" look="quiet">
            {t('check-in.talkOffer.promise')}
          </LinkButton>
        )}
        {offer.trigger === 'aboutFree' && (
          <LinkButton href="/safety" look="quiet">
            {t('check-in.talkOffer.safety')}
          </LinkButton>
        )}
        <Button look="quiet" onPress={leave}>
          {t('check-in.talkOffer.leave')}
        </Button>
      </div>
    </Card>
  )
}
