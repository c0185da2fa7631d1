/**
 * What was decided about who may do what (rules version 1), one row for each act, in the decision's words: which events
 * are the act, and from which seats they can be said at all. What no row names is open to the person and to those who are
 * here, and to nobody else.
 */
import type { Events } from '../src/define.ts'
import type { Right } from '../src/rights/table.ts'

export interface Decided {
  readonly kind: Right['kind']
  /** The act, as in the table of rights. */
  readonly act: string
  readonly words: string
  /** By event: who can say it. `letIn` has the person's yes and has not said their own. */
  readonly may: { readonly [E in keyof Events]?: readonly ('person' | 'here' | 'letIn')[] }
}

const BOTH = ['person', 'here'] as const
const PERSON = ['person'] as const
const NOBODY = [] as const

export const DECIDED: readonly Decided[] = [
  {
    kind: 'alongside',
    act: 'foundCircle',
    words: 'found the circle: the person, by saying yes to a practice page',
    may: { Founded: NOBODY, PageKept: PERSON },
  },
  {
    kind: 'alongside',
    act: 'addMember',
    words:
      'add a member: any member proposes; when the person says yes and the newcomer accepts; others see it and may object in writing, which does not block',
    may: { MemberProposed: BOTH, MemberWelcomed: PERSON, MemberAccepted: ['letIn'], ObjectionSaid: BOTH },
  },
  {
    kind: 'alongside',
    act: 'removeMember',
    words: 'freeze or remove a supporter, interpreter or practitioner: the person alone, at once',
    may: { MemberRemoved: PERSON, Rekeyed: PERSON },
  },
  { kind: 'alongside', act: 'removePerson', words: 'remove the person: nobody, never', may: {} },
  {
    kind: 'alongside',
    act: 'leave',
    words: 'leave: a practitioner or supporter, at once; announced first, and what they keep is listed',
    may: { MemberLeft: ['here', 'letIn'], LeavingAnnounced: ['here'], OutsideRecordDeclared: ['here'] },
  },
  {
    kind: 'alongside',
    act: 'agreementLine',
    words:
      'agreement line: anyone proposes; when the person and everyone it asks something of have accepted the same text',
    may: { LineProposed: BOTH, LineAccepted: BOTH, LineDeclined: BOTH, LinePutOff: BOTH, LimitsHeard: PERSON },
  },
  {
    kind: 'alongside',
    act: 'rightsFloor',
    words: 'rights floor: always in force; no member can take it away',
    may: {},
  },
  {
    kind: 'alongside',
    act: 'note',
    words: 'note: anyone drafts; a block is kept only with its writer’s yes; the other signs, or sees it differently',
    may: { BlockOffered: BOTH, BlockAgreed: BOTH, BlockTakenBack: BOTH, BlockSigned: BOTH, BlockDiffers: BOTH },
  },
  { kind: 'alongside', act: 'ownWords', words: 'own-words field: its owner only', may: { BlockOffered: BOTH } },
  { kind: 'alongside', act: 'showOrTakeOut', words: 'show or export the record: the person alone, at once', may: {} },
  {
    kind: 'alongside',
    act: 'strike',
    words: 'strike a line about the person: the person, or the author for own words',
    may: { BlockStruck: BOTH },
  },
  {
    kind: 'alongside',
    act: 'pauseOrEnd',
    words: 'pause, end: the person',
    may: { Paused: PERSON, Resumed: PERSON, EndAsked: PERSON, EndTakenBack: PERSON, GoodbyeSaid: BOTH },
  },
  {
    kind: 'alongside',
    act: 'offers',
    words: 'the person decides: offers are on until the person switches them off; others suggest',
    may: { TriggerSet: PERSON, TriggerSuggested: ['here'] },
  },
  {
    kind: 'alongside',
    act: 'privateNote',
    words: 'own circle: private notes are in no shared record',
    may: { PrivateNoteKept: NOBODY, PrivateNoteChanged: NOBODY, PrivateNoteStruck: NOBODY },
  },
  { kind: 'own', act: 'foundCircle', words: 'own circle: a circle of one', may: { Founded: NOBODY, PageKept: NOBODY } },
  {
    kind: 'own',
    act: 'addMember',
    words: 'own circle: nobody else is ever let in',
    may: { MemberProposed: NOBODY, MemberWelcomed: NOBODY, MemberAccepted: NOBODY, ObjectionSaid: NOBODY },
  },
  {
    kind: 'own',
    act: 'privateNote',
    words: 'own circle: private notes',
    may: { PrivateNoteKept: PERSON, PrivateNoteChanged: PERSON, PrivateNoteStruck: PERSON },
  },
  {
    kind: 'own',
    act: 'agreementLine',
    words: 'own circle: there is nobody to agree with',
    may: { LineProposed: NOBODY, LineAccepted: NOBODY, LineDeclined: NOBODY, LinePutOff: NOBODY, LimitsHeard: NOBODY },
  },
  {
    kind: 'own',
    act: 'note',
    words: 'own circle: there is nobody to write with',
    may: { BlockOffered: NOBODY, BlockAgreed: NOBODY, BlockSigned: NOBODY, BlockDiffers: NOBODY, BlockStruck: NOBODY },
  },
  { kind: 'own', act: 'showOrTakeOut', words: 'own circle: shown or taken out at once', may: {} },
  {
    kind: 'own',
    act: 'pauseOrEnd',
    words: 'own circle: pause, end: the person',
    may: { Paused: PERSON, Resumed: PERSON, EndAsked: PERSON, EndTakenBack: PERSON },
  },
]
