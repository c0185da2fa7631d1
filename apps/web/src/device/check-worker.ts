/** A thread of the device's worker: opens envelopes and checks signatures, so that a long record opens on two cores. */
import { serveChecks } from '@alongside/device/check-thread.ts'

const serve = serveChecks((checked, give) => postMessage(checked, { transfer: [...give] }))
addEventListener('message', ({ data }) => serve(data))
