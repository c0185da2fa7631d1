/**
 * `/v1/place/:id/messages`: the mailbox of a place. Whoever has the link signs with the mailbox key that derives from
 * it, the page's author with the author key. The first message that takes the place has it.
 */
import { messagePosted, messages, postMessage, readBody } from '@alongside/wire/http.ts'
import { answer, refuse, type Route } from '../reply.ts'
import { signer, type PlaceWorld } from './place.ts'

const PATH = /^\/v1\/place\/([0-9a-f]{32})\/messages$/

export const postMessageRoute = (world: PlaceWorld): Route => ({
  method: 'POST',
  path: PATH,
  async handle(asked) {
    const placeId = asked.caught[0] ?? ''
    const body = await asked.body()
    if (!body.ok) return refuse(body.error)
    const wish = postMessage.decode(body.value)
    if (!wish.ok) return refuse({ type: 'Malformed' })
    const place = await world.places.place(placeId)
    if (place === null) return refuse({ type: 'NoSuchPlace' })
    const by = signer(world, asked, { placeId, op: 'post', body: body.value, keys: place })
    if (!by.ok) return refuse(by.error)
    const fromAuthor = by.value === 'author'
    if (fromAuthor && wish.value.take) return refuse({ type: 'Malformed' })
    const posted = await world.places.post(placeId, { fromAuthor, ...wish.value })
    return posted.ok ? answer(messagePosted.encode({ n: posted.value }), 201) : refuse(posted.error)
  },
})

export const readMessagesRoute = (world: PlaceWorld): Route => ({
  method: 'GET',
  path: PATH,
  async handle(asked) {
    const placeId = asked.caught[0] ?? ''
    const said = asked.url.searchParams.get('after') ?? '0'
    const after = /^\d{1,9}$/.test(said) ? Number(said) : null
    if (after === null) return refuse({ type: 'Malformed' })
    const place = await world.places.place(placeId)
    if (place === null) return refuse({ type: 'NoSuchPlace' })
    const by = signer(world, asked, { placeId, op: 'read', body: readBody(after), keys: place })
    if (!by.ok) return refuse(by.error)
    return answer(messages.encode({ taken: place.taken, messages: await world.places.messages(placeId, after) }))
  },
})
