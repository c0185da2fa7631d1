/** What someone pasted or typed as “a link or a code”, and where it leads. Pure. */
import { err, ok, type Result } from '@alongside/base/result.ts'
import { pathOfLink, VISIT_PATH } from './route.ts'

export interface TypedLink {
  readonly path: string
  readonly secret: string
}

export type LinkProblem =
  | { readonly type: 'Nothing' }
  | { readonly type: 'CutShort' }
  /** A whole link, but to another address; `href` is where it leads. */
  | { readonly type: 'OtherPlace'; readonly host: string; readonly href: string }

/** Shorter than any code we give: cut when it was copied. */
const LEAST = 20

/** @param origin the address this app is served from. */
export function readTypedLink(typed: string, origin: string): Result<TypedLink, LinkProblem> {
  const text = typed.replace(/\s+/g, '')
  if (text === '') return err({ type: 'Nothing' })
  if (!/^https?:\/\//i.test(text)) {
    const code = text.replace(/^.*#/, '')
    return code.length < LEAST ? err({ type: 'CutShort' }) : ok({ path: VISIT_PATH, secret: code })
  }
  if (!URL.canParse(text)) return err({ type: 'CutShort' })
  const url = new URL(text)
  if (url.origin !== origin) return err({ type: 'OtherPlace', host: url.host, href: url.href })
  const secret = url.hash.slice(1)
  return secret.length < LEAST ? err({ type: 'CutShort' }) : ok({ path: pathOfLink(url.pathname), secret })
}
