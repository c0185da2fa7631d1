/**
 * The device of a seat, with a mark on everything that could leave it. Links, ways back and copies made in the
 * walk-through world say that they are invented; no real device can read them, and a seat reads no others. So nothing
 * real is ever linked to an invented device, whichever way somebody carries a link.
 */
import { err, ok } from '@alongside/base/result.ts'
import type { DeviceApi, DeviceView } from '@alongside/device/api.ts'
import { WALK_PATH } from '../shell/route.ts'

/** Neither alphabet, that of links or that of paper, has all of these characters. */
const MARK = 'invented.'

const notOurs = err({ type: 'LinkNotWhole' } as const)

/** The same link, leading to the walk-through world and readable only there. */
export const markLink = (link: string): string => link.replace('/#', `${WALK_PATH}#${MARK}`)

/** The link as the device made it, or null when it was not made in a seat. */
export function unmarkLink(link: string): string | null {
  const at = link.indexOf('#')
  if (at < 0 || !URL.canParse(link) || !link.startsWith(MARK, at + 1)) return null
  return `${new URL(link).origin}/#${link.slice(at + 1 + MARK.length)}`
}

const markPaper = (text: string): string => `${MARK}${text}`

function unmarkPaper(text: string): string | null {
  const trimmed = text.trim()
  return trimmed.startsWith(MARK) ? trimmed.slice(MARK.length) : null
}

function markView(view: DeviceView): DeviceView {
  if (view.type !== 'open') return view
  return { ...view, places: view.places.map((place) => ({ ...place, link: markLink(place.link) })) }
}

/** @param words what stands on a copy that is taken out. */
export function marked(api: DeviceApi, words: () => string): DeviceApi {
  return {
    ...api,
    watch: (shown) => api.watch((view) => shown(markView(view))),
    async openPlace(at) {
      const opened = await api.openPlace(at)
      return opened.ok ? ok({ ...opened.value, link: markLink(opened.value.link) }) : opened
    },
    async readLink(link) {
      const plain = unmarkLink(link)
      return plain === null ? notOurs : api.readLink(plain)
    },
    async readReplies(link, code) {
      const plain = unmarkLink(link)
      return plain === null ? notOurs : api.readReplies(plain, code)
    },
    async makeWayBack(circle, passphrase) {
      const made = await api.makeWayBack(circle, passphrase)
      return made.ok ? ok({ text: markPaper(made.value.text) }) : made
    },
    async comeBack(text, as) {
      const plain = unmarkPaper(text)
      return plain === null ? notOurs : api.comeBack(plain, as)
    },
    takeOut(circle, how) {
      const title = `${words()} ${how.texts.words.title}`
      return api.takeOut(circle, { ...how, texts: { ...how.texts, words: { ...how.texts.words, title } } })
    },
  }
}
