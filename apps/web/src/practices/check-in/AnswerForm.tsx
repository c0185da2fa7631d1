/**
 * “How was it between us?”, one question at a time, as domain 3.3 words it: first the small change, then five items
 * with their own answers, then one optional line, then a look over all of it. Everything can be skipped.
 */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { isEmpty, ITEMS, STEPS, type CheckInAnswers, type Item } from '@alongside/practice/check-in/answers.ts'
import { Button } from '../../components/button/Button.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { Icon } from '../../components/icon/Icon.tsx'
import { Listen } from '../../components/listen/Listen.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { focusHeading } from '../../shell/frame/Frame.tsx'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { draftOf, dropDraft, keepDraft, tidy, type Draft } from './draft.ts'
import { answered, answerText, itemName, itemQuestion, MARKS, stepText } from './texts.ts'

const PAGES = ['change', ...ITEMS, 'power', 'check'] as const
type Page = (typeof PAGES)[number]

const isItem = (page: Page): page is Item => (ITEMS as readonly string[]).includes(page)

export interface AnswerFormProps {
  /** Under which the unfinished answers are held. */
  readonly draft: string
  readonly backHref: string
  /** Who will read it, in words, shown beside every question. */
  readonly readers: string
  /** What the last page asks besides: who may see it, or that everybody will. */
  readonly last: (draft: Draft, choose: (change: Partial<Draft>) => void) => ComponentChildren
  readonly keepWords: string
  readonly onKeep: (draft: Draft) => Promise<FailureValue | null>
  /** Stands under every question: the private way out. */
  readonly below?: ComponentChildren
}

export function AnswerForm(props: AnswerFormProps) {
  const failure = useSignal<FailureValue | null>(null)
  const busy = useSignal(false)
  const draft = draftOf(props.draft)
  const page: Page = PAGES[draft.step] ?? 'change'
  const { answers } = draft
  const first = useSignal(true)
  useEffect(() => {
    if (first.peek()) first.value = false
    else focusHeading()
  }, [draft.step])

  const answer = (change: Partial<CheckInAnswers>) =>
    keepDraft(props.draft, { answers: { ...draftOf(props.draft).answers, ...change } })
  const goTo = (step: number) => keepDraft(props.draft, { step: Math.min(Math.max(step, 0), PAGES.length - 1) })
  const skip = () => {
    answer(withoutPage(answers, page))
    goTo(draft.step + 1)
  }
  const keep = async () => {
    if (busy.peek()) return
    busy.value = true
    failure.value = await props.onKeep({ ...draft, answers: tidy(answers) })
    busy.value = false
    if (failure.value === null) dropDraft(props.draft)
  }

  return (
    <>
      {draft.step === 0 ? (
        <Back href={props.backHref} />
      ) : (
        <button type="button" class="btn words back" onClick={() => goTo(draft.step - 1)}>
          <Icon name="back" />
          {t('check-in.previous')}
        </button>
      )}
      <h1>{titleOf(page)}</h1>
      <p class="small soft">{t('check-in.progress', { n: draft.step + 1, of: PAGES.length })}</p>
      {page === 'change' && (
        <div class="stack close measure">
          <p>{t('check-in.lead')}</p>
          <p class="small soft">{t('check-in.status')}</p>
        </div>
      )}
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (page === 'check') void keep()
          else goTo(draft.step + 1)
        }}
      >
        {page === 'change' && <ChangePage answers={answers} answer={answer} readers={props.readers} />}
        {isItem(page) && <ItemPage item={page} answers={answers} answer={answer} readers={props.readers} />}
        {page === 'power' && <PowerPage answers={answers} answer={answer} readers={props.readers} />}
        {page === 'check' && (
          <>
            <Overview answers={tidy(answers)} goTo={(wanted) => goTo(PAGES.indexOf(wanted))} />
            {!isEmpty(tidy(answers)) &&
              props.last({ ...draft, answers: tidy(answers) }, (change) => keepDraft(props.draft, change))}
          </>
        )}
        <Failure failure={failure.value} />
        {page !== 'check' ? (
          <div class="stack near">
            <Button main type="submit">
              {t('check-in.next')}
            </Button>
            <Button look="quiet" onPress={skip}>
              {t('check-in.skip')}
            </Button>
          </div>
        ) : isEmpty(tidy(answers)) ? (
          <p>{t('check-in.allSkipped')}</p>
        ) : (
          <Button main type="submit">
            {props.keepWords}
          </Button>
        )}
      </form>
      {props.below}
    </>
  )
}

interface PageProps {
  readonly answers: CheckInAnswers
  readonly answer: (change: Partial<CheckInAnswers>) => void
  readonly readers: string
}

function ChangePage({ answers, answer, readers }: PageProps) {
  return (
    <>
      <Choice
        id="change"
        big
        label={t('check-in.first')}
        readers={readers}
        options={STEPS.map((step) => ({
          value: step,
          label: step === 'own' ? t('check-in.ownWords') : stepText(step, ''),
        }))}
        value={answers.oneStep}
        onChange={(oneStep) => answer({ oneStep })}
      />
      {answers.oneStep === 'own' && (
        <Field
          id="change-words"
          label={t('check-in.ownWordsLabel')}
          value={answers.oneStepWords}
          onInput={(oneStepWords) => answer({ oneStepWords })}
          maxLength={300}
        />
      )}
    </>
  )
}

const NOTHING = 'nothing'

function ItemPage({ item, answers, answer, readers }: PageProps & { readonly item: Item }) {
  const mark = answers.items[item]
  const isNothing = item === 'choice' && answers.nothingToChoose
  const options = [
    ...MARKS.map((each) => ({ value: String(each), label: answerText(item, each) })),
    ...(item === 'choice' ? [{ value: NOTHING, label: t('check-in.nothingToChoose') }] : []),
  ]
  return (
    <>
      <Choice
        id={`item-${item}`}
        big
        label={itemQuestion(item)}
        readers={readers}
        options={options}
        value={isNothing ? NOTHING : mark === null ? null : String(mark)}
        onChange={(value) => {
          const items = { ...answers.items, [item]: value === NOTHING ? null : Number(value) }
          answer(item === 'choice' ? { items, nothingToChoose: value === NOTHING } : { items })
        }}
      />
      <Listen text={[itemQuestion(item), ...options.map((one) => one.label)].join(' ')} lang={language.value} />
    </>
  )
}

function PowerPage({ answers, answer, readers }: PageProps) {
  return (
    <>
      <TextArea
        id="power"
        label={t('check-in.power')}
        hint={t('check-in.powerHint')}
        readers={readers}
        rows={3}
        maxLength={300}
        value={answers.power}
        onInput={(power) => answer({ power })}
      />
      <Details summary={t('check-in.addLine')} open={answers.line !== ''}>
        <TextArea
          id="line"
          label={t('check-in.line')}
          readers={readers}
          rows={3}
          maxLength={600}
          value={answers.line}
          onInput={(line) => answer({ line })}
        />
      </Details>
    </>
  )
}

/** Everything that was answered, each with a way to change it. */
function Overview({ answers, goTo }: { readonly answers: CheckInAnswers; readonly goTo: (page: Page) => void }) {
  const rows: readonly { page: Page; label: string; value: string }[] = [
    { page: 'change', label: t('check-in.changeAsked'), value: stepText(answers.oneStep, answers.oneStepWords) },
    ...ITEMS.map((item) => ({ page: item, label: itemName(item), value: answered(item, answers) })),
    { page: 'power', label: t('check-in.powerName'), value: answers.power },
    { page: 'power', label: t('check-in.line'), value: answers.line },
  ]
  return (
    <dl class="facts">
      {rows.map(({ page, label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd class="user-text" dir="auto">
            {value === '' ? t('check-in.skipped') : value}
          </dd>
          <dd>
            <button
              type="button"
              class="btn words"
              aria-label={t('check-in.changeLong', { what: label })}
              onClick={() => goTo(page)}
            >
              {t('check-in.change')}
            </button>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function titleOf(page: Page): string {
  if (isItem(page)) return t('check-in.itemTitle', { n: ITEMS.indexOf(page) + 1, name: itemName(page) })
  if (page === 'power') return t('check-in.powerTitle')
  return page === 'check' ? t('check-in.checkTitle') : t('check-in.title')
}

/** The answers with one page left out. */
function withoutPage(answers: CheckInAnswers, page: Page): Partial<CheckInAnswers> {
  if (page === 'change') return { oneStep: null, oneStepWords: '' }
  if (page === 'power') return { power: '', line: '' }
  if (!isItem(page)) return {}
  const items = { ...answers.items, [page]: null }
  return page === 'choice' ? { items, nothingToChoose: false } : { items }
}
