/** Which offers to talk are made: the person switches each on or off, others can only suggest it (CHK-11, CHK-12). */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { TRIGGERS, type Trigger } from '@alongside/practice/check-in/answers.ts'
import { triggerOn } from '@alongside/practice/check-in/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Checkbox } from '../../components/checkbox/Checkbox.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf } from '../../device/drafts.ts'
import { isPerson, nameIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { t, textFor } from '../../words/t.ts'

const triggerText = (trigger: Trigger): string => textFor(`check-in.trigger.${trigger}`) ?? ''

export function Triggers({ circle: here }: { readonly circle: CircleView }) {
  const failure = useSignal<FailureValue | null>(null)
  const set = async (trigger: Trigger, on: boolean) => {
    failure.value = await act({ type: 'TriggerSet', trigger, on })
  }
  const { suggestions } = here.state.checkIn
  const person = isPerson(here)
  return (
    <Details summary={t('check-in.triggersTitle')}>
      <p>{person ? t('check-in.triggersLead') : t('check-in.triggersLeadOthers')}</p>
      {TRIGGERS.map((trigger) =>
        person ? (
          <Checkbox
            key={trigger}
            id={`trigger-${trigger}`}
            label={triggerText(trigger)}
            checked={triggerOn(here.state, trigger)}
            onChange={(on) => void set(trigger, on)}
          />
        ) : (
          <p key={trigger}>
            {triggerText(trigger)}{' '}
            <span class="tag">{t('check-in.triggerIs', { on: triggerOn(here.state, trigger) ? 'on' : 'off' })}</span>
          </p>
        ),
      )}
      {suggestions.map((one) => (
        <Thread key={one.seq} side={sideIn(here, one.by)} name={nameIn(here, one.by)}>
          <p>
            {t('check-in.suggests', {
              on: one.on ? 'on' : 'off',
              name: nameIn(here, one.by),
              what: triggerText(one.trigger),
            })}
          </p>
          <p class="user-text" dir="auto">
            {one.words}
          </p>
          {person && (
            <Button look="quiet" onPress={() => void set(one.trigger, one.on)}>
              {t('check-in.setIt', { on: one.on ? 'on' : 'off' })}
            </Button>
          )}
        </Thread>
      ))}
      <Failure failure={failure.value} />
      {!person && <Suggest circle={here} />}
    </Details>
  )
}

function Suggest({ circle: here }: { readonly circle: CircleView }) {
  const trigger = useSignal<Trigger | null>(null)
  const words = draftOf(`${here.id} suggest`)
  const failure = useSignal<FailureValue | null>(null)
  const suggest = async () => {
    if (trigger.value === null) return
    const on = !triggerOn(here.state, trigger.value)
    failure.value = await act({ type: 'TriggerSuggested', trigger: trigger.value, on, words: words.value.trim() })
    if (failure.value !== null) return
    trigger.value = null
    words.value = ''
    say(t('check-in.suggested'))
  }
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void suggest()
      }}
    >
      <Choice
        id="suggest-trigger"
        label={t('check-in.suggestWhich')}
        options={TRIGGERS.map((each) => ({ value: each, label: triggerText(each) }))}
        value={trigger.value}
        onChange={(value) => (trigger.value = value)}
      />
      <Field
        id="suggest-words"
        label={t('check-in.suggestWhy')}
        readers={t('check-in.readersAll')}
        value={words.value}
        onInput={(value) => (words.value = value)}
        maxLength={500}
      />
      <Failure failure={failure.value} />
      <Button type="submit" look="quiet">
        {t('check-in.suggest')}
      </Button>
    </form>
  )
}
