/**
 * On Today: a device that came in with a way back and does not count yet (PEO-18). Its member reads what they can do with it
 * meanwhile; everybody else, and their own older devices, can say that it is theirs (PEO-19), or leave it.
 */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import { deviceIn, devicesThatWait, isAlone, type Device } from '@alongside/practice/people/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Card } from '../../components/card/Card.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { circle } from '../../device/client.ts'
import { nameIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { t } from '../../words/t.ts'

export function NewDeviceCard() {
  const here = circle.value
  return here === null || here.phase !== 'open' ? null : <NewDevices here={here} />
}

/** Every device that waits, as this device's member should hear of it; nothing when none does. */
export function NewDevices({ here }: { readonly here: CircleView }) {
  const waiting = devicesThatWait(here.state).filter(({ member }) => !isAlone(here.state, member))
  if (waiting.length === 0) return null
  return (
    <Card title={t('coming-in.newDevice')}>
      {waiting.map((device) => (
        <NewDevice key={device.id} here={here} device={device} />
      ))}
    </Card>
  )
}

function NewDevice({ here, device }: { readonly here: CircleView; readonly device: Device }) {
  const failure = useSignal<FailureValue | null>(null)
  const name = nameIn(here, device.member)
  const mine = device.member === here.me
  if (device.id === here.device) return <p class="measure">{t('coming-in.newDeviceThis')}</p>
  if (mine && deviceIn(here.state, here.device)?.counts !== true)
    return <p class="measure">{t('coming-in.newDeviceToo')}</p>
  const acknowledge = async (): Promise<void> => {
    failure.value = await act({ type: 'DeviceAcknowledged', device: device.id })
    if (failure.value === null) say(t('coming-in.newDeviceSaid'))
  }
  return (
    <div class="stack near">
      <p class="measure">{mine ? t('coming-in.newDeviceMine') : t('coming-in.newDeviceTheirs', { name })}</p>
      {failure.value !== null && <Failure failure={failure.value} />}
      <div>
        <Button look="quiet" onPress={() => void acknowledge()}>
          {mine ? t('coming-in.newDeviceIsMine') : t('coming-in.newDeviceIsTheirs', { name })}
        </Button>
      </div>
    </div>
  )
}
