/** One line of the draft agreement: ready text as it is (so it shows in the person's language), or own words. */
import { DRAFT_ASKS, type DraftLine } from '@alongside/practice/page/page.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Field } from '../../components/field/Field.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import { go } from '../../shell/route.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { t } from '../../words/t.ts'
import { isWhole, READY_VERSION, readyText, SECTION_NUMBERS, sectionTitle } from '../agreement/texts.ts'
import { change, draft } from './page-draft.ts'
import { hasBlanks, offerRow, withoutOffer, withOffer } from './page-edit.ts'
import { Saved } from './Saved.tsx'

/** Power, limits and the lines nobody crosses: saying no to these is not free. Elsewhere the practitioner changes it by hand. */
const COSTS: readonly number[] = [4, 5, 12]

export function OfferLineScreen({ params }: ScreenProps) {
  const page = draft.value
  const section = SECTION_NUMBERS.find((each) => String(each) === params['section'])
  if (page === null || section === undefined) return null
  const line = page.draft[offerRow(page, section)]
  const ready = readyText(section)
  const fresh: DraftLine = {
    section,
    text: '',
    asks: 'both',
    refusable: !COSTS.includes(section),
    why: '',
    ready: null,
  }
  const set = (part: Partial<DraftLine>): void =>
    change((now) => withOffer(now, { ...(now.draft[offerRow(now, section)] ?? fresh), ...part }))
  const asReady = { text: '', ready: { id: `agreement.ready.${section}`, version: READY_VERSION } }
  const shown = line === undefined ? '' : line.ready === null ? line.text : ready
  const write = (text: string): void => set(text === ready && isWhole(ready) ? asReady : { text, ready: null })
  return (
    <>
      <Back href="/page/offer" />
      <div class="stack close">
        <h1>{sectionTitle(section)}</h1>
        <p class="measure">{t('page.offerLineHelp')}</p>
        <Saved />
      </div>
      {line === undefined ? (
        <>
          <div class="card">
            <p class="user-text measure">{ready}</p>
          </div>
          <div class="acts">
            <Button onPress={() => write(ready)}>{isWhole(ready) ? t('page.offerAsIs') : t('page.offerFill')}</Button>
            <Button look="quiet" onPress={() => set({ text: '' })}>
              {t('page.offerOwn')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <TextArea
            id="offer-text"
            label={t('page.offerText')}
            hint={hasBlanks(shown) ? t('page.fillBlanks') : line.ready === null ? undefined : t('page.offerReadyHint')}
            value={shown}
            onInput={write}
            rows={6}
            maxLength={2000}
          />
          <Choice
            id="offer-asks"
            label={t('page.offerAsks')}
            options={DRAFT_ASKS.map((asks) => ({ value: asks, label: t('page.offerAsksWhom', { asks }) }))}
            value={line.asks}
            onChange={(asks) => set({ asks })}
          />
          <Choice
            id="offer-refusable"
            label={t('page.offerRefusable')}
            options={[
              { value: 'yes', label: t('page.offerRefusableYes') },
              { value: 'no', label: t('page.offerRefusableNo') },
            ]}
            value={line.refusable ? 'yes' : 'no'}
            onChange={(value) => set({ refusable: value === 'yes' })}
          />
          <Field
            id="offer-why"
            label={t('page.offerWhy')}
            value={line.why}
            onInput={(why) => set({ why })}
            maxLength={1000}
          />
          <LinkButton href="/page/offer" main>
            {t('page.backToOffer')}
          </LinkButton>
          <Button
            look="words"
            onPress={() => {
              change((now) => withoutOffer(now, section))
              go('/page/offer')
            }}
          >
            {t('page.offerOff')}
          </Button>
        </>
      )}
    </>
  )
}
