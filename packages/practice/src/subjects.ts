// Written by `node tools/subjects.ts --write`: every folder of this package that has a subject.ts.
import { agreement } from './agreement/subject.ts'
import { people } from './people/subject.ts'

export const subjects = [agreement, people] as const
