/** What can be said about a promise: kept, missed and owned, changed, let go by its owner; seen differently by others. */
import type { Signal } from '@preact/signals'
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { CircleView } from '@alongside/device/api.ts'
import type { Commitment } from '@alongside/practice/commitment/state.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { Button } from '../../components/button/Button.tsx'
import { DateField } from '../../components/date-field/DateField.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'

interface OnPromise {
  readonly circle: CircleView
  readonly promise: Commitment
}

const keyOf = (circle: CircleView, promise: Commitment, form: string): string =>
  `${circle.id}/commitment.${form}.${promise.id}`

const dayOrNull = (value: string): string | null => (value === '' ? null : value)

/** Says an event; clears the form's drafts when it is saved here. */
function useSaying(draftKey: string | null) {
  const failure = useSignal<FailureValue | null>(null)
  const saying = async (event: PracticeEvent, done: string) => {
    failure.value = await act(event)
    if (failure.value !== null) return
    if (draftKey !== null) forgetDrafts(draftKey)
    say(done)
  }
  return { failure, saying }
}

interface FormProps {
  readonly button: string
  readonly failure: FailureValue | null
  readonly onSubmit: () => void
  readonly children: ComponentChildren
}

function Form({ button, failure, onSubmit, children }: FormProps) {
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      <Failure failure={failure} />
      <Button type="submit">{button}</Button>
    </form>
  )
}

/** A field that must say something; gives whether it does, and says so beside it when not. */
function useFilled(text: Signal<string>, message: string) {
  const fault = useSignal<string | undefined>(undefined)
  const filled = (): boolean => {
    fault.value = text.value.trim() === '' ? message : undefined
    return fault.value === undefined
  }
  return { fault, filled }
}

export function KeepForm({ promise }: { readonly promise: Commitment }) {
  const { failure, saying } = useSaying(null)
  return (
    <>
      <Failure failure={failure.value} />
      <Button main onPress={() => void saying({ type: 'PromiseKept', promise: promise.id }, t('commitment.savedKept'))}>
        {t('commitment.kept')}
      </Button>
    </>
  )
}

export function OwnForm({ circle, promise }: OnPromise) {
  const key = keyOf(circle, promise, 'own')
  const words = draftOf(`${key}/words`)
  const due = draftOf(`${key}/due`)
  const { failure, saying } = useSaying(key)
  const { fault, filled } = useFilled(words, t('commitment.ownNeedsWords'))
  return (
    <Form
      button={t('commitment.ownIt')}
      failure={failure.value}
      onSubmit={() => {
        if (filled())
          void saying(
            { type: 'PromiseOwned', promise: promise.id, words: words.value.trim(), due: dayOrNull(due.value) },
            t('commitment.savedOwned'),
          )
      }}
    >
      <TextArea
        id="own-words"
        label={t('commitment.ownLabel')}
        hint={t('commitment.ownHint')}
        error={fault.value}
        value={words.value}
        onInput={(value) => (words.value = value)}
        rows={3}
        maxLength={2000}
        required
      />
      <DateField
        id="own-due"
        label={t('commitment.ownDue')}
        hint={t('commitment.ownDueHint')}
        value={due.value}
        onInput={(value) => (due.value = value)}
      />
    </Form>
  )
}

export function ChangeForm({ circle, promise }: OnPromise) {
  const key = keyOf(circle, promise, 'change')
  const text = draftOf(`${key}/text`, promise.text)
  const due = draftOf(`${key}/due`, promise.due ?? '')
  const why = draftOf(`${key}/why`)
  const { failure, saying } = useSaying(key)
  const { fault, filled } = useFilled(text, t('commitment.needsWords'))
  return (
    <Form
      button={t('commitment.changeIt')}
      failure={failure.value}
      onSubmit={() => {
        if (filled())
          void saying(
            {
              type: 'PromiseChanged',
              promise: promise.id,
              text: text.value.trim(),
              due: dayOrNull(due.value),
              why: why.value.trim(),
            },
            t('commitment.savedChanged'),
          )
      }}
    >
      <p class="hint">{t('commitment.changeHint')}</p>
      <TextArea
        id="change-text"
        label={t('commitment.textLabel')}
        error={fault.value}
        value={text.value}
        onInput={(value) => (text.value = value)}
        rows={3}
        maxLength={2000}
        required
      />
      <DateField
        id="change-due"
        label={t('commitment.dueLabel')}
        hint={t('commitment.dueHint')}
        value={due.value}
        onInput={(value) => (due.value = value)}
      />
      <TextArea
        id="change-why"
        label={t('commitment.whyLabel')}
        value={why.value}
        onInput={(value) => (why.value = value)}
        rows={2}
        maxLength={2000}
      />
    </Form>
  )
}

export function LetGoForm({ circle, promise }: OnPromise) {
  const key = keyOf(circle, promise, 'letGo')
  const why = draftOf(`${key}/why`)
  const { failure, saying } = useSaying(key)
  return (
    <Form
      button={t('commitment.letItGo')}
      failure={failure.value}
      onSubmit={() =>
        void saying({ type: 'PromiseLetGo', promise: promise.id, why: why.value.trim() }, t('commitment.savedLetGo'))
      }
    >
      <TextArea
        id="let-go-why"
        label={t('commitment.whyLabel')}
        hint={t('commitment.letGoHint')}
        value={why.value}
        onInput={(value) => (why.value = value)}
        rows={2}
        maxLength={2000}
      />
    </Form>
  )
}

export function SeeDifferentlyForm({ circle, promise }: OnPromise) {
  const key = keyOf(circle, promise, 'differ')
  const words = draftOf(`${key}/words`, promise.differing[circle.me]?.words ?? '')
  const { failure, saying } = useSaying(key)
  const { fault, filled } = useFilled(words, t('commitment.differNeedsWords'))
  return (
    <Form
      button={t('commitment.saveDiffer')}
      failure={failure.value}
      onSubmit={() => {
        if (filled())
          void saying(
            { type: 'PromiseSeenDifferently', promise: promise.id, words: words.value.trim() },
            t('commitment.savedDiffer'),
          )
      }}
    >
      <TextArea
        id="differ-words"
        label={t('commitment.differLabel')}
        hint={t('commitment.differHint')}
        error={fault.value}
        value={words.value}
        onInput={(value) => (words.value = value)}
        rows={3}
        maxLength={2000}
        required
      />
    </Form>
  )
}
