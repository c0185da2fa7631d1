/** What a device shows that has no page and no places of its own: a person's, or one that is only just opening. */
import { emptyPage } from '@alongside/practice/page/page.ts'
import type { OpenView } from '../api.ts'

export const noPlaces = (name: string, language: string): Pick<OpenView, 'page' | 'places'> => ({
  page: { draft: emptyPage(name, language), missing: [], savedAt: null },
  places: [],
})
