/**
 * A way back: a code on paper, locked by a passphrase, with which a member reaches their circle from a new device when
 * every device is lost. What lies on the paper can let one more device in: a device of its own is in the circle for that,
 * whose keys follow from the member's identity key, so rekeys reach it. Nobody sits at it; whoever comes back brings in
 * a fresh device with it and goes on with that. Source: decisions “Before the vault exists”; rules PEO-16 and PEO-17.
 */
import type { Bytes } from '@alongside/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@alongside/base/cbor.ts'
import { bytes, record, type Id } from '@alongside/base/codec.ts'
import { T } from '@alongside/base/label.ts'
import { err, ok, type Result } from '@alongside/base/result.ts'
import { deviceIn } from '@alongside/practice/people/state.ts'
import { hkdf, kemKeys, signingKeys } from '@alongside/record/crypto.ts'
import { idBytes } from '@alongside/record/entry.ts'
import { createDeviceKeys, deviceId, makeKeyPackage, type DeviceKeys, type MemberKeys } from '@alongside/record/keys.ts'
import { traceSecrets } from '@alongside/record/trace.ts'
import {
  newPassphraseSalt,
  openWayBack,
  passphraseSaltOf,
  sealWayBack,
  wayBackFromText,
  wayBackToText,
  type WayBack,
} from '@alongside/record/way-back.ts'
import type { ActError, LinkError, NetworkError, PassphraseError, StorageError } from '../api.ts'
import type { CircleOnDevice } from '../circle/circle.ts'
import { law } from '../constitution.ts'
import type { Core, World } from '../core.ts'
import type { Device } from '../device.ts'
import { checkPassphrase, stretch } from '../vault.ts'
import { ARRIVING } from './arriving.ts'
import { download } from './download.ts'
import { asNetworkError, relayHttp } from './relay-http.ts'

const arrivingCodec = record({ identity: bytes(32), recovery: bytes(32), signing: bytes(32), kem: bytes(32) })

/** Stands on the device until the record has loaded, which knows what they are called. */
const NOT_YET_NAMED = '–'

/** The device whose keys lie on paper, from the member's identity key. */
function paperDevice(identity: Bytes, circleId: Bytes): DeviceKeys {
  return {
    signing: signingKeys(hkdf(identity, T('recover', 'signing', circleId))),
    kem: kemKeys(hkdf(identity, T('recover', 'kem', circleId))),
  }
}

const memberFrom = ({ identity, recovery }: { readonly identity: Bytes; readonly recovery: Bytes }): MemberKeys => ({
  identity: signingKeys(identity),
  recovery: kemKeys(recovery),
})

/** Makes a way back, locked with the device's own passphrase. It works as soon as the relay has what waits here. */
export async function makeWayBack(
  core: Core,
  circle: CircleOnDevice,
  passphrase: string,
): Promise<Result<{ text: string }, PassphraseError | StorageError | ActError>> {
  const deep = await core.deepKeys(circle.id, passphrase)
  if (!deep.ok) return deep
  const { memberSecret: identity, recoverySecret: recovery, ownerSecret: owner } = deep.value
  const { meta, confirmed } = circle.now()
  const secret = circle.secrets().get(confirmed.epoch)
  if (circle.relay === null || secret === undefined) return err({ type: 'Frozen' })
  const paper = paperDevice(identity, circle.circleId)
  if (deviceIn(circle.state(), deviceId(paper.signing.publicKey)) === null) {
    const keys = makeKeyPackage(idBytes(circle.id), memberFrom({ identity, recovery }), paper)
    const said = await circle.act([{ type: 'DeviceAdded', keys, use: 'wayBack' }])
    if (!said.ok) return said
  }
  const contents: WayBack = {
    identity,
    recovery,
    owner,
    circleId: circle.circleId,
    boxId: circle.boxId,
    relayUrl: circle.relay,
    capIndex: meta.capIndex,
    epoch: confirmed.epoch,
    secret,
    previousSecret: circle.secrets().get(confirmed.epoch - 1) ?? null,
  }
  const salt = newPassphraseSalt(core.world.random)
  const key = await stretch(passphrase, salt, core.world.argon)
  const text = wayBackToText(sealWayBack(key, salt, contents, core.world.random))
  const marked = await circle.markWayBack()
  return marked.ok ? ok({ text }) : marked
}

/** Opens a way back; `LinkNotWhole` when it was cut short or mistyped. */
async function unlock(
  text: string,
  passphrase: string,
  world: Pick<World, 'argon'>,
): Promise<Result<WayBack, LinkError | PassphraseError>> {
  const sealed = wayBackFromText(text)
  const salt = sealed.ok ? passphraseSaltOf(sealed.value) : sealed
  if (!sealed.ok || !salt.ok) return err({ type: 'LinkNotWhole' })
  const opened = openWayBack(await stretch(passphrase, salt.value, world.argon), sealed.value)
  if (opened.ok) return opened
  return err({ type: opened.error.type === 'WrongPassphrase' ? 'WrongPassphrase' : 'LinkNotWhole' })
}

/** Comes back from a text. The record loads and the fresh device comes in by themselves afterwards (`arrive`). */
export async function comeBack(
  world: World,
  device: Pick<Device, 'begin' | 'core' | 'wipe'>,
  text: string,
  as: { readonly passphrase: string; readonly devicePassphrase: string; readonly language?: string },
): Promise<Result<{ circle: Id }, PassphraseError | StorageError | NetworkError | LinkError>> {
  const fine = checkPassphrase(as.devicePassphrase)
  if (!fine.ok) return fine
  const unlocked = await unlock(text, as.passphrase, world)
  if (!unlocked.ok) return unlocked
  const { circleId, boxId, relayUrl, identity, recovery, owner, capIndex, epoch, secret, previousSecret } =
    unlocked.value
  const relay = await relayHttp(world.net, relayUrl).info()
  if (!relay.ok) return err(asNetworkError(relay.error))
  const box = { boxId, relay: relayUrl, relayPk: relay.value.relayPk }
  const envelopes = await download(box, { circleId, capIndex, secret }, world)
  if (!envelopes.ok) return envelopes
  const known = new Map([[epoch, secret]])
  if (previousSecret !== null) known.set(epoch - 1, previousSecret)
  const secrets = await traceSecrets({ law, circleId, boxId, envelopes: envelopes.value }, known)
  const wasEmpty = device.core() === null
  const begun = await device.begin({
    name: NOT_YET_NAMED,
    language: as.language ?? 'en',
    passphrase: as.devicePassphrase,
    side: owner === null ? 'practitioner' : 'person',
  })
  if (!begun.ok) return begun
  const fresh = createDeviceKeys(world.random)
  const arriving = { identity, recovery, signing: fresh.signing.secretKey, kem: fresh.kem.secretKey }
  const joined = await begun.value.join(
    {
      circleId,
      box: boxId,
      relay: relayUrl,
      relayPk: relay.value.relayPk,
      side: owner === null ? 'practitioner' : 'person',
      member: memberFrom({ identity, recovery }),
      device: paperDevice(identity, circleId),
      secrets: [...secrets].map(([number, value]) => ({ epoch: number, secret: value })),
      capIndex,
      capSecret: secret,
      owner: owner === null ? null : signingKeys(owner),
    },
    [{ area: ARRIVING, name: boxId, value: encodeCbor(arrivingCodec.encode(arriving)) }],
  )
  if (!joined.ok) {
    if (wasEmpty) await device.wipe()
    return joined
  }
  joined.value.connect()
  return ok({ circle: joined.value.id })
}

/**
 * Goes on with coming back: once the record is here the fresh device is brought in, and once that stands the circle goes
 * on with it. Does nothing when nobody is coming back. Safe to call again and again.
 */
export async function arrive(core: Core): Promise<Result<null, StorageError | ActError>> {
  const rows = await core.store.list(ARRIVING)
  if (!rows.ok) return rows
  for (const { name, value } of rows.value) {
    const plain = decodeCbor(value)
    const row = plain.ok ? arrivingCodec.decode(plain.value) : plain
    const circle = [...core.circles.values()].find((one) => one.boxId === name)
    if (!row.ok || circle === undefined) return err({ type: 'StorageRefused' })
    const me = circle.state().people.members[circle.me]
    const { confirmed, outbox, link } = circle.now()
    if (me === undefined || link?.machine.connection() !== 'live') continue
    const { signing, kem } = row.value
    const fresh: DeviceKeys = { signing: signingKeys(signing), kem: kemKeys(kem) }
    const id = deviceId(fresh.signing.publicKey)
    await nameAfter(core, me.name, me.language)
    if (deviceIn(circle.state(), id) === null) {
      const keys = makeKeyPackage(idBytes(circle.id), memberFrom(row.value), fresh)
      const said = await circle.act([{ type: 'DeviceAdded', keys, use: 'everyday' }])
      if (!said.ok) return said
    } else if (deviceIn(confirmed.state, id) !== null && outbox.entries.length === 0 && circle.device !== id) {
      const moved = await core.moveTo(circle.id, fresh)
      if (!moved.ok) return moved
      moved.value.connect()
    } else if (circle.device === id) {
      const gone = await core.store.write([{ area: ARRIVING, name, value: null }])
      if (!gone.ok) return gone
    }
  }
  return ok(null)
}

async function nameAfter(core: Core, name: string, language: string): Promise<void> {
  const profile = core.profile()
  if (profile.name !== NOT_YET_NAMED) return
  await core.saveProfile({ ...profile, name, settings: { ...profile.settings, language } })
}
