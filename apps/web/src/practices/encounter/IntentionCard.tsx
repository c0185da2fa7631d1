/** One small act for this meeting, chosen before it by each who wants to. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { ACTS, type Act } from '@alongside/practice/encounter/events.ts'
import { intentionOf, type Encounter } from '@alongside/practice/encounter/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { draftOf, forgetDrafts } from '../../device/drafts.ts'
import { nameIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { t, textFor } from '../../words/t.ts'

const actWords = (chosen: Act, words: string): string =>
  chosen === 'own' ? words : (textFor(`encounter.act.${chosen}`) ?? chosen)

export function IntentionCard({ circle, encounter }: { readonly circle: CircleView; readonly encounter: Encounter }) {
  const mine = intentionOf(circle.state, encounter.id, circle.me)
  const chosen = useSignal<Act | null>(mine?.act ?? null)
  const key = `${circle.id}/intention.${encounter.id}`
  const words = draftOf(key, mine?.words ?? '')
  const fault = useSignal<string | undefined>(undefined)
  const failure = useSignal<FailureValue | null>(null)
  const save = async () => {
    if (chosen.value === null || (chosen.value === 'own' && words.value.trim() === '')) {
      fault.value = t('encounter.intentionEmpty')
      return
    }
    fault.value = undefined
    failure.value = await act({
      type: 'IntentionChosen',
      encounter: encounter.id,
      act: chosen.value,
      words: chosen.value === 'own' ? words.value.trim() : '',
    })
    if (failure.value !== null) return
    forgetDrafts(key)
    say(t('encounter.intentionSaved'))
  }
  return (
    <Card title={t('encounter.intentionTitle')}>
      {encounter.intentions.map((one) => (
        <Thread key={one.member} side={sideIn(circle, one.member)} name={nameIn(circle, one.member)}>
          <p dir="auto">{actWords(one.act, one.words)}</p>
        </Thread>
      ))}
      {encounter.status === 'planned' && (
        <Details summary={mine === null ? t('encounter.intentionChoose') : t('encounter.intentionChange')}>
          <form
            class="stack"
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
          >
            <Choice
              id="intention"
              label={t('encounter.intentionLabel')}
              hint={t('encounter.intentionHint')}
              error={fault.value}
              options={ACTS.map((each) => ({ value: each, label: textFor(`encounter.act.${each}`) ?? each }))}
              value={chosen.value}
              onChange={(value) => (chosen.value = value)}
            />
            {chosen.value === 'own' && (
              <Field
                id="intention-words"
                label={t('encounter.intentionWords')}
                value={words.value}
                onInput={(value) => (words.value = value)}
                maxLength={300}
              />
            )}
            <Failure failure={failure.value} />
            <Button type="submit">{t('encounter.intentionSave')}</Button>
          </form>
        </Details>
      )}
    </Card>
  )
}
