/**
 * A thread of the Node benchmarks. As the device's: it reads envelopes ahead of their turn, with Node's own verification as
 * the accelerator, believed only when it says yes (SPEC CRY-3). As the raw limit's: `rawOpen` and nothing else.
 */
import { parentPort } from 'node:worker_threads'
import { serveChecks } from '@alongside/device/check-thread.ts'
import type { CheckJob } from '@alongside/record/check.ts'
import { verifySync } from '@alongside/record/crypto.ts'
import { nodeVerify } from './node-verify.ts'
import { rawOpen, type RawJob } from './raw-open.ts'

const port = parentPort
if (port === null) throw new Error('bug: this file runs as a thread')
const serve = serveChecks(
  (checked, give) => port.postMessage(checked, [...give]),
  async (publicKey, message, signature) =>
    nodeVerify(publicKey, message, signature) || verifySync(publicKey, message, signature),
)
port.on('message', (job: CheckJob | RawJob) => {
  if ('circleId' in job) void rawOpen(job, nodeVerify).then((right) => port.postMessage(right))
  else serve(job)
})
