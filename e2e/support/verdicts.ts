/** Runs inside a worker of the browser: asks the product's own verification about every case it is sent. */
import { fromHex, type Bytes } from '@alongside/base/bytes.ts'
import { platformVerify, verify, verifySync } from '@alongside/record/crypto.ts'

/** Key, message and signature in hexadecimal. */
export type Asked = readonly [publicKey: string, message: string, signature: string]

/** What the rule, the platform and both together say. */
export type Said = readonly [rule: boolean, platform: boolean, both: boolean]

const h = (text: string): Bytes => fromHex(text) as Bytes

addEventListener('message', (event: MessageEvent<readonly Asked[]>) => {
  const answer = async (): Promise<void> => {
    const said: Said[] = []
    for (const asked of event.data) {
      const [key, message, signature] = asked.map(h) as [Bytes, Bytes, Bytes]
      const rule = verifySync(key, message, signature)
      said.push([rule, await platformVerify(key, message, signature), await verify(key, message, signature)])
    }
    postMessage(said)
  }
  void answer()
})
