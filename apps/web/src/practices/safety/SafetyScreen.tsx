/**
 * When it is not safe: what this app does and cannot do about it, and what one can do, in plain words. Stores nothing
 * and tells nobody; also shown while the device is locked.
 */
import { useSignal } from '@preact/signals'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Listen } from '../../components/listen/Listen.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { circle, device, open } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { leaveFast } from '../../shell/leave.ts'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { complaintIn } from '../agreement/complaint.ts'

export function SafetyScreen() {
  const failure = useSignal<FailureValue | null>(null)
  const here = circle.value
  const settings = open.value?.settings ?? null
  const complaint = here === null ? '' : complaintIn(here)
  const askMe = async () => {
    const done = await device().changeSettings({ asksHowItWas: true })
    failure.value = done.ok ? null : done.error
  }
  const fast = [t('safety.fastDoes'), t('safety.fastHistory'), t('safety.fastSpy'), t('safety.fastOther')]
  const now = [t('safety.danger'), t('safety.notEmergency')]
  return (
    <>
      <Back href="/" />
      <h1>{t('safety.title')}</h1>
      <p class="measure">{t('safety.lead')}</p>
      <Notice kind="now" title={t('safety.nowTitle')}>
        {now.map((each) => (
          <p key={each}>{each}</p>
        ))}
      </Notice>
      {settings?.asksHowItWas === false && (
        <Notice title={t('safety.notAsked')}>
          <div class="stack near">
            <p>{t('safety.notAskedHelp')}</p>
            <Button look="quiet" onPress={() => void askMe()}>
              {t('safety.askAgain')}
            </Button>
            <Failure failure={failure.value} />
          </div>
        </Notice>
      )}
      <Card title={t('safety.screenTitle')}>
        <ul class="plain-list">
          {fast.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <div class="acts">
          <Button icon="leave" onPress={leaveFast}>
            {t('safety.leaveNow')}
          </Button>
        </div>
      </Card>
      <Card title={t('safety.someoneTitle')}>
        <ul class="plain-list">
          <li>{t('safety.someoneTrust')}</li>
          <li>{t('safety.someonePhone')}</li>
          <li>{t('safety.someoneNoReason')}</li>
        </ul>
      </Card>
      {here !== null && (
        <Card title={t('safety.hereTitle')}>
          <p>{t('safety.hereLead')}</p>
          <p>{t('safety.hereSeen')}</p>
          {complaint !== '' && (
            <p>
              <strong>{t('agreement.complaintRoute')}</strong>{' '}
              <span dir="auto" class="user-text">
                {complaint}
              </span>
            </p>
          )}
          <div class="acts">
            <LinkButton href="/leave" look="quiet">
              {t('safety.toLeave')}
            </LinkButton>
            <LinkButton href="/who" look="quiet">
              {t('safety.toWho')}
            </LinkButton>
          </div>
        </Card>
      )}
      <Listen text={[t('safety.lead'), ...now, ...fast].join(' ')} lang={language.value} />
    </>
  )
}
