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

/** For people who open the address without TLS, in the languages of the app: what is safe, and what to do. */
export const INSECURE_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Alongside</title>
<main>
<section lang="en">
<h1>This address is not private</h1>
<p>Someone on the way, such as the owner of this Wi-Fi, could read along or change the app before it reaches you. So it
does not open here. Nothing was sent and nothing is lost.</p>
<p>Try the same address with <b dir="ltr">https://</b> in front. If that does not work, ask the people who run this place to
protect the address (TLS).</p>
</section>
<section lang="es">
<h1>Esta dirección no es privada</h1>
<p>Alguien en el camino, como quien maneja este wifi, podría leer o cambiar la aplicación antes de que te llegue. Por eso no
se abre aquí. No se envió nada y no se perdió nada.</p>
<p>Prueba la misma dirección con <b dir="ltr">https://</b> delante. Si no funciona, pide a quienes llevan este lugar que
protejan la dirección (TLS).</p>
</section>
<section lang="ar" dir="rtl">
<h1>هذا العنوان غير محمي</h1>
<p>قد يستطيع أحد في الطريق، مثل صاحب شبكة الواي فاي هذه، أن يقرأ أو يغيّر التطبيق قبل أن يصل إليك. لذلك لا يُفتح هنا.
لم يُرسل شيء ولم يضع شيء.</p>
<p>جرّب العنوان نفسه مع <b dir="ltr">https://</b> في أوله. إن لم ينجح ذلك، فاطلب ممن يديرون هذا المكان حماية العنوان (TLS).</p>
</section>
</main>
</html>
`
