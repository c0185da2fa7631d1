/** Which requests the service worker answers from what it keeps. Pure, so that a test can show what it never touches. */

export interface ShellList {
  readonly version: string
  readonly shell: readonly string[]
  readonly words: Readonly<Record<string, readonly string[]>>
}

export type Answer = { readonly type: 'network' } | { readonly type: 'kept'; readonly address: string }

/** Addresses that belong to the relay, whoever asks for them, and the walk-through world, which is not kept. */
const RELAY = /^\/(v1|health|story)(\/|$)/

/** A shell file is answered with itself, any other page of ours with the shell; all else goes to the network. */
export function answerFor(
  list: ShellList,
  request: { readonly method: string; readonly mode: string; readonly url: string; readonly origin: string },
): Answer {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== request.origin || RELAY.test(url.pathname)) return { type: 'network' }
  const known =
    list.shell.includes(url.pathname) || Object.values(list.words).some((each) => each.includes(url.pathname))
  if (known) return { type: 'kept', address: url.pathname }
  return request.mode === 'navigate' ? { type: 'kept', address: '/' } : { type: 'network' }
}
