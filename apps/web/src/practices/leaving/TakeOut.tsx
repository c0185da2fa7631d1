/** A full copy of a circle, made on this device: a page to read or print, and the same as data. Nothing is logged or told. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Id } from '@alongside/base/codec.ts'
import { Button, LinkButton } from '../../components/button/Button.tsx'
import { Checkbox } from '../../components/checkbox/Checkbox.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import type { Failure as FailureValue } from '../../device/act.ts'
import { device } from '../../device/client.ts'
import { say } from '../../shell/live.ts'
import { todayHere } from '../../shell/turn.ts'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { takeOutTexts } from './take-out-words.ts'

interface Made {
  readonly page: string
  readonly json: string
}

export interface TakeOutProps {
  readonly circle: Id
  readonly id: string
  readonly button: string
  /** Whether signatures mean anything for this copy: not for what is only one's own. */
  readonly canSign: boolean
  /** First part of the files' names, the same in every language and saying nothing. */
  readonly file: string
}

export function TakeOut({ circle, id, button, canSign, file }: TakeOutProps) {
  const signatures = useSignal(false)
  const made = useSignal<Made | null>(null)
  const busy = useSignal(false)
  const failure = useSignal<FailureValue | null>(null)
  const drop = () => {
    for (const url of made.peek() === null ? [] : Object.values(made.peek() ?? {})) URL.revokeObjectURL(url)
    made.value = null
  }
  useEffect(() => drop, [])
  const make = async () => {
    if (busy.peek()) return
    busy.value = true
    const texts = await takeOutTexts()
    const done = await device().takeOut(circle, { signatures: signatures.value, language: language.value, texts })
    busy.value = false
    failure.value = done.ok ? null : done.error
    if (!done.ok) return
    drop()
    const urlOf = (text: string, type: string) => URL.createObjectURL(new Blob([text], { type }))
    made.value = {
      page: urlOf(done.value.page, 'text/html;charset=utf-8'),
      json: urlOf(done.value.json, 'application/json'),
    }
    say(t('leaving.copyReady'))
  }
  const name = `${file}-${todayHere()}`
  return (
    <div class="stack near">
      {canSign && (
        <Checkbox
          id={`${id}-signatures`}
          label={t('leaving.signatures')}
          hint={t('leaving.signaturesHint')}
          checked={signatures.value}
          onChange={(value) => {
            signatures.value = value
            drop()
          }}
        />
      )}
      <Failure failure={failure.value} />
      {made.value === null ? (
        <Button onPress={() => void make()}>{busy.value ? t('leaving.working') : button}</Button>
      ) : (
        <>
          <p>
            <strong>{t('leaving.copyReady')}</strong> {t('leaving.copyCare')}
          </p>
          <div class="acts">
            <LinkButton href={made.value.page} download={`${name}.html`}>
              {t('leaving.savePage')}
            </LinkButton>
            <LinkButton href={made.value.json} download={`${name}.json`} look="quiet">
              {t('leaving.saveData')}
            </LinkButton>
          </div>
        </>
      )}
    </div>
  )
}
