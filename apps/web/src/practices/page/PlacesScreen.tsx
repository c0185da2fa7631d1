/** Places: one link is one place for one person. Opening one, and what became of each. */
import { useSignal } from '@preact/signals'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Field } from '../../components/field/Field.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { TaskList } from '../../components/task-list/TaskList.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { go } from '../../shell/route.ts'
import { t } from '../../words/t.ts'
import { blanksLeft, hrefOf, missingIn, ruleOf, ruleText } from './gaps.ts'
import { draft, flush } from './page-draft.ts'
import { isOver, numberedPlaces, placeNote, placeTitle, type NumberedPlace } from './places.ts'

const tasks = (places: readonly NumberedPlace[]) =>
  places.map((each) => ({ href: `/places/${each.place.id}`, title: placeTitle(each), note: placeNote(each.place) }))

export function PlacesScreen() {
  const page = draft.value
  if (page === null) return null
  const all = numberedPlaces()
  const current = all.filter(({ place }) => !isOver(place))
  const past = all.filter(({ place }) => isOver(place))
  const missing = missingIn(page)
  return (
    <>
      <Back href="/page">{t('page.title')}</Back>
      <div class="stack close">
        <h1>{t('page.places')}</h1>
        <p class="measure">{t('page.placesLead')}</p>
      </div>
      {missing.length > 0 ? (
        <Notice kind="now" title={t('page.missingTitle', { n: missing.length })}>
          <ul class="plain-list">
            {missing.map((field) => (
              <li key={field}>
                <a href={hrefOf(field)}>{ruleText(ruleOf(field))}</a>
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <>
          {blanksLeft(page) && (
            <Notice>
              <p>
                <a href="/page">{t('page.blanksLeft')}</a>
              </p>
            </Notice>
          )}
          <OpenPlace />
        </>
      )}
      {current.length === 0 ? (
        <Empty title={t('page.noPlaces')}>
          <p>{t('page.noPlacesHelp')}</p>
        </Empty>
      ) : (
        <Card title={t('page.placesNow')}>
          <TaskList tasks={tasks(current)} />
        </Card>
      )}
      {past.length > 0 && (
        <Details summary={t('page.placesPast', { n: past.length })}>
          <TaskList tasks={tasks(past)} />
        </Details>
      )}
    </>
  )
}

function OpenPlace() {
  const needsCode = useSignal(false)
  const code = useSignal('')
  const busy = useSignal(false)
  const failure = useSignal<FailureValue | null>(null)
  const openPlace = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    failure.value = null
    await flush()
    const made = await device().openPlace({ code: code.value.trim() === '' ? null : code.value.trim() })
    busy.value = false
    if (made.ok) {
      go(`/places/${made.value.place}`)
      return
    }
    needsCode.value ||= made.error.type === 'CodeNeeded'
    failure.value = made.error
  }
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void openPlace()
      }}
    >
      {needsCode.value && (
        <Field
          id="relay-code"
          label={t('page.relayCode')}
          hint={t('page.relayCodeHint')}
          value={code.value}
          onInput={(value) => {
            code.value = value
          }}
          dir="ltr"
        />
      )}
      <Failure failure={failure.value} />
      <Button type="submit" main icon="add">
        {busy.value ? t('page.opening') : t('page.openPlace')}
      </Button>
    </form>
  )
}
