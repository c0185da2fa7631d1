/** What can be said in a choice: a way more, how I see a way, taking one, undoing it, looking again. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { CircleView } from '@alongside/device/api.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import type { Choice, Way } from '@alongside/practice/ways/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { act, newId, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'

interface InChoice {
  readonly circle: CircleView
  readonly choice: Choice
}

interface OnWay extends InChoice {
  readonly way: Way
}

const MOST = 1000
const dayOrNull = (value: string): string | null => (value === '' ? null : value)

interface SayFormProps {
  readonly button: string
  /** Drafts that are let go when it is said. */
  readonly drafts: string
  /** What to say; null when something is missing, which the fields then show. */
  readonly event: () => PracticeEvent | null
  readonly done: string
  readonly children: ComponentChildren
}

function SayForm({ button, drafts, event, done, children }: SayFormProps) {
  const failure = useSignal<FailureValue | null>(null)
  const submit = async () => {
    const made = event()
    if (made === null) return
    failure.value = await act(made)
    if (failure.value !== null) return
    forgetDrafts(drafts)
    say(done)
  }
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault()
        void submit()
      }}
    >
      {children}
      <Failure failure={failure.value} />
      <Button type="submit" look="quiet">
        {button}
      </Button>
    </form>
  )
}

export function AddWay({ circle, choice }: InChoice) {
  const key = `${circle.id}/ways.way.${choice.id}`
  const text = draftOf(key)
  const fault = useSignal<string | undefined>(undefined)
  return (
    <SayForm
      button={t('ways.addWay')}
      drafts={key}
      done={t('ways.wayAdded')}
      event={() => {
        fault.value = text.value.trim() === '' ? t('ways.needsWay') : undefined
        if (fault.value !== undefined) return null
        return { type: 'WayAdded', choice: choice.id, way: newId(), text: text.value.trim(), notNow: false }
      }}
    >
      <TextArea
        id="way-text"
        label={t('ways.wayLabel')}
        error={fault.value}
        value={text.value}
        onInput={(value) => (text.value = value)}
        rows={2}
        maxLength={MOST}
      />
    </SayForm>
  )
}

export function AddNotNow({ choice }: { readonly choice: Choice }) {
  const failure = useSignal<FailureValue | null>(null)
  const add = async () => {
    failure.value = await act({
      type: 'WayAdded',
      choice: choice.id,
      way: newId(),
      text: t('ways.notNow'),
      notNow: true,
    })
  }
  return (
    <>
      <Failure failure={failure.value} />
      <Button look="quiet" icon="add" onPress={() => void add()}>
        {t('ways.addNotNow')}
      </Button>
    </>
  )
}

export function WeighForm({ circle, choice, way }: OnWay) {
  const key = `${circle.id}/ways.weigh.${way.id}`
  const mine = way.weighings[circle.me]
  const good = draftOf(`${key}/good`, mine?.good ?? '')
  const hard = draftOf(`${key}/hard`, mine?.hard ?? '')
  const unknown = draftOf(`${key}/unknown`, mine?.unknown ?? '')
  const fault = useSignal<string | undefined>(undefined)
  const fields = [
    { part: 'good', text: good },
    { part: 'hard', text: hard },
    { part: 'unknown', text: unknown },
  ] as const
  return (
    <SayForm
      button={t('ways.saveWeigh')}
      drafts={key}
      done={t('ways.weighed')}
      event={() => {
        const nothing = fields.every(({ text }) => text.value.trim() === '')
        fault.value = nothing ? t('ways.needsWeighing') : undefined
        if (nothing) return null
        return {
          type: 'WayWeighed',
          choice: choice.id,
          way: way.id,
          good: good.value.trim(),
          hard: hard.value.trim(),
          unknown: unknown.value.trim(),
        }
      }}
    >
      {fields.map(({ part, text }, at) => (
        <TextArea
          key={part}
          id={`${part}-${way.id}`}
          label={t('ways.part', { part })}
          error={at === 0 ? fault.value : undefined}
          value={text.value}
          onInput={(value) => (text.value = value)}
          rows={2}
          maxLength={MOST}
        />
      ))}
    </SayForm>
  )
}

export function TakeForm({ circle, choice, way }: OnWay) {
  const key = `${circle.id}/ways.take.${way.id}`
  const undo = draftOf(`${key}/undo`)
  const look = draftOf(`${key}/look`)
  return (
    <SayForm
      button={t('ways.takeIt')}
      drafts={key}
      done={t('ways.taken')}
      event={() => ({
        type: 'ChoiceMade',
        choice: choice.id,
        way: way.id,
        undo: undo.value.trim(),
        lookAgain: dayOrNull(look.value),
      })}
    >
      {choice.whose.length > 1 && <p>{t('ways.allTake')}</p>}
      <TextArea
        id={`undo-${way.id}`}
        label={t('ways.undoLabel')}
        hint={t('ways.undoHint')}
        value={undo.value}
        onInput={(value) => (undo.value = value)}
        rows={2}
        maxLength={MOST}
      />
      <DateField
        id={`look-${way.id}`}
        label={t('ways.lookLabel')}
        value={look.value}
        onInput={(value) => (look.value = value)}
      />
    </SayForm>
  )
}

export function UndoForm({ circle, choice }: InChoice) {
  const key = `${circle.id}/ways.undo.${choice.id}`
  const why = draftOf(key)
  return (
    <SayForm
      button={t('ways.undoIt')}
      drafts={key}
      done={t('ways.undone')}
      event={() => ({ type: 'ChoiceUndone', choice: choice.id, why: why.value.trim() })}
    >
      <TextArea
        id="undo-why"
        label={t('ways.undoWhy')}
        hint={t('ways.undoWhyHint')}
        value={why.value}
        onInput={(value) => (why.value = value)}
        rows={2}
        maxLength={MOST}
      />
    </SayForm>
  )
}

export function LookAgainForm({ circle, choice }: InChoice) {
  const key = `${circle.id}/ways.look.${choice.id}`
  const words = draftOf(`${key}/words`)
  const look = draftOf(`${key}/day`)
  return (
    <SayForm
      button={t('ways.letStand')}
      drafts={key}
      done={t('ways.looked')}
      event={() => ({
        type: 'ChoiceLookedAgain',
        choice: choice.id,
        words: words.value.trim(),
        lookAgain: dayOrNull(look.value),
      })}
    >
      <TextArea
        id="look-words"
        label={t('ways.lookWords')}
        value={words.value}
        onInput={(value) => (words.value = value)}
        rows={2}
        maxLength={MOST}
      />
      <DateField
        id="look-day"
        label={t('ways.lookNext')}
        value={look.value}
        onInput={(value) => (look.value = value)}
      />
    </SayForm>
  )
}
