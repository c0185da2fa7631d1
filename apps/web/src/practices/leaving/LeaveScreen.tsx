/** Taking a copy, stopping, pausing and ending for the person; announcing, declaring and leaving for everybody else. */
import type { CircleView } from '@alongside/device/api.ts'
import { Card } from '../../components/card/Card.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { circle, device, open } from '../../device/client.ts'
import { isPerson, nameIn, othersIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { t } from '../../words/t.ts'
import { Announced } from './Announced.tsx'
import { Ending, Goodbyes, Pausing } from './Ending.tsx'
import { Kept } from './Kept.tsx'
import { LeavingParts } from './LeavingParts.tsx'
import { PassphraseAct } from './PassphraseAct.tsx'
import { TakeOut } from './TakeOut.tsx'
import { WhatStays } from './WhatStays.tsx'

export function LeaveScreen() {
  const here = circle.value
  if (here === null) return null
  const person = isPerson(here)
  const gone = here.phase === 'left' || here.phase === 'removedMe' || here.phase === 'ended'
  return (
    <>
      <Back href="/more" />
      <h1>{person ? t('leaving.titlePerson') : t('leaving.titleOther')}</h1>
      <p class="measure">{person ? t('leaving.leadPerson') : t('leaving.leadOther')}</p>
      {here.stopping && (
        <Notice kind="now" title={t('leaving.stopsAtRelay')}>
          <p>{t('leaving.stopsHere')}</p>
        </Notice>
      )}
      {gone && (
        <Notice kind="now" title={t('leaving.phase', { phase: here.phase })}>
          {person && <p>{t('leaving.stillReadPerson')}</p>}
          {!person && here.kept.length > 0 && <p>{t('leaving.keptLead')}</p>}
        </Notice>
      )}
      <div class="stack flow">
        {person ? <PersonParts circle={here} /> : gone ? <Kept circle={here} /> : <LeavingParts circle={here} />}
        {(person || !gone) && <WhatStays circle={here} />}
      </div>
    </>
  )
}

function PersonParts({ circle: here }: { readonly circle: CircleView }) {
  const own = open.value?.own ?? null
  const over = here.phase === 'ended'
  const isEnding = here.state.leaving.ending !== null
  return (
    <>
      {isEnding && !over && <Ending circle={here} />}
      {!over && <Announced circle={here} />}
      {here.state.people.rekeyOwedSince !== null && !here.stopping && <NewKeys circle={here} />}
      <Card title={t('leaving.copyTitle')}>
        <p>{t('leaving.copyLead')}</p>
        <TakeOut circle={here.id} id="copy" button={t('leaving.makeCopy')} canSign file="record" />
      </Card>
      {own !== null && (
        <Card title={t('leaving.ownCopyTitle')}>
          <p>{t('leaving.ownCopyLead')}</p>
          <TakeOut circle={own.id} id="own-copy" button={t('leaving.makeOwnCopy')} canSign={false} file="own" />
        </Card>
      )}
      {!over && (
        <>
          {othersIn(here).map((member) => (
            <StopSharing key={member.id} circle={here} member={member.id} />
          ))}
          <Pausing circle={here} />
          {!isEnding && <Ending circle={here} />}
          <Goodbyes circle={here} />
        </>
      )}
    </>
  )
}

/** After somebody left by themselves: nothing new can be written until the person has made new keys (KEY-1). */
function NewKeys({ circle: here }: { readonly circle: CircleView }) {
  const gone = Object.values(here.state.people.members).filter(
    (one) => one.untilSeq === here.state.people.rekeyOwedSince,
  )
  return (
    <Card title={t('leaving.keysOwed')} look="gap">
      {gone.map((one) => (
        <p key={one.id}>{t('leaving.hasLeft', { name: one.name })}</p>
      ))}
      <p>{t('leaving.keysLead')}</p>
      <PassphraseAct
        id="new-keys"
        button={t('leaving.makeKeys')}
        done={t('leaving.keysMade')}
        onGo={async (passphrase) => {
          const made = await device().renewKeys(here.id, passphrase)
          return made.ok ? null : made.error
        }}
      />
    </Card>
  )
}

function StopSharing({ circle: here, member }: { readonly circle: CircleView; readonly member: string }) {
  const name = nameIn(here, member)
  return (
    <Card title={t('leaving.stopWith', { name })}>
      <ul class="plain-list">
        <li>{t('leaving.stopNow', { name })}</li>
        <li>{t('leaving.stopKeeps', { name })}</li>
        <li>{t('leaving.stopTold', { name })}</li>
      </ul>
      <PassphraseAct
        id={`stop-${member}`}
        look="fix"
        button={t('leaving.stopButton', { name })}
        done={t('leaving.stopsHere')}
        onGo={async (passphrase) => {
          const done = await device().remove(here.id, member, passphrase)
          return done.ok ? null : done.error
        }}
      />
    </Card>
  )
}
