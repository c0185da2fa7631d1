// Written by `node tools/subjects.ts --write`: every folder of this package that has a subject.ts.
import { agreement } from './agreement/subject.ts'
import { checkIn } from './check-in/subject.ts'
import { commitment } from './commitment/subject.ts'
import { encounter } from './encounter/subject.ts'
import { leaving } from './leaving/subject.ts'
import { note } from './note/subject.ts'
import { own } from './own/subject.ts'
import { people } from './people/subject.ts'
import { ways } from './ways/subject.ts'

export const subjects = [agreement, checkIn, commitment, encounter, leaving, note, own, people, ways] as const
