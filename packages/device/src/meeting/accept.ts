/**
 * The practitioner's yes to a circle they were let into. Before it, their device checks that what was let in is what it
 * sent, and that the person is the one who wrote; then it opens its nonce, and lays down the lines of the draft agreement
 * that stood on the page the person said yes to, as proposals. Source: protocol section 2.8; decisions “Coming in”.
 */
import { equalBytes, fromHex, toHex, type Bytes } from '@alongside/base/bytes.ts'
import type { Id } from '@alongside/base/codec.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import type { Random } from '@alongside/base/world.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { decodePage } from '@alongside/practice/page/bytes.ts'
import { proposalFrom } from '@alongside/practice/page/publish.ts'
import { readPage } from '@alongside/record/invite/page.ts'
import type { PlaceAuthor } from '@alongside/record/invite/place.ts'
import { signAcceptance } from '@alongside/record/joining.ts'
import type { ActError } from '../api.ts'
import type { CircleOnDevice } from '../circle/circle.ts'

export interface Welcomed {
  readonly place: Id
  readonly author: PlaceAuthor
  /** What the welcome said of the person: identity key in hexadecimal, and their nonce. */
  readonly person: { readonly identity: string; readonly nonce: Bytes }
}

/** `NotYet`: the record that lets us in has not been loaded. `NotAsPromised`: it lets in something else. */
export type AcceptError = ActError | { readonly type: 'NotYet' } | { readonly type: 'NotAsPromised' }

/** Says yes, once, and proposes the page's lines, once. `ok` when both are said. */
export async function acceptWelcome(
  circle: CircleOnDevice,
  welcomed: Welcomed,
  random: Random,
): Promise<Result<null, AcceptError>> {
  const status = circle.state().people.members[circle.me]?.status
  if (status === undefined) return err({ type: 'NotYet' })
  if (status === 'admitted') {
    if (!isAsPromised(circle, welcomed)) return err({ type: 'NotAsPromised' })
    const { author, place } = welcomed
    const proof = signAcceptance(author.member.identity.secretKey, circle.circleId, place, author.nonce)
    const said = await circle.act([{ type: 'MemberAccepted', nonce: toHex(author.nonce), proof: toHex(proof) }])
    if (!said.ok) return said
  }
  const lines = linesToPropose(circle, welcomed.place, random)
  return lines.length === 0 ? ok(null) : circle.act(lines)
}

function isAsPromised(circle: CircleOnDevice, { place, author, person }: Welcomed): boolean {
  const { people } = circle.state()
  const me = people.members[circle.me]
  const founder = people.members[people.person ?? '']
  if (me === undefined || founder === undefined) return false
  const mine = [
    [me.keys.member, author.member.identity],
    [me.keys.recovery, author.member.recovery],
    [me.keys.device, author.device.signing],
    [me.keys.deviceKem, author.device.kem],
  ] as const
  return (
    mine.every(([said, keys]) => said === toHex(keys.publicKey)) &&
    me.role === 'practitioner' &&
    me.place === place &&
    founder.keys.member === person.identity &&
    me.myNonce !== null &&
    equalBytes(fromHex(me.myNonce) ?? new Uint8Array(), person.nonce)
  )
}

/** The page's draft lines as proposals of this member; none when some were made already, or the page is not ours. */
function linesToPropose(circle: CircleOnDevice, place: Id, random: Random): readonly PracticeEvent[] {
  const state = circle.state()
  const { page, person } = state.people
  if (page === null || person === null || page.member !== circle.me) return []
  if (Object.values(state.agreement.lines).some((line) => line.author === circle.me)) return []
  const kept = readPage(place, Uint8Array.from(page.bytes), Uint8Array.from(page.signature))
  const shown = kept.ok ? decodePage(kept.value.page) : null
  if (shown?.ok !== true) return []
  return shown.value.draft.flatMap((_, row) => {
    const ids = { line: toHex(random.bytes(16)), person, practitioner: circle.me }
    return proposalFrom(shown.value, row, ids) ?? []
  })
}
