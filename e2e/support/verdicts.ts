/** Runs inside a worker of the browser: asks the product's own readers about everything it is sent. */
import { fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { memberName } from '@alongside/practice/people/name.ts'
import { platformVerify, verify, verifySync } from '@alongside/record/crypto.ts'

/** Key, message and signature in hexadecimal. */
export type Signature = readonly [publicKey: string, message: string, signature: string]

export interface Asked {
  readonly signatures: readonly Signature[]
  /** Any bytes, in hexadecimal, to be read as CBOR. */
  readonly encodings: readonly string[]
  readonly names: readonly string[]
}

/** What the rule, the platform and both together say of a signature. */
export type Verdict = readonly [rule: boolean, platform: boolean, both: boolean]

export interface Said {
  readonly signatures: readonly Verdict[]
  /** What was read, written again; or why it was not. */
  readonly encodings: readonly string[]
  readonly names: readonly boolean[]
}

const h = (text: string): Bytes => fromHex(text) as Bytes

/** What is said of an encoding. */
export function readEncoding(text: string): string {
  const read = decodeCbor(h(text))
  return read.ok ? toHex(encodeCbor(read.value)) : read.error.why
}

/** Whether somebody may be called so. */
export const isName = (name: string): boolean => memberName.decode(name).ok

/** Everything that is asked, in its order. */
async function answer(asked: Asked): Promise<Said> {
  const signatures: Verdict[] = []
  for (const one of asked.signatures) {
    const [key, message, signature] = one.map(h) as [Bytes, Bytes, Bytes]
    const rule = verifySync(key, message, signature)
    const platform = await platformVerify(key, message, signature)
    signatures.push([rule, platform, await verify(key, message, signature)])
  }
  return { signatures, encodings: asked.encodings.map(readEncoding), names: asked.names.map(isName) }
}

if (typeof WorkerGlobalScope !== 'undefined')
  addEventListener('message', (event: MessageEvent<Asked>) => {
    void answer(event.data).then((said) => postMessage(said))
  })
