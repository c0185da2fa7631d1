/** The cards of a tab screen: loaded with their words, drawn in order as they arrive, each alone, so one that fails leaves the others. */
import { signal, useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { loadWords } from '../words/t.ts'
import type { CardDef, Registered, TabName } from './screen.ts'

const registered = signal<readonly Registered<CardDef>[]>([])

/** Says which cards there are: once at start. */
export function provideCards(cards: readonly Registered<CardDef>[]): void {
  registered.value = cards
}

export function cardsOf(slot: TabName): readonly Registered<CardDef>[] {
  return registered.value.filter((card) => card.slot === slot)
}

export function Cards({ slot }: { readonly slot: TabName }) {
  const loaded = useSignal<ReadonlyMap<Registered<CardDef>, ComponentType>>(new Map())
  const cards = cardsOf(slot)
  useEffect(() => {
    for (const card of cards) {
      Promise.all([card.load(), loadWords(card.features)]).then(
        ([Component]) => {
          loaded.value = new Map(loaded.peek()).set(card, Component)
        },
        () => undefined,
      )
    }
  }, [slot])
  return (
    <>
      {cards.map((card, at) => {
        const Component = loaded.value.get(card)
        if (Component === undefined) return null
        return card.full === true ? (
          <div class="full" key={at}>
            <Component />
          </div>
        ) : (
          <Component key={at} />
        )
      })}
    </>
  )
}
