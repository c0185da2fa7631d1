import { describe, expect, it } from 'vitest'
import type { Asked } from '../packages/practice/test/rights-matrix-asked.ts'
import { ROOT } from './lib/files.ts'
import { rightsPage } from './rights.ts'

const no = (rule: 'PEO-2' | 'PEO-10') => ({ may: 'no', rules: [rule] }) as const
const removed: Asked = {
  practice: 'people',
  event: 'MemberRemoved',
  kind: 'alongside',
  situation: 'open',
  cells: { person: { may: 'yes', rules: [] }, here: no('PEO-10'), left: no('PEO-2'), outsider: no('PEO-2') },
  newDevice: [],
}

describe('the page of who may do what', () => {
  it('has a row for a saying, with the sentence in the way, and seats that are answered alike in one column', () => {
    const page = rightsPage(ROOT, [removed])
    expect(page).toContain('| Saying | The person | Others who are here | Has left; Never came in |')
    expect(page).toContain('| MemberRemoved | yes | no: PEO-10 | no: PEO-2 |')
    expect(page).toContain('- **PEO-10** Only the person removes')
    expect(page).not.toContain('- **PEO-9**')
  })

  it('changes when a rule answers otherwise', () => {
    const otherwise: Asked = { ...removed, cells: { ...removed.cells, here: { may: 'yes', rules: [] } } }
    expect(rightsPage(ROOT, [otherwise])).not.toBe(rightsPage(ROOT, [removed]))
  })
})
