/** The page in a second language: each text of the first beside a field for the other. What is left empty shows in the first. */
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import type { PracticePage } from '@alongside/practice/page/page.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { LANGUAGES } from '../../words/locale.ts'
import { t, textFor } from '../../words/t.ts'
import { sectionTitle } from '../agreement/texts.ts'
import { limitTitle, PARTS, textTitle } from '../meet/shown.ts'
import { change, draft } from './page-draft.ts'
import { aligned, withSecond, type SecondLanguage } from './page-edit.ts'
import { Saved } from './Saved.tsx'

interface Pair {
  readonly id: string
  readonly label: string
  readonly first: string
  readonly read: (two: SecondLanguage) => string
  readonly write: (two: SecondLanguage, text: string) => SecondLanguage
  readonly most: number
}

const LIMIT_TEXTS = ['text', 'first', 'youCan'] as const

const at = <T,>(rows: readonly T[], row: number, value: T): readonly T[] =>
  rows.map((each, index) => (index === row ? value : each))

/** Every text of the page that has words, with where its translation stands. */
function pairsOf(page: PracticePage): readonly Pair[] {
  const limits = page.limits.flatMap((limit, row) =>
    LIMIT_TEXTS.map((name) => ({
      id: `second-limit-${limit.kind}-${name}`,
      label: t('page.secondLimit', { title: limitTitle(limit.kind), part: name }),
      first: limit[name],
      read: (two: SecondLanguage) => two.limits[row]?.[name] ?? '',
      write: (two: SecondLanguage, text: string) => ({
        ...two,
        limits: two.limits.map((each, index) => (index === row ? { ...each, [name]: text } : each)),
      }),
      most: 2000,
    })),
  )
  const texts = PARTS.flatMap(({ texts: names }) =>
    names.map((name) => ({
      id: `second-${name}`,
      label: textTitle(name),
      first: page[name],
      read: (two: SecondLanguage) => two[name],
      write: (two: SecondLanguage, text: string) => ({ ...two, [name]: text }),
      most: 2000,
    })),
  )
  const cost = page.cost.map((line, row) => ({
    id: `second-cost-${line.tier}`,
    label: textFor(`meet.tier.${line.tier}`) ?? '',
    first: line.amount,
    read: (two: SecondLanguage) => two.cost[row] ?? '',
    write: (two: SecondLanguage, text: string) => ({ ...two, cost: at(two.cost, row, text) }),
    most: 200,
  }))
  const offer = page.draft.map((line, row) => ({
    id: `second-offer-${line.section}`,
    label: sectionTitle(line.section),
    first: line.text,
    read: (two: SecondLanguage) => two.draft[row] ?? '',
    write: (two: SecondLanguage, text: string) => ({ ...two, draft: at(two.draft, row, text) }),
    most: 2000,
  }))
  return [...limits, ...texts, ...cost, ...offer].filter((pair) => pair.first.trim() !== '')
}

export function SecondScreen() {
  const page = draft.value
  if (page === null) return null
  const two = page.secondLanguage === null ? null : aligned(page, page.secondLanguage)
  const pairs = pairsOf(page)
  return (
    <>
      <Back href="/page" />
      <div class="stack close">
        <h1>{t('page.second')}</h1>
        <p class="measure">{t('page.secondHelp')}</p>
        <Saved />
      </div>
      <Choice
        id="second-language"
        label={t('page.secondWhich')}
        options={LANGUAGES.filter((each) => each !== page.language).map((each) => ({
          value: each,
          label: t('page.languageName', { language: each }),
        }))}
        value={LANGUAGES.find((each) => each === two?.language) ?? null}
        onChange={(to) => change((now) => withSecond(now, to))}
      />
      {two !== null && pairs.length === 0 && <p class="soft">{t('page.secondNothing')}</p>}
      {two !== null &&
        pairs.map((pair) => (
          <div key={pair.id} class="stack close">
            <TextArea
              id={pair.id}
              label={pair.label}
              hint={pair.first}
              value={pair.read(two)}
              onInput={(text) =>
                change((now) => {
                  const beside = now.secondLanguage
                  return beside === null ? now : { ...now, secondLanguage: pair.write(aligned(now, beside), text) }
                })
              }
              rows={3}
              maxLength={pair.most}
            />
          </div>
        ))}
      <LinkButton href="/page" main>
        {t('page.backToParts')}
      </LinkButton>
      {two !== null && (
        <Button look="words" onPress={() => change((now) => withSecond(now, null))}>
          {t('page.secondOff')}
        </Button>
      )}
    </>
  )
}
