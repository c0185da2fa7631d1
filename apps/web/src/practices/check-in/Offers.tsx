/**
 * Offers to talk, made on this device for the one who holds it. They say what they are about and nothing about what it
 * means; leaving one alone is an answer, and nothing of it is kept or told.
 */
import { signal, useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import type { Item, TalkOffer } from '@alongside/practice/check-in/answers.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf } from '../../device/drafts.ts'
import { nameIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { itemName } from './texts.ts'

/** Offers left alone for now, until this page is closed. */
const left = signal<ReadonlySet<string>>(new Set())

/** Offers of one kind about one meeting are one offer to a reader. */
interface Offer extends Omit<TalkOffer, 'item'> {
  readonly items: readonly Item[]
}

const keyOf = (offer: Pick<TalkOffer, 'encounter' | 'trigger' | 'other'>): string =>
  `${offer.encounter} ${offer.trigger} ${offer.other ?? ''}`

function together(offers: readonly TalkOffer[]): readonly Offer[] {
  const groups = new Map<string, Offer>()
  for (const { item, ...offer } of offers) {
    const items = groups.get(keyOf(offer))?.items ?? []
    groups.set(keyOf(offer), { ...offer, items: item === null ? items : [...items, item] })
  }
  return [...groups.values()]
}

const itemsOf = (offer: Offer): string => formatList(offer.items.map(itemName))

export function Offers({
  circle: here,
  offers,
}: {
  readonly circle: CircleView
  readonly offers: readonly TalkOffer[]
}) {
  const shown = together(offers).filter((offer) => !left.value.has(keyOf(offer)))
  return (
    <>
      {shown.map((offer) => (
        <OfferView key={keyOf(offer)} circle={here} offer={offer} />
      ))}
    </>
  )
}

function titleOf(offer: Offer): string {
  const item = itemsOf(offer)
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

function bodyOf(here: CircleView, offer: Offer): string {
  const item = itemsOf(offer)
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

function OfferView({ circle: here, offer }: { readonly circle: CircleView; readonly offer: Offer }) {
  const id = `offer-${offer.encounter}-${offer.trigger}`
  const adding = useSignal(false)
  const line = draftOf(`${here.id} ${id}`)
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
    <Card look="gap">
      <h2>{titleOf(offer)}</h2>
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
          <Failure failure={failure.value} />
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
