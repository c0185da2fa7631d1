/** One part of the page: one to four texts, each with ready words to start from. */
import { LinkButton } from '../../components/button/Button.tsx'
import { Back } from '../../shell/frame/Back.tsx'
import type { ScreenProps } from '../../shell/screen.ts'
import { t, textFor } from '../../words/t.ts'
import { PARTS, partTitle, textTitle, type TextName } from '../meet/shown.ts'
import { missingIn, ruleOf, ruleText } from './gaps.ts'
import { change, draft } from './page-draft.ts'
import { ReadyText } from './ReadyText.tsx'
import { Saved } from './Saved.tsx'

const LONG: readonly TextName[] = ['place', 'how', 'why', 'who', 'what', 'controls', 'cannotMove']

export function PartScreen({ params }: ScreenProps) {
  const page = draft.value
  const found = PARTS.find((each) => each.part === params['part'])
  if (page === null || found === undefined) return <Unknown />
  const { part, texts } = found
  const names: readonly TextName[] = texts
  const missing = missingIn(page).filter(
    (field) => (field === 'power' && part === 'power') || (field === 'whoseSide' && part === 'side'),
  )
  return (
    <>
      <Back href="/page" />
      <div class="stack close">
        <h1>{partTitle(part)}</h1>
        <p class="measure">{textFor(`page.help.${part}`)}</p>
        <Saved />
        {missing.map((field) => (
          <p key={field} class="small soft">
            {ruleText(ruleOf(field))}
          </p>
        ))}
      </div>
      {names.map((name) => (
        <ReadyText
          key={name}
          id={`page-${name}`}
          label={textTitle(name)}
          hint={textFor(`page.hint.${name}`)}
          ready={textFor(`page.ready.${name}`) ?? ''}
          value={page[name]}
          onInput={(text) => change((now) => ({ ...now, [name]: text }))}
          maxLength={LONG.includes(name) ? 4000 : 2000}
          rows={names.length === 1 ? 8 : 4}
        />
      ))}
      <LinkButton href="/page" main>
        {t('page.backToParts')}
      </LinkButton>
    </>
  )
}

function Unknown() {
  return (
    <>
      <Back href="/page" />
      <h1>{t('shell.notFound.title')}</h1>
    </>
  )
}
