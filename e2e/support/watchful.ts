/**
 * Watches a browser profile for what must never happen in any journey: a request to anybody else, an error in the
 * console, a breach of the page's own content policy. `clean` is asked at the end and names what was seen.
 */
import { expect, type BrowserContext, type Page } from '@playwright/test'

/** What the browser itself prints when a network is lost; nothing a page could prevent. */
const LOST =
  /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_|ERR_EMPTY_RESPONSE|ERR_NETWORK_|ERR_FAILED|WebSocket connection to/

export interface Watchful {
  /** Fails if anything was seen; `allowed` are words of console lines that this journey brings about on purpose. */
  clean(allowed?: readonly RegExp[]): void
}

/** Begins to watch; call before the first page is opened. Requests to others are cut off as well as counted. */
export async function watchful(context: BrowserContext, origin: string): Promise<Watchful> {
  const seen: string[] = []
  const isOurs = (url: string): boolean =>
    url.startsWith(`${origin}/`) ||
    url.startsWith(`${origin.replace(/^http/, 'ws')}/`) ||
    /^(data|blob|about):/.test(url)
  context.on('request', (request) => {
    if (!isOurs(request.url())) seen.push(`a request to ${request.url()}`)
  })
  await context.route(
    (url) => !isOurs(url.href),
    (route) => route.abort(),
  )
  const follow = (page: Page): void => {
    page.on('pageerror', (error) => seen.push(`the page broke: ${error.message}`))
    page.on('crash', () => seen.push('the page crashed'))
    page.on('console', (line) => {
      if (line.type() === 'error' || /Content Security Policy/i.test(line.text())) seen.push(`console: ${line.text()}`)
    })
    page.on('websocket', (socket) => {
      if (!isOurs(socket.url())) seen.push(`a socket to ${socket.url()}`)
    })
  }
  context.on('page', follow)
  for (const page of context.pages()) follow(page)
  return {
    clean: (allowed = []) => {
      const bad = seen.filter((line) => ![LOST, ...allowed].some((fine) => fine.test(line)))
      expect(bad).toEqual([])
    },
  }
}
