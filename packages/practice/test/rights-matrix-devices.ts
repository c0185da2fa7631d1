/** What is withheld of devices that a member brings: rows of the rights matrix. */
import { deviceIn, devicesOf, isActive, isAlone, type Member } from '../src/people/state.ts'
import { changed, each, firstOf, type Step, type Withheld } from './rights-matrix-step.ts'

/** A member's devices, each with the key that an epoch is wrapped to. */
const idsOf = (member: Member): readonly string[] => devicesOf(member).map((device) => `${device.id} ${device.kemPk}`)

const counts = ({ before, by }: Step, device: string): boolean =>
  isAlone(before, by.member) || deviceIn(before, device)?.counts === true

/** The yeses that an entry added to the state. */
function yesAdded(step: Step): string | null {
  const { before, after, by } = step
  const members = changed(before.people.members, after.people.members)
  if (members.some(([, was, is]) => is?.status === 'admitted' && was?.status !== 'admitted')) return 'let in'
  const lines = changed(before.agreement.lines, after.agreement.lines)
  if (lines.some(([, was, is]) => is?.yes.some((one) => !was?.yes.includes(one)))) return 'a yes to a line'
  return (
    firstOf(changed(before.note.blocks, after.note.blocks), ([, was, is]) => {
      if (is === undefined) return null
      const word = is.words[by.member]
      if (is.yes.some((member) => was?.yes.includes(member) !== true)) return 'a yes to a block'
      return word?.word === 'signed' && word.seq === by.seq ? 'signed' : null
    }) ??
    firstOf(changed(before.ways.choices, after.ways.choices), ([, was, is]) =>
      is !== undefined && is.picks[by.member] !== was?.picks[by.member] && is.picks[by.member] !== undefined
        ? 'a way was taken'
        : null,
    )
  )
}

/** Rows about devices. */
export const withheldDevices: readonly Withheld[] = [
  {
    act: 'addDevice',
    kind: 'any',
    decided: 'no key or recipient is ever taken but from the member whose it is',
    rules: ['PEO-16'],
    part: 'people',
    given: each(
      (circle) => circle.people.members,
      (was, is, { by, before }) => {
        if (was === undefined || is === undefined || was.added === is.added) return false
        if (idsOf(was).some((id) => !idsOf(is).includes(id))) return 'a device was taken away'
        const came = devicesOf(is).filter((device) => devicesOf(was).every((one) => one.id !== device.id))
        if (came.length > 0 && is.id !== by.member) return 'a device was added to another'
        return came.some((device) => deviceIn(before, device.id) !== null) && 'another’s device was taken'
      },
    ),
  },
  {
    act: 'acknowledgeDevice',
    kind: 'any',
    decided: 'a device that came back with a paper counts once somebody else, or an older device, says whose it is',
    rules: ['PEO-19'],
    part: 'people',
    given: each(
      (circle) => circle.people.members,
      (was, is, step) => {
        const had = new Map((was === undefined ? [] : devicesOf(was)).map((device) => [device.id, device]))
        return (
          firstOf(is === undefined ? [] : devicesOf(is), (device) => {
            const before = had.get(device.id)
            if (before === undefined || before.counts === device.counts) return false
            if (before.counts || device.use === 'wayBack') return 'a device stopped counting, or a paper began to'
            const own = device.member === step.by.member
            return own && deviceIn(step.before, step.by.device)?.counts !== true && 'a new device spoke for itself'
          }) ?? false
        )
      },
    ),
  },
  {
    act: 'yesFromNewDevice',
    kind: 'alongside',
    decided: 'a yes is a member’s own: from a device that may be a stranger’s it has no effect while others are here',
    rules: ['PEO-18'],
    part: 'any',
    given: (step) => {
      if (step.before.people.kind === null || counts(step, step.by.device)) return null
      return yesAdded(step)
    },
  },
  {
    act: 'keepAccess',
    kind: 'any',
    decided: 'everyone in a circle reads all of its shared record, up to the parting point; the person always',
    rules: [],
    part: 'people',
    given: each(
      (circle) => circle.people.members,
      (was, is, step) => {
        if (was === undefined || !isActive(step.before, was.id)) return false
        if (is === undefined || idsOf(was).some((id) => !idsOf(is).includes(id))) return 'a recipient was lost'
        if (isActive(step.after, was.id)) return is.untilSeq !== null && 'a member who is here has a parting point'
        return (
          (was.role === 'person' || is.untilSeq !== step.by.seq) && 'access ended at another point than the parting'
        )
      },
    ),
  },
]
