/**
 * `npm run crash`: kills processes at random moments under load, with `kill -9`, and counts what was acknowledged and is
 * lost, doubled or out of order. Exit code 1 if there is anything. `-- --relay 2000 --device 2000 --seed 7` says how often.
 */
import { parseArgs } from 'node:util'
import { drawing } from '@alongside/base/testing/fuzz.ts'
import { killDevice } from './device.ts'
import { killRelay } from './relay.ts'

const { values } = parseArgs({
  options: {
    relay: { type: 'string', default: '1000' },
    device: { type: 'string', default: '1000' },
    seed: { type: 'string' },
  },
})
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const [relayKills, deviceKills] = [Number(values.relay), Number(values.device)]
if (![seed, relayKills, deviceKills].every((number) => Number.isInteger(number) && number >= 0)) {
  console.error('Say whole numbers: --relay N --device N --seed N')
  process.exit(2)
}
console.log(`seed ${seed}`)
const chance = drawing(seed)
const told = (line: string): void => console.log(`  ${line}`)
const relay = await killRelay(relayKills, chance, told)
const device = await killDevice(deviceKills, chance, told)
const faults = [...relay.faults, ...device.faults]
console.log(
  `relay: ${relay.kills} kills with ${relay.inTheMiddle} messages on their way, ${relay.sent} entries sent, ${relay.acknowledged} acknowledged or found`,
)
console.log(`device: ${device.kills} kills, ${device.said} entries said, ${device.arrived} arrived at the other device`)
for (const fault of faults) console.error(`FAULT ${fault}`)
console.log(
  faults.length === 0
    ? `${relay.kills + device.kills} kills: nothing lost, doubled or reordered`
    : `${faults.length} faults with seed ${seed}`,
)
process.exitCode = faults.length === 0 ? 0 : 1
