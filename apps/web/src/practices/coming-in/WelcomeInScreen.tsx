/** The first screen inside a circle: what is the person's already, who is on the way, a way back, and comparing the phrase. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { reachedText, reachedOf } from '../../components/status-word/StatusWord.tsx'
import { ThreadMark } from '../../components/thread-mark/ThreadMark.tsx'
import { circle } from '../../device/client.ts'
import { isPerson, nameIn, othersIn, sideIn } from '../../device/people.ts'
import { formatList } from '../../words/format.ts'
import { t } from '../../words/t.ts'
import { complaintIn } from '../agreement/complaint.ts'
import { PersonFloor } from '../agreement/Floor.tsx'
import '../agreement/agreement.css'
import { CheckedWord } from './CheckedWord.tsx'
import './coming-in.css'

export function WelcomeInScreen() {
  const here = circle.value
  if (here === null) {
    return (
      <>
        <h1>{t('coming-in.title')}</h1>
        <Empty title={t('coming-in.noCircle')}>
          <LinkButton href="/">{t('shell.toToday')}</LinkButton>
        </Empty>
      </>
    )
  }
  const mine = isPerson(here)
  const name = nameIn(here, here.me)
  const others = othersIn(here).map((member) => member.name)
  return (
    <>
      <Card look="strong">
        <h1>{mine ? t('coming-in.youAreIn', { name }) : t('coming-in.theySaidYes', { names: formatList(others) })}</h1>
        <p class="measure">{mine ? t('coming-in.itIsYours') : t('coming-in.itIsTheirs')}</p>
        <p class="small">{reachedText(reachedOf(here.sync, here.sync.head + here.sync.waiting, null, ''))}</p>
      </Card>
      {mine && (
        <Card title={t('agreement.yoursAlready')}>
          <PersonFloor complaint={complaintIn(here)} />
        </Card>
      )}
      <OthersCard here={here} />
      <WayBackCard here={here} />
      <LinkButton href="/" main>
        {t('shell.toToday')}
      </LinkButton>
    </>
  )
}

function OthersCard({ here }: { readonly here: CircleView }) {
  const others = othersIn(here)
  if (others.length === 0) {
    return (
      <Card title={t('coming-in.whoIsHere')}>
        <p class="measure">{t('coming-in.onTheWay')}</p>
      </Card>
    )
  }
  return (
    <Card title={t('coming-in.compareCard')}>
      <p class="measure">{t('coming-in.compareWhy')}</p>
      {others.map((member) => (
        <div key={member.id} class="stack close">
          <ThreadMark side={sideIn(here, member.id)} name={member.name} />
          {(here.safety[member.id] ?? null) === null ? (
            <p class="state">{t('coming-in.notYetTitle', { name: member.name })}</p>
          ) : (
            <CheckedWord circle={here} member={member.id} />
          )}
          <LinkButton href={`/compare/${member.id}`} look="quiet">
            {t('coming-in.compareWith', { name: member.name })}
          </LinkButton>
        </div>
      ))}
    </Card>
  )
}

function WayBackCard({ here }: { readonly here: CircleView }) {
  const later = useSignal(false)
  if (here.wayBack === 'made') {
    return (
      <Card title={t('coming-in.wayBack')}>
        <p>{t('coming-in.wayBackMade')}</p>
      </Card>
    )
  }
  return (
    <Card title={t('coming-in.onlyKey')}>
      <p class="measure">{t('coming-in.onlyKeyHelp')}</p>
      {later.value ? (
        <p role="status">{t('coming-in.laterHelp')}</p>
      ) : (
        <div class="acts">
          <LinkButton href="/way-back" look="quiet">
            {t('coming-in.makeWayBack')}
          </LinkButton>
          <Button
            look="quiet"
            onPress={() => {
              later.value = true
            }}
          >
            {t('coming-in.notNow')}
          </Button>
        </div>
      )}
    </Card>
  )
}
