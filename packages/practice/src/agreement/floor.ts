/**
 * What every circle has from its first moment and no agreement can take away (rule AGR-13). These are constants, not
 * state: no event changes them, so no member, rule or line can. Their words are in the message files, by these ids.
 */

/** What is always the person's. */
export const PERSON_FLOOR = [
  'readAll',
  'sayNo',
  'chooseWhoComesAndGoes',
  'chooseWhoIsTold',
  'seeItDifferently',
  'privateNotes',
  'showSomeone',
  'complain',
  'askForSomeoneElse',
  'leaveWithCopy',
  'noStudyNoCheckIn',
] as const

/** What is always a practitioner's. */
export const PRACTITIONER_FLOOR = [
  'restHours',
  'safetyAtWork',
  'ownFactsUnshared',
  'teamSupport',
  'nameLimits',
] as const

/** What binds a practitioner always, whatever the agreement says or leaves out. */
export const ALWAYS_IN_FORCE = ['noSex', 'noViolenceOrThreat', 'noSecretToKeep'] as const

export type FloorId =
  | (typeof PERSON_FLOOR)[number]
  | (typeof PRACTITIONER_FLOOR)[number]
  | (typeof ALWAYS_IN_FORCE)[number]

/** Everything in force without anybody's yes. Takes no circle, because it depends on none. */
export const floor = (): readonly FloorId[] => [...PERSON_FLOOR, ...PRACTITIONER_FLOOR, ...ALWAYS_IN_FORCE]
