/**
 * Whether a request came over a line that nobody else can read: TLS in front of us, or this machine talking to itself.
 * Everything else is refused with a page that says why.
 */
import type { IncomingMessage } from 'node:http'
import { isLoopbackHost } from './config.ts'

const last = (header: string | string[] | undefined): string =>
  String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim() ?? ''

/** The address a request comes from; for rates only, never kept. */
export function addressOf(request: IncomingMessage, behindProxy: boolean): string {
  const direct = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return behindProxy ? last(request.headers['x-forwarded-for']) || direct : direct
}

/** The host name in the request, without port, brackets kept out. */
const hostName = (request: IncomingMessage): string =>
  (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

/** Whether nobody between can read along. Forwarding headers count only when a proxy of ours sets them. */
export function isPrivateLine(request: IncomingMessage, behindProxy: boolean): boolean {
  if (behindProxy) return last(request.headers['x-forwarded-proto']) === 'https'
  return isLoopbackHost(addressOf(request, false)) && isLoopbackHost(hostName(request))
}

/** For people who open the address without TLS. */
export const INSECURE_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This address is not private</title>
<h1>This address is not private</h1>
<p>This page came over plain HTTP. Anyone on the way, such as the owner of this Wi-Fi, could read along or change the
app before it reaches you, so it does not open here.</p>
<p>Try the same address beginning with <b>https://</b>. If that does not work, ask whoever runs this place to put TLS
in front of it.</p>
</html>
`
