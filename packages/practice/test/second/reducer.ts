/**
 * The second reducer: one entry after the other, into a circle that it writes on. Gates first, in order of the
 * practices' names (GEN-5); then the event's own sentences. Each event has one function, which either names the sentence
 * that stands in the way and has changed nothing, or has written down what the event means.
 */
import * as agreement from './agreement.ts'
import * as checkIn from './check-in.ts'
import * as commitment from './commitment.ts'
import * as encounter from './encounter.ts'
import * as leaving from './leaving.ts'
import * as note from './note.ts'
import * as own from './own.ts'
import * as people from './people.ts'
import * as ways from './ways.ts'
import type { Entry, Verdict, World } from './world.ts'

/** Takes one entry into the world, which is changed in place: the sentence that refused it, or null when it had its effect. */
export function take(world: World, { event, by }: Entry): Verdict {
  const atTheGate = leaving.leavingGate(world, event.type) ?? people.gate(world, event.type, by)
  if (atTheGate !== null) return atTheGate
  switch (event.type) {
    case 'Founded':
      return people.founded(world, event, by)
    case 'Rekeyed':
      return people.rekeyed(world, event, by)
    case 'PageKept':
      return people.pageKept(world, event, by)
    case 'MemberProposed':
      return people.memberProposed(world, event, by)
    case 'MemberWelcomed':
      return people.memberWelcomed(world, event, by)
    case 'MemberAccepted':
      return people.memberAccepted(world, event, by)
    case 'MemberRemoved': {
      const refused = people.memberRemoved(world, event, by)
      if (refused === null) agreement.linesEndWith(world, event.member, by.seq)
      return refused
    }
    case 'MemberLeft': {
      const refused = people.memberLeft(world, by)
      if (refused === null) agreement.linesEndWith(world, by.member, by.seq)
      return refused
    }
    case 'LeavingAnnounced':
      return people.leavingAnnounced(world, event, by)
    case 'IdentityChecked':
      return people.identityChecked(world, event, by)
    case 'NameChosen':
      return people.nameChosen(world, event, by)
    case 'OutsideRecordDeclared':
      return people.outsideRecordDeclared(world, event, by)
    case 'ObjectionSaid':
      return people.objectionSaid(world, event, by)
    case 'DeviceAdded':
      return people.deviceAdded(world, event, by)
    case 'DeviceAcknowledged':
      return people.deviceAcknowledged(world, event, by)
    case 'LineProposed':
      return agreement.lineProposed(world, event, by)
    case 'LineAccepted':
      return agreement.lineAccepted(world, event, by)
    case 'LineDeclined':
      return agreement.lineDeclined(world, event, by)
    case 'LinePutOff':
      return agreement.linePutOff(world, event, by)
    case 'LimitsHeard':
      return agreement.limitsHeard(world, event, by)
    case 'EncounterPlanned':
      return encounter.encounterPlanned(world, event, by)
    case 'EncounterChanged':
      return encounter.encounterChanged(world, event)
    case 'EncounterMet':
      return encounter.encounterMet(world, event, by)
    case 'EncounterNotMet':
      return encounter.encounterNotMet(world, event)
    case 'LookBackClosed':
      return encounter.lookBackClosed(world, event, by)
    case 'IntentionChosen':
      return encounter.intentionChosen(world, event, by)
    case 'AgendaItemAdded':
      return encounter.agendaItemAdded(world, event, by)
    case 'AgendaItemChanged':
      return encounter.agendaItemChanged(world, event, by)
    case 'AgendaItemTalked':
      return encounter.agendaItemTalked(world, event)
    case 'AgendaItemParked':
      return encounter.agendaItemParked(world, event, by)
    case 'AgendaItemBack':
      return encounter.agendaItemBack(world, event, by)
    case 'AgendaItemTakenOff':
      return encounter.agendaItemTakenOff(world, event, by)
    case 'BlockOffered':
      return note.blockOffered(world, event, by)
    case 'BlockAgreed':
      return note.blockAgreed(world, event, by)
    case 'BlockTakenBack':
      return note.blockTakenBack(world, event, by)
    case 'BlockSigned':
      return note.blockSigned(world, event, by)
    case 'BlockDiffers':
      return note.blockDiffers(world, event, by)
    case 'BlockStruck':
      return note.blockStruck(world, event, by)
    case 'ChoiceOpened':
      return ways.choiceOpened(world, event, by)
    case 'WayAdded':
      return ways.wayAdded(world, event, by)
    case 'WayWeighed':
      return ways.wayWeighed(world, event, by)
    case 'WayTakenOff':
      return ways.wayTakenOff(world, event, by)
    case 'ChoiceMade':
      return ways.choiceMade(world, event, by)
    case 'ChoiceUndone':
      return ways.choiceUndone(world, event, by)
    case 'ChoiceLookedAgain':
      return ways.choiceLookedAgain(world, event, by)
    case 'PromiseMade':
      return commitment.promiseMade(world, event, by)
    case 'PromiseKept':
      return commitment.promiseKept(world, event, by)
    case 'PromiseChanged':
      return commitment.promiseChanged(world, event, by)
    case 'PromiseOwned':
      return commitment.promiseOwned(world, event, by)
    case 'PromiseSeenDifferently':
      return commitment.promiseSeenDifferently(world, event, by)
    case 'PromiseLetGo':
      return commitment.promiseLetGo(world, event, by)
    case 'CheckInSealed':
      return checkIn.checkInSealed(world, event, by)
    case 'CheckInLaterView':
      return checkIn.checkInLaterView(world, event, by)
    case 'CheckInShown':
      return checkIn.checkInShown(world, event, by)
    case 'ChangeAnswered':
      return checkIn.changeAnswered(world, event, by)
    case 'TriggerSet':
      return checkIn.triggerSet(world, event, by)
    case 'TriggerSuggested':
      return checkIn.triggerSuggested(world, event, by)
    case 'Paused':
      return leaving.paused(world, by)
    case 'Resumed':
      return leaving.resumed(world, by)
    case 'EndAsked':
      return leaving.endAsked(world, event, by)
    case 'EndTakenBack':
      return leaving.endTakenBack(world, by)
    case 'GoodbyeSaid':
      return leaving.goodbyeSaid(world, event, by)
    case 'PrivateNoteKept':
      return own.privateNoteKept(world, event, by)
    case 'PrivateNoteChanged':
      return own.privateNoteChanged(world, event, by)
    case 'PrivateNoteStruck':
      return own.privateNoteStruck(world, event)
  }
}
