/** People: founding, coming in, being checked, leaving, being removed, and the epochs of keys that follow. */
import { defineSubject, type By, type EventOf } from '../define.ts'
import * as events from './events.ts'
import * as rules from './rules.ts'
import { deviceIn, devicesOf, noPeople, type Member, type PeopleState } from './state.ts'

type Bring = {
  Founded: EventOf<typeof events.Founded>
  Rekeyed: EventOf<typeof events.Rekeyed>
  PageKept: EventOf<typeof events.PageKept>
  MemberProposed: EventOf<typeof events.MemberProposed>
  MemberWelcomed: EventOf<typeof events.MemberWelcomed>
  MemberAccepted: EventOf<typeof events.MemberAccepted>
  MemberRemoved: EventOf<typeof events.MemberRemoved>
  MemberLeft: EventOf<typeof events.MemberLeft>
  LeavingAnnounced: EventOf<typeof events.LeavingAnnounced>
  IdentityChecked: EventOf<typeof events.IdentityChecked>
  NameChosen: EventOf<typeof events.NameChosen>
  OutsideRecordDeclared: EventOf<typeof events.OutsideRecordDeclared>
  ObjectionSaid: EventOf<typeof events.ObjectionSaid>
  DeviceAdded: EventOf<typeof events.DeviceAdded>
  DeviceAcknowledged: EventOf<typeof events.DeviceAcknowledged>
}

declare module '../define.ts' {
  interface Circle {
    readonly people: PeopleState
  }
  interface Events extends Bring {}
}

const change = (part: PeopleState, id: string, to: (member: Member) => Partial<Member>): PeopleState => {
  const member = part.members[id]
  return member === undefined ? part : { ...part, members: { ...part.members, [id]: { ...member, ...to(member) } } }
}

const doesCount = (member: Member, device: string): boolean =>
  devicesOf(member).some((one) => one.id === device && one.counts)

function newMember(
  event: Bring['Founded'] | Bring['MemberProposed'],
  by: By,
  rest: Pick<Member, 'role' | 'status' | 'sinceSeq' | 'place' | 'commitment' | 'myNonce'>,
): Member {
  const derived = by.derived ?? { circle: '', member: '', device: '' } // PEO-3 and PEO-6 hold: it is there
  return {
    id: derived.member,
    name: event.name,
    language: event.language,
    keys: event.keys,
    device: {
      id: derived.device,
      member: derived.member,
      signPk: event.keys.device,
      kemPk: event.keys.deviceKem,
      use: 'everyday',
      counts: true,
    },
    added: [],
    proposedBy: event.type === 'Founded' ? derived.member : by.member,
    proposedSeq: by.seq,
    untilSeq: null,
    theirNonce: null,
    acceptProof: null,
    ...rest,
  }
}

export const people = defineSubject<PeopleState>({
  name: 'people',
  initial: noPeople,
  events: Object.values(events).filter((value) => typeof value === 'object' && 'code' in value),
  gates: [rules.foundedOnce, rules.writerIsMember, rules.noWritingWhileRekeyOwed, rules.yesFromDeviceThatCounts],
  handlers: {
    Founded: {
      rules: [rules.foundingHasKeys],
      evolve: (part, event, by) => {
        const member = newMember(event, by, {
          role: 'person',
          status: 'here',
          sinceSeq: by.seq,
          place: null,
          commitment: null,
          myNonce: null,
        })
        return {
          ...part,
          kind: event.kind,
          circle: by.derived?.circle ?? null,
          box: event.box,
          owner: event.owner,
          rules: event.rules,
          commitment: event.commitment,
          person: member.id,
          members: { [member.id]: member },
        }
      },
    },
    Rekeyed: {
      rules: [rules.onlyPersonRekeys, rules.epochFollows],
      evolve: (part, event) => ({
        ...part,
        epoch: event.toEpoch,
        commitment: event.commitment,
        rekeyOwedSince: null,
      }),
    },
    PageKept: {
      rules: [rules.notInOwnCircle, rules.pageKeptOnce],
      evolve: (part, event, by) => ({
        ...part,
        page: { member: null, memberPk: event.member, bytes: event.page, signature: event.signature, seq: by.seq },
      }),
    },
    MemberProposed: {
      rules: [rules.notInOwnCircle, rules.roleIsOpen, rules.keysAreNew, rules.circleHasRoom],
      evolve: (part, event, by) => {
        const admitted = part.person === by.member
        const member = newMember(event, by, {
          role: event.role,
          status: admitted ? 'admitted' : 'proposed',
          sinceSeq: null,
          place: event.place,
          commitment: event.commitment,
          myNonce: event.nonce,
        })
        const page =
          part.page !== null && part.page.memberPk === event.keys.member
            ? { ...part.page, member: member.id }
            : part.page
        return { ...part, page, members: { ...part.members, [member.id]: member } }
      },
    },
    MemberWelcomed: {
      rules: [rules.onlyPersonWelcomes],
      evolve: (part, event) => change(part, event.member, () => ({ status: 'admitted' })),
    },
    MemberAccepted: {
      rules: [rules.newcomerSaysYes],
      evolve: (part, event, by) =>
        change(part, by.member, () => ({
          status: 'here',
          sinceSeq: by.seq,
          theirNonce: event.nonce,
          acceptProof: event.proof,
        })),
    },
    MemberRemoved: {
      rules: [rules.onlyPersonRemoves],
      evolve: (part, event, by) => ({
        ...change(part, event.member, () => ({ status: 'removed', untilSeq: by.seq })),
        rekeyOwedSince: part.rekeyOwedSince ?? by.seq,
      }),
    },
    MemberLeft: {
      rules: [rules.personDoesNotLeave],
      evolve: (part, _event, by) => ({
        ...change(part, by.member, () => ({ status: 'left', untilSeq: by.seq })),
        rekeyOwedSince: part.rekeyOwedSince ?? by.seq,
      }),
    },
    LeavingAnnounced: {
      rules: [rules.notFromPerson],
      evolve: (part, event, by) => ({
        ...part,
        announced: [
          ...part.announced.filter((one) => one.member !== by.member),
          { member: by.member, day: event.day, words: event.words, seq: by.seq },
        ],
      }),
    },
    IdentityChecked: {
      rules: [rules.checksAnother],
      evolve: (part, event, by) => ({
        ...part,
        checks: [
          ...part.checks.filter((check) => check.by !== by.member || check.of !== event.member),
          { by: by.member, of: event.member, how: event.how, seq: by.seq, at: by.at },
        ],
      }),
    },
    NameChosen: {
      rules: [],
      evolve: (part, event, by) => change(part, by.member, () => ({ name: event.name, language: event.language })),
    },
    OutsideRecordDeclared: {
      rules: [rules.notFromPerson],
      evolve: (part, event, by) => ({
        ...part,
        outside: [
          ...part.outside,
          {
            entry: by.entry,
            member: by.member,
            what: event.what,
            where: event.where,
            source: event.source,
            until: event.until,
            required: event.required,
            seq: by.seq,
          },
        ],
      }),
    },
    ObjectionSaid: {
      rules: [rules.objectsToNewcomer],
      evolve: (part, event, by) => ({
        ...part,
        objections: [
          ...part.objections.filter((one) => one.by !== by.member || one.member !== event.member),
          { by: by.member, member: event.member, words: event.words, seq: by.seq },
        ],
      }),
    },
    DeviceAcknowledged: {
      rules: [rules.acknowledgesNewDevice],
      evolve: (part, event, _by, circle) =>
        change(part, deviceIn(circle, event.device)?.member ?? '', (member) => ({
          added: member.added.map((one) => (one.id === event.device ? { ...one, counts: true } : one)),
        })),
    },
    DeviceAdded: {
      rules: [rules.addsOwnDevice, rules.fewDevices],
      evolve: (part, event, by) =>
        change(part, by.member, (member) => ({
          added: [
            ...member.added,
            {
              id: by.derived?.device ?? '', // PEO-16 holds: it is there
              member: by.member,
              signPk: event.keys.device,
              kemPk: event.keys.deviceKem,
              use: event.use,
              counts: event.use === 'everyday' && doesCount(member, by.device),
            },
          ],
        })),
    },
  },
})
