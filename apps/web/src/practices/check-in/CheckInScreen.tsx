/** One meeting, looked back on: the questions while this member has not answered, and then what each side lets be seen. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { ITEMS } from '@alongside/practice/check-in/answers.ts'
import { maySeal, sealedItem, wasThere } from '@alongside/practice/check-in/state.ts'
import { encounterOf, windowOpen, type Encounter } from '@alongside/practice/encounter/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Checkbox } from '../../components/checkbox/Checkbox.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { circle, device } from '../../device/client.ts'
import { isPerson, nameIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { focusHeading } from '../../shell/frame/Frame.tsx'
import { say } from '../../shell/live.ts'
import { go } from '../../shell/route.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { t, textFor } from '../../words/t.ts'
import { whenWords } from '../encounter/when.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { openedOf, topicsIn } from './beside.ts'
import { dropDraft, WHO, type Draft, type Who } from './draft.ts'
import { Looked } from './Looked.tsx'
import { itemName } from './texts.ts'
import './check-in.css'

export function CheckInScreen({ params }: ScreenProps) {
  const failure = useSignal<FailureValue | null>(null)
  const kept = useSignal<Who | 'practitioner' | null>(null)
  const here = circle.value
  if (here === null) return null
  const one = encounterOf(here.state, params['encounter'] ?? '')
  if (one === null || one.status !== 'met' || !wasThere(here.state, one.id, here.me)) return <NotHere one={one} />

  const own = openedOf(here, one.id, here.me)
  if (own === null && mayAnswer(here, one))
    return (
      <Asking
        circle={here}
        encounter={one}
        onKept={(who, failed) => {
          kept.value = who
          failure.value = failed
          focusHeading()
        }}
      />
    )
  return (
    <>
      <Back href="/check-ins">{t('check-in.all')}</Back>
      <h1>{t('check-in.title')}</h1>
      <p class="soft">{whenWords(one)}</p>
      {kept.value !== null && failure.value === null && (
        <Notice kind="done" title={t('check-in.keptTitle')}>
          <p>{t('check-in.kept', { who: kept.value })}</p>
        </Notice>
      )}
      <Failure failure={failure.value} />
      {own === null && !windowOpen(here.state, one.id) && (
        <Notice>
          <p>
            {isPerson(here)
              ? t('check-in.windowOver')
              : t('failure.byRule', { sentence: textFor('check-in.rule.CHK-4') ?? '', rule: 'CHK-4' })}
          </p>
        </Notice>
      )}
      <Looked circle={here} encounter={one} own={own} toTrusted={kept.value === 'trusted'} />
    </>
  )
}

/** Whether answers can still be given: the person at any time until an item of theirs is out, others while the window is open. */
const mayAnswer = (here: CircleView, one: Encounter): boolean =>
  maySeal(here.state, one.id, here.me) && sealedItem(here.state, one.id, here.me) === null

function NotHere({ one }: { readonly one: Encounter | null }) {
  return (
    <>
      <Back href="/check-ins">{t('check-in.all')}</Back>
      <h1>{t('check-in.title')}</h1>
      <Empty title={one === null ? t('check-in.noMeeting') : t('check-in.notMet')}>
        <p>{t('failure.byRule', { sentence: textFor('check-in.rule.CHK-2') ?? '', rule: 'CHK-2' })}</p>
      </Empty>
    </>
  )
}

interface AskingProps {
  readonly circle: CircleView
  readonly encounter: Encounter
  readonly onKept: (who: Who | 'practitioner', failed: FailureValue | null) => void
}

function Asking({ circle: here, encounter, onKept }: AskingProps) {
  const key = `${here.id} ${encounter.id}`
  const person = isPerson(here)
  const name = nameIn(here, here.state.people.person ?? '')

  const keep = async ({ answers, who, topics }: Draft): Promise<FailureValue | null> => {
    const sealed = await device().sealCheckIn(here.id, encounter.id, answers)
    if (!sealed.ok) return sealed.error
    say(t('check-in.keptTitle'))
    if (person && (who === 'topics' || who === 'answers')) {
      const shown = await device().showCheckIn(here.id, encounter.id, who, topics ?? topicsIn(answers))
      onKept(who, shown.ok ? null : shown.error)
    } else onKept(person ? (who ?? 'me') : 'practitioner', null)
    return null
  }
  const unsafe = () => {
    dropDraft(key)
    void device().changeSettings({ asksHowItWas: false })
    go('/safety')
  }
  return (
    <AnswerForm
      draft={key}
      backHref={`/meeting/${encounter.id}`}
      readers={person ? t('check-in.readersYou') : t('check-in.readersPerson', { name })}
      last={(draft, choose) =>
        person ? (
          <WhoMaySee draft={draft} choose={choose} />
        ) : (
          <Notice title={t('check-in.whoTitle')}>
            <p>{t('check-in.practitionerSeal', { name })}</p>
          </Notice>
        )
      }
      keepWords={t('check-in.keep')}
      onKeep={keep}
      below={
        person && (
          <div class="stack close no-print">
            <Button look="words" onPress={unsafe}>
              {t('check-in.unsafe')}
            </Button>
            <p class="small soft">{t('check-in.unsafeHint')}</p>
          </div>
        )
      }
    />
  )
}

interface WhoProps {
  readonly draft: Draft
  readonly choose: (change: Partial<Draft>) => void
}

function WhoMaySee({ draft: { who, answers, topics: chosen }, choose }: WhoProps) {
  const topics = chosen ?? topicsIn(answers)
  return (
    <>
      <Choice
        id="who-may-see"
        big
        label={t('check-in.whoTitle')}
        hint={t('check-in.whoHint')}
        options={WHO.map((each) => ({
          value: each,
          label: textFor(`check-in.who.${each}`) ?? '',
          hint: textFor(`check-in.whoHint.${each}`) ?? '',
        }))}
        value={who}
        onChange={(value) => choose({ who: value })}
      />
      {who === 'topics' && (
        <fieldset class="field">
          <legend>{t('check-in.topicsLegend')}</legend>
          {ITEMS.map((item) => (
            <Checkbox
              key={item}
              id={`topic-${item}`}
              label={itemName(item)}
              checked={topics.includes(item)}
              onChange={(on) => choose({ topics: ITEMS.filter((one) => (one === item ? on : topics.includes(one))) })}
            />
          ))}
        </fieldset>
      )}
      <p class="small soft">{t('check-in.keptForGood')}</p>
    </>
  )
}
