/** The agreement: fifteen sections, each line with both marks, and what can be said about it from here. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { allLines, neededFor, sideBySide, waitingFor, type Line } from '@alongside/practice/agreement/state.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { SideBySide } from '../../components/side-by-side/SideBySide.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { isPerson, nameIn, othersIn, sideIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { complaintIn } from './complaint.ts'
import { FloorDetails } from './Floor.tsx'
import { lineText, SECTION_NUMBERS, sectionTitle } from './texts.ts'
import './agreement.css'

const CURRENT: readonly Line['status'][] = ['proposed', 'live', 'underReview']

export function AgreementScreen() {
  const here = circle.value
  if (here === null) return null
  const lines = allLines(here.state)
  const past = lines.filter((line) => !CURRENT.includes(line.status))
  return (
    <>
      <Back href="/plan" />
      <h1>{t('agreement.title')}</h1>
      <p class="measure">{t('agreement.lead')}</p>
      <div class="stack two wide-first">
        <div class="stack close side">
          <Notice title={t('agreement.yoursAlready')}>
            <p>{t('agreement.noYesNeeded')}</p>
          </Notice>
          <FloorDetails complaint={complaintIn(here)} />
        </div>
        <div class="stack near clauses">
          {SECTION_NUMBERS.map((section) => (
            <Section
              key={section}
              circle={here}
              section={section}
              lines={lines.filter((line) => line.section === section && CURRENT.includes(line.status))}
            />
          ))}
          <p class="soft">{t('agreement.staysOff')}</p>
          {past.length > 0 && (
            <Details summary={t('agreement.history', { n: past.length })}>
              <ul class="stack">
                {past.map((line) => (
                  <li key={line.id}>
                    <Thread side={sideIn(here, line.author)} name={nameIn(here, line.author)}>
                      <p class="user-text" dir="auto">
                        {lineText(line)}
                      </p>
                      <p class="small soft">
                        {t('agreement.pastLine', { section: sectionTitle(line.section), status: line.status })}
                      </p>
                    </Thread>
                  </li>
                ))}
              </ul>
            </Details>
          )}
          <div class="acts no-print">
            <Button look="quiet" icon="print" onPress={() => window.print()}>
              {t('agreement.print')}
            </Button>
          </div>
        </div>
      </div>
    </>
  )
}

function Section(props: { readonly circle: CircleView; readonly section: number; readonly lines: readonly Line[] }) {
  const { section, lines } = props
  const title = t('agreement.sectionTitle', { n: section, title: sectionTitle(section) })
  return (
    <Card title={title}>
      {lines.length === 0 && <p class="soft">{t('agreement.nothingYet')}</p>}
      {lines.map((line) => (
        <LineView key={line.id} circle={props.circle} line={line} />
      ))}
      <a
        class="btn words no-print"
        href={`/plan/agreement/new/${section}`}
        aria-label={t('agreement.offerLineIn', { title: sectionTitle(section) })}
      >
        {t('agreement.offerLine')}
      </a>
    </Card>
  )
}

function LineView({ circle: here, line }: { readonly circle: CircleView; readonly line: Line }) {
  const failure = useSignal<FailureValue | null>(null)
  const { old } = sideBySide(here.state, line)
  const waiting = waitingFor(here.state, line)
  const mine = waiting.includes(here.me)
  const other = othersIn(here)[0]
  const move = async (type: 'LineAccepted' | 'LineDeclined' | 'LinePutOff', done: string) => {
    failure.value = await act({ type, line: line.id })
    if (failure.value === null) say(done)
  }
  return (
    <article class="line">
      <Thread side={sideIn(here, line.author)} name={nameIn(here, line.author)}>
        {old !== null && line.status === 'proposed' ? (
          <SideBySide
            before={lineText(old)}
            after={lineText(line)}
            beforeTitle={t('agreement.now')}
            afterTitle={t('agreement.offered')}
          />
        ) : (
          <p class="user-text" dir="auto" lang={line.ready === null ? line.language : undefined}>
            {lineText(line)}
          </p>
        )}
      </Thread>
      <ul class="row">
        {neededFor(here.state, line).map((member) => {
          const yes = line.yes.some((one) => one.member === member)
          const name = nameIn(here, member)
          return (
            <li key={member} class={yes ? 'tag agreed' : 'tag'}>
              {yes ? t('agreement.saidYes', { name }) : t('agreement.noWordFrom', { name })}
            </li>
          )
        })}
      </ul>
      <p>
        <strong>{t('agreement.statusWord', { status: line.status })}</strong>
      </p>
      <p class="small">
        {line.refusable ? t('agreement.canRefuse') : t('agreement.cannotRefuse')}{' '}
        {line.why !== '' && (
          <span dir="auto" class="user-text">
            {line.why}
          </span>
        )}
      </p>
      {line.review !== null && <p class="small soft">{t('agreement.reviewOn', { day: formatDay(line.review) })}</p>}
      {line.author === here.me && (
        <StatusWord reached={reachedOf(here.sync, line.seq, other?.id ?? null, other?.name ?? '')} />
      )}
      <Failure failure={failure.value} />
      <div class="acts no-print">
        {mine && (
          <Button look="quiet" onPress={() => void move('LineAccepted', t('agreement.youSaidYes'))}>
            {t('agreement.yes')}
          </Button>
        )}
        {line.status === 'proposed' && (mine || line.author === here.me) && (
          <Button look="quiet" onPress={() => void move('LineDeclined', t('agreement.leftOff'))}>
            {line.author === here.me ? t('agreement.takeBack') : t('agreement.leaveOff')}
          </Button>
        )}
        {line.status === 'live' && (
          <Button look="quiet" onPress={() => void move('LinePutOff', t('agreement.leftOff'))}>
            {isPerson(here) ? t('agreement.takeOut') : t('agreement.pauseLine')}
          </Button>
        )}
      </div>
      <div class="no-print">
        <LinkButton look="words" href={`/plan/agreement/change/${line.id}`}>
          {t('agreement.suggestChange')}
        </LinkButton>
      </div>
    </article>
  )
}
