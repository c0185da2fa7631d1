/**
 * A link to a place: the address of the relay that serves it, and the place's secret in the fragment, which no browser
 * sends. A link that was cut short or changed is recognised by its check. Source: decisions “Coming in”.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { fromFragment, toFragment } from '@alongside/record/invite/place.ts'

export interface PlaceLink {
  /** Such as `https://relay.example`. */
  readonly origin: string
  readonly secret: Bytes
}

export const toLink = ({ origin, secret }: PlaceLink): string => `${origin}/#${toFragment(secret)}`

/** Reads a whole link; `LinkNotWhole` when anything of it is missing or wrong. */
export function readLink(link: string): Result<PlaceLink, { readonly type: 'LinkNotWhole' }> {
  const text = link.trim()
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return err({ type: 'LinkNotWhole' })
  const url = new URL(text)
  const secret = fromFragment(url.hash)
  return secret.ok ? ok({ origin: url.origin, secret: secret.value }) : err({ type: 'LinkNotWhole' })
}
