/**
 * Who may do what in a circle, as data (rules version 1). Authority over one life is not shared equally: it is the
 * person's. A row is held by the sentences it names (RIG-1) or shown as not open yet (RIG-3). Showing or taking out the
 * record has no event at all (RIG-2). Words for `act`, `who` and `effect` are in the message files, by these ids.
 */
import type { Events, RuleId } from '../define.ts'

export type Who =
  | 'person'
  | 'practitioner'
  | 'anyMember'
  | 'everyoneButPerson'
  | 'writer'
  | 'owner'
  | 'whoeverWasHurt'
  | 'whoeverCausedIt'
  | 'eachForOwn'
  | 'nobody'

export type Effect =
  | 'atOnce'
  | 'never'
  | 'always'
  | 'circleExists'
  | 'afterPersonsYes'
  | 'afterNewcomersYes'
  | 'objectionsDoNotBlock'
  | 'keepsWhatTheyHad'
  | 'learnsNothingNew'
  | 'announcedFirst'
  | 'whatIsKeptIsListed'
  | 'afterYesOfAllAsked'
  | 'offUntilThen'
  | 'keptWithWritersYes'
  | 'otherSignsOrDiffersOrNoWord'
  | 'nobodyIsAsked'
  | 'othersWordsMarked'
  | 'afterYesOfAllNamed'
  | 'cannotBeHidden'
  | 'hurtOneSaysEnough'
  | 'showsAsStruck'
  | 'whenThoseConcernedAgree'
  | 'writingStops'
  | 'deletedAfterSevenDays'
  | 'copiesAreListed'
  | 'onThisDeviceOnly'

export type Standing = { readonly type: 'rule'; readonly rules: readonly RuleId[] } | { readonly type: 'notOpenYet' }

export interface Right {
  readonly id: string
  readonly kind: 'alongside' | 'own'
  readonly act: string
  readonly who: readonly Who[]
  readonly effect: readonly Effect[]
  /** The events by which the act is done; none where it needs no entry. */
  readonly by: readonly (keyof Events)[]
  readonly standing: Standing
}

const rule = (...rules: RuleId[]): Standing => ({ type: 'rule', rules })
const notOpenYet: Standing = { type: 'notOpenYet' }

type Row = Omit<Right, 'id' | 'kind'>
const rows = (kind: Right['kind'], list: readonly Row[]): readonly Right[] =>
  list.map((row) => ({ id: `${kind}.${row.act}`, kind, ...row }))

const alongside = rows('alongside', [
  {
    act: 'foundCircle',
    who: ['person'],
    effect: ['circleExists'],
    by: ['Founded', 'PageKept'],
    standing: rule('PEO-1', 'PEO-3', 'PEO-15'),
  },
  {
    act: 'addMember',
    who: ['anyMember'],
    effect: ['afterPersonsYes', 'afterNewcomersYes', 'objectionsDoNotBlock'],
    by: ['MemberProposed', 'MemberWelcomed', 'MemberAccepted', 'ObjectionSaid'],
    standing: rule('PEO-5', 'PEO-8', 'PEO-9', 'PEO-14'),
  },
  {
    act: 'addSupporterOrInterpreter',
    who: ['anyMember'],
    effect: ['afterPersonsYes', 'afterNewcomersYes', 'objectionsDoNotBlock'],
    by: [],
    standing: notOpenYet,
  },
  {
    act: 'removeMember',
    who: ['person'],
    effect: ['atOnce', 'keepsWhatTheyHad', 'learnsNothingNew'],
    by: ['MemberRemoved', 'Rekeyed'],
    standing: rule('PEO-10', 'KEY-1', 'KEY-2', 'KEY-3'),
  },
  { act: 'freezeMember', who: ['person'], effect: ['atOnce'], by: [], standing: notOpenYet },
  { act: 'removePerson', who: ['nobody'], effect: ['never'], by: [], standing: rule('PEO-10', 'PEO-11', 'GEN-9') },
  {
    act: 'leave',
    who: ['everyoneButPerson'],
    effect: ['atOnce', 'announcedFirst', 'whatIsKeptIsListed'],
    by: ['MemberLeft', 'LeavingAnnounced', 'OutsideRecordDeclared'],
    standing: rule('PEO-11', 'PEO-12', 'AGR-11', 'LEA-7'),
  },
  {
    act: 'agreementLine',
    who: ['anyMember'],
    effect: ['afterYesOfAllAsked', 'offUntilThen'],
    by: ['LineProposed', 'LineAccepted', 'LineDeclined', 'LinePutOff'],
    standing: rule('AGR-6', 'AGR-7', 'AGR-8', 'AGR-9'),
  },
  { act: 'rightsFloor', who: ['nobody'], effect: ['always'], by: [], standing: rule('AGR-13') },
  {
    act: 'note',
    who: ['anyMember'],
    effect: ['keptWithWritersYes', 'otherSignsOrDiffersOrNoWord'],
    by: ['BlockOffered', 'BlockAgreed', 'BlockTakenBack', 'BlockSigned', 'BlockDiffers'],
    standing: rule('NOTE-5', 'NOTE-6', 'NOTE-7', 'NOTE-8'),
  },
  {
    act: 'ownWords',
    who: ['owner'],
    effect: ['keptWithWritersYes'],
    by: ['BlockOffered'],
    standing: rule('NOTE-4'),
  },
  {
    act: 'showOrTakeOut',
    who: ['person'],
    effect: ['atOnce', 'nobodyIsAsked', 'othersWordsMarked'],
    by: [],
    standing: rule('RIG-2'),
  },
  {
    act: 'jointText',
    who: ['anyMember'],
    effect: ['afterYesOfAllNamed'],
    by: [],
    standing: notOpenYet,
  },
  { act: 'forcedDisclosure', who: ['practitioner'], effect: ['cannotBeHidden'], by: [], standing: notOpenYet },
  {
    act: 'repair',
    who: ['whoeverWasHurt', 'whoeverCausedIt'],
    effect: ['hurtOneSaysEnough'],
    by: [],
    standing: notOpenYet,
  },
  {
    act: 'strike',
    who: ['person', 'writer'],
    effect: ['atOnce', 'showsAsStruck'],
    by: ['BlockStruck'],
    standing: rule('NOTE-10'),
  },
  {
    act: 'erase',
    who: ['person', 'writer'],
    effect: ['whenThoseConcernedAgree'],
    by: [],
    standing: notOpenYet,
  },
  {
    act: 'pauseOrEnd',
    who: ['person'],
    effect: ['writingStops', 'deletedAfterSevenDays', 'copiesAreListed'],
    by: ['Paused', 'Resumed', 'EndAsked', 'EndTakenBack', 'GoodbyeSaid'],
    standing: rule('LEA-1', 'LEA-2', 'LEA-4', 'LEA-5', 'LEA-6', 'LEA-7'),
  },
  { act: 'patternsOrStudy', who: ['eachForOwn'], effect: ['whenThoseConcernedAgree'], by: [], standing: notOpenYet },
])

const own = rows('own', [
  {
    act: 'foundCircle',
    who: ['person'],
    effect: ['circleExists', 'onThisDeviceOnly'],
    by: ['Founded'],
    standing: rule('PEO-1', 'PEO-3'),
  },
  { act: 'addMember', who: ['nobody'], effect: ['never'], by: [], standing: rule('PEO-4') },
  {
    act: 'privateNote',
    who: ['person'],
    effect: ['atOnce', 'onThisDeviceOnly'],
    by: ['PrivateNoteKept', 'PrivateNoteChanged', 'PrivateNoteStruck'],
    standing: rule('OWN-1', 'OWN-2', 'OWN-3'),
  },
  { act: 'agreementLine', who: ['nobody'], effect: ['never'], by: [], standing: rule('AGR-1') },
  {
    act: 'showOrTakeOut',
    who: ['person'],
    effect: ['atOnce', 'nobodyIsAsked'],
    by: [],
    standing: rule('RIG-2'),
  },
  {
    act: 'pauseOrEnd',
    who: ['person'],
    effect: ['writingStops', 'copiesAreListed'],
    by: ['Paused', 'Resumed', 'EndAsked', 'EndTakenBack'],
    standing: rule('LEA-1', 'LEA-2', 'LEA-7'),
  },
  { act: 'learning', who: ['person'], effect: ['onThisDeviceOnly'], by: [], standing: notOpenYet },
])

/** Every row, circles of people who work alongside each other first. */
export const RIGHTS: readonly Right[] = [...alongside, ...own]

/** The rows for one kind of circle, in the order they are shown. */
export const rightsOf = (kind: Right['kind']): readonly Right[] => RIGHTS.filter((right) => right.kind === kind)
