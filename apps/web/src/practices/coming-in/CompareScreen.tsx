/**
 * Two people compare twenty digits aloud, or one scans the other's code, so that both know nobody stands between. What they
 * say about it is written down, stays visible and gates nothing (PEO-13); saying that it was not checked is one of the answers.
 */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import type { Member } from '@alongside/practice/people/state.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Choice } from '../../components/choice/Choice.tsx'
import { Empty } from '../../components/empty/Empty.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { Notice } from '../../components/notice/Notice.tsx'
import { PhotoField } from '../../components/photo-field/PhotoField.tsx'
import { QrCode } from '../../components/qr-code/QrCode.tsx'
import { Tabs } from '../../components/tabs/Tabs.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { circle, device } from '../../device/client.ts'
import { Back } from '../../shell/frame/Back.tsx'
import { say } from '../../shell/live.ts'
import type { ScreenProps } from '../../shell/screen.ts'
import { t } from '../../words/t.ts'
import { CheckedWord } from './CheckedWord.tsx'
import { digitGroups, safetyBytes, safetyText } from './safety-text.ts'
import './coming-in.css'

type Seen = 'inPerson' | 'byCall' | 'different' | 'notChecked'
type Scanned = 'none' | 'same' | 'different' | 'otherCode'

export function CompareScreen({ params }: ScreenProps) {
  const here = circle.value
  const member = here?.state.people.members[params['member'] ?? '']
  if (here === null || member === undefined) return null
  return <Compare here={here} member={member} />
}

function Compare({ here, member }: { readonly here: CircleView; readonly member: Member }) {
  const scanned = useSignal<Scanned>('none')
  const safety = here.safety[member.id] ?? null
  const name = member.name
  const look = async (text: string): Promise<void> => {
    const bytes = safetyBytes(text)
    if (bytes === null) scanned.value = 'otherCode'
    else scanned.value = (await device().compareSafety(here.id, member.id, bytes)) ? 'same' : 'different'
    say(t('coming-in.scanned', { result: scanned.value, name }))
  }
  if (safety === null) {
    return (
      <>
        <Back href="/welcome-in" />
        <h1>{t('coming-in.compareTitle', { name })}</h1>
        <Empty title={t('coming-in.notYetTitle', { name })}>
          <p>{t('coming-in.notYetHelp')}</p>
        </Empty>
      </>
    )
  }
  return (
    <>
      <Back href="/welcome-in" />
      <div class="stack close">
        <h1>{t('coming-in.compareTitle', { name })}</h1>
        <p class="measure">{t('coming-in.compareLead', { name })}</p>
      </div>
      <Card>
        <Tabs
          id="compare"
          label={t('coming-in.compareHow')}
          tabs={[
            {
              id: 'aloud',
              label: t('coming-in.aloud'),
              content: (
                <div class="stack near">
                  <p class="measure">{t('coming-in.aloudHelp')}</p>
                  <p class="digits" dir="ltr">
                    {digitGroups(safety.digits).map((group, at) => (
                      <span key={at}>{group} </span>
                    ))}
                  </p>
                </div>
              ),
            },
            {
              id: 'scan',
              label: t('coming-in.scan'),
              content: (
                <div class="stack near">
                  <p class="measure">{t('coming-in.scanHelp', { name })}</p>
                  <QrCode content={safetyText(safety.code)} label={t('coming-in.qrLabel')} />
                  <PhotoField
                    id="scan-theirs"
                    label={t('coming-in.scanTheirs', { name })}
                    onText={(text) => void look(text)}
                  />
                  {scanned.value !== 'none' && (
                    <Notice
                      kind={scanned.value === 'same' ? 'done' : 'fix'}
                      title={t('coming-in.scanned', { result: scanned.value, name })}
                      alert={scanned.value !== 'same'}
                    />
                  )}
                </div>
              ),
            },
          ]}
        />
      </Card>
      <Result here={here} member={member} suggested={scanned.value === 'same' ? 'inPerson' : null} />
    </>
  )
}

function Result(props: { readonly here: CircleView; readonly member: Member; readonly suggested: Seen | null }) {
  const { here, member, suggested } = props
  const chosen = useSignal<Seen | null>(null)
  const unsaid = useSignal(false)
  const failure = useSignal<FailureValue | null>(null)
  const name = member.name
  const seen = chosen.value ?? suggested
  const keep = async (): Promise<void> => {
    unsaid.value = seen === null
    if (seen === null) return
    const how = seen === 'different' ? 'notChecked' : seen
    failure.value = await act({ type: 'IdentityChecked', member: member.id, how })
    if (failure.value === null) say(t('coming-in.kept'))
  }
  const options: readonly Seen[] = ['inPerson', 'byCall', 'different', 'notChecked']
  return (
    <form
      class="stack near"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <Choice
        id="compared"
        label={t('coming-in.whatSeen')}
        error={unsaid.value ? t('coming-in.chooseOne') : undefined}
        readers={t('coming-in.checkReaders')}
        options={options.map((value) => ({ value, label: t('coming-in.seen', { value }) }))}
        value={seen}
        onChange={(value) => {
          chosen.value = value
          unsaid.value = false
        }}
      />
      {seen === 'different' && (
        <Notice kind="fix" title={t('coming-in.differentTitle')} alert>
          <p>{t('coming-in.differentHelp', { name })}</p>
        </Notice>
      )}
      <Failure failure={failure.value} />
      <Button type="submit" main>
        {t('coming-in.keepCheck')}
      </Button>
      <CheckedWord circle={here} member={member.id} />
      <p class="small soft measure">{t('coming-in.gatesNothing')}</p>
      <LinkButton href="/" look="quiet">
        {t('shell.toToday')}
      </LinkButton>
    </form>
  )
}
