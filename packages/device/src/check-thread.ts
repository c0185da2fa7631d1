/** What runs in a thread that reads envelopes ahead of their turn: jobs come in, each gets one answer, in order. */
import { check, type Checked, type CheckJob } from '@alongside/record/check.ts'
import { verify as platformFirst, type Verify } from '@alongside/record/crypto.ts'

/**
 * Gives what to call with each job; `answer` is given what was found, with the memory that may be handed over, or null when
 * the job broke: whoever waits must never wait for ever.
 */
export function serveChecks(
  answer: (checked: Checked | null, give: readonly ArrayBuffer[]) => void,
  verify: Verify = platformFirst,
): (job: CheckJob) => void {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    last = last
      .then(() => check(job, verify))
      .then(
        (made) => {
          const pieces = [made.hashes, made.found, made.signed, made.entries, made.entrySizes, made.entryHashes]
          answer(
            made,
            pieces.map((one) => one.buffer),
          )
        },
        () => answer(null, []),
      )
  }
}
