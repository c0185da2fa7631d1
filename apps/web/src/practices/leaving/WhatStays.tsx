/** Every copy that stays: with whom, why, until when (LEA-7). A copy that somebody holds cannot be called back. */
import type { CircleView } from '@alongside/device/api.ts'
import { copiesThatStay, type CopyThatStays } from '@alongside/practice/leaving/state.ts'
import { Card } from '../../components/card/Card.tsx'
import { Icon } from '../../components/icon/Icon.tsx'
import { ThreadMark } from '../../components/thread-mark/ThreadMark.tsx'
import { nameIn, sideIn } from '../../device/people.ts'
import { formatDay } from '../../words/format.ts'
import { t } from '../../words/t.ts'

export function WhatStays({ circle: here }: { readonly circle: CircleView }) {
  return (
    <Card title={t('leaving.staysTitle')}>
      <p>{t('leaving.staysLead')}</p>
      <ul class="stays">
        {copiesThatStay(here.state).map((copy, at) => (
          <li key={at} class="stack close">
            {copy.type === 'relay' ? (
              <p class="who">
                <Icon name="relay" />
                {t('leaving.relay')}
              </p>
            ) : (
              <ThreadMark side={sideIn(here, copy.member)} name={nameIn(here, copy.member)} />
            )}
            <CopyWords copy={copy} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function CopyWords({ copy }: { readonly copy: CopyThatStays }) {
  switch (copy.type) {
    case 'device':
      return (
        <>
          <p>{t('leaving.deviceKeeps', { keeps: copy.keeps })}</p>
          <p class="small soft">{t('leaving.deviceWhy', { why: copy.why })}</p>
        </>
      )
    case 'declared':
      return (
        <>
          <p class="user-text" dir="auto">
            {copy.what}
          </p>
          <p class="small soft">
            {t('leaving.declared', {
              where: copy.where === '' ? t('leaving.notSaid') : copy.where,
              source: copy.source === '' ? t('leaving.notSaid') : copy.source,
              until: copy.until === null ? t('leaving.noEndDay') : formatDay(copy.until, 'long'),
            })}
          </p>
          <p class="small soft">{t('leaving.required', { required: copy.required ? 'yes' : 'no' })}</p>
        </>
      )
    case 'relay':
      return (
        <>
          <p>{t('leaving.relayKeeps', { goes: copy.goes })}</p>
          <p class="small soft">{t('leaving.relayWhy')}</p>
        </>
      )
  }
}
