/** Reads text aloud with a voice that is on this device. Shown only when one for the language is there, so no text ever leaves. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { language } from '../../words/locale.ts'
import { t } from '../../words/t.ts'
import { Button } from '../button/Button.tsx'

export interface ListenProps {
  readonly text: string
  /** Language of the text when it is not the page's (`en`, `es`, `ar`, …). */
  readonly lang?: string
}

/** The first voice of a language that works without a network. */
export function localVoice<V extends { readonly lang: string; readonly localService: boolean }>(
  voices: readonly V[],
  lang: string,
): V | null {
  return (
    voices.find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === lang.split('-')[0]) ??
    null
  )
}

export function Listen({ text, lang }: ListenProps) {
  const speech = typeof speechSynthesis === 'undefined' ? null : speechSynthesis
  const voices = useSignal<readonly SpeechSynthesisVoice[]>(speech?.getVoices() ?? [])
  const speaking = useSignal(false)
  useEffect(() => {
    const refresh = (): void => {
      voices.value = speech?.getVoices() ?? []
    }
    speech?.addEventListener('voiceschanged', refresh)
    return () => {
      speech?.removeEventListener('voiceschanged', refresh)
      if (speaking.peek()) speech?.cancel()
    }
  }, [])
  const voice = localVoice(voices.value, lang ?? language.value)
  if (speech === null || voice === null) return null
  const toggle = (): void => {
    speech.cancel()
    if (speaking.value) {
      speaking.value = false
      return
    }
    const words = new SpeechSynthesisUtterance(text)
    words.voice = voice
    words.lang = voice.lang
    const ended = (): void => {
      speaking.value = false
    }
    words.addEventListener('end', ended)
    words.addEventListener('error', ended)
    speaking.value = true
    speech.speak(words)
  }
  return (
    <Button look="words" icon={speaking.value ? 'stop' : 'listen'} onPress={toggle}>
      {speaking.value ? t('components.stopListening') : t('components.listen')}
    </Button>
  )
}
