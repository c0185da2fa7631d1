/** Who is here, how each was checked, what each can see; what was set aside and why; and what does not fit, if anything. */
import type { CircleView } from '@alongside/device/api.ts'
import type { Member } from '@alongside/practice/people/state.ts'
import { LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { StatusWord } from '../../components/status-word/StatusWord.tsx'
import { ThreadMark } from '../../components/thread-mark/ThreadMark.tsx'
import { circle } from '../../device/client.ts'
import { isPerson, nameIn, sideIn } from '../../device/people.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { formatDay } from '../../words/format.ts'
import { momentOf } from '../../words/moment.ts'
import { t, textFor } from '../../words/t.ts'

export function WhoScreen() {
  const here = circle.value
  if (here === null) return null
  const members = Object.values(here.state.people.members).sort((a, b) => a.proposedSeq - b.proposedSeq)
  return (
    <>
      <Back href="/more" />
      <h1>{t('who.title')}</h1>
      <p class="measure">{t('who.lead')}</p>
      {here.alarms.map((alarm, at) => (
        <Notice key={at} kind="fix" title={t('who.alarmTitle')}>
          <p>{textFor(`who.alarm.${alarm.type}`)}</p>
        </Notice>
      ))}
      <div class="stack two even">
        {members.map((member) => (
          <MemberCard key={member.id} circle={here} member={member} />
        ))}
        {here.state.people.outside.length > 0 && (
          <Card title={t('who.outside')}>
            <ul class="stack">
              {here.state.people.outside.map((one) => (
                <li key={one.entry}>
                  <strong dir="auto">{one.what}</strong>
                  <p class="small">
                    {t('who.outsideLine', {
                      name: nameIn(here, one.member),
                      where: one.where,
                      source: one.source,
                      until: one.until === null ? t('who.noEnd') : formatDay(one.until, 'long'),
                    })}
                  </p>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <div class="full">
          <Card title={t('who.saved')}>
            <StatusWord reached={here.sync.waiting > 0 ? { type: 'waiting' } : { type: 'relay' }} />
            <p>{t('who.waiting', { n: here.sync.waiting })}</p>
            <p class="small soft">{t('who.connection', { state: here.sync.connection })}</p>
          </Card>
        </div>
      </div>
      <Details summary={t('who.setAside', { n: here.setAside.length })}>
        <p>{t('who.setAsideLead')}</p>
        <ul class="stack close">
          {here.setAside.map((one) => (
            <li key={one.seq}>
              {t('who.setAsideLine', {
                n: one.seq,
                name: one.member === null ? t('who.nobody') : nameIn(here, one.member),
                reason: one.reason,
              })}
            </li>
          ))}
        </ul>
      </Details>
      <div class="acts">
        <LinkButton href="/rights" look="quiet">
          {t('who.rights')}
        </LinkButton>
        <LinkButton href="/leave" look="quiet">
          {t('who.leave')}
        </LinkButton>
      </div>
    </>
  )
}

function MemberCard({ circle: here, member }: { readonly circle: CircleView; readonly member: Member }) {
  const check = here.state.people.checks.find((one) => one.by === here.me && one.of === member.id)
  const theirs = here.state.people.checks.find((one) => one.of === here.me && one.by === member.id)
  const me = member.id === here.me
  return (
    <Card>
      <h2>
        <ThreadMark side={sideIn(here, member.id)} name={member.name} />
      </h2>
      <p class="row">
        <span class="tag">{t('who.role', { role: member.role })}</span>
        {me && <span class="tag person">{t('who.thisIsYou')}</span>}
        <span>{t('who.status', { status: member.status })}</span>
      </p>
      <p>
        {member.status === 'left' || member.status === 'removed'
          ? t('who.sawUntil')
          : member.status === 'proposed'
            ? t('who.seesNothing')
            : t('who.seesAll')}
      </p>
      {!me && (
        <p>
          <strong>{t('who.check', { how: check?.how ?? 'notChecked' })}</strong>{' '}
          {check !== undefined && <span class="small soft">{formatDay(momentOf(check.at), 'short')}</span>}
        </p>
      )}
      {theirs !== undefined && <p class="small soft">{t('who.theirCheck', { name: member.name, how: theirs.how })}</p>}
      {!me && member.status !== 'left' && member.status !== 'removed' && (
        <div class="acts">
          <LinkButton href="/welcome-in" look="quiet">
            {t('who.compare')}
          </LinkButton>
          {isPerson(here) && (
            <LinkButton href="/leave" look="quiet">
              {t('who.stopSharing')}
            </LinkButton>
          )}
        </div>
      )}
    </Card>
  )
}
