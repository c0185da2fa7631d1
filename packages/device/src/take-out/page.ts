/**
 * The page that is taken out: one file that any browser opens without our software, a network or scripts, and that reads
 * well on paper. Each saying stands with the name of whoever said it. Everything from people is escaped.
 */
import type { Id } from '@alongside/base/codec.ts'
import { allLines } from '@alongside/practice/agreement/state.ts'
import { ITEMS, type CheckInAnswers, type Item } from '@alongside/practice/check-in/answers.ts'
import { allPromises } from '@alongside/practice/commitment/state.ts'
import type { Circle } from '@alongside/practice/define.ts'
import { notes, partsOf, wordOf, type Block } from '@alongside/practice/note/state.ts'
import { privateNotes } from '@alongside/practice/own/state.ts'
import { PAGE_TEXTS, pageIn } from '@alongside/practice/page/page.ts'
import { fromMinutes } from '@alongside/record/entry.ts'
import type { OpenedCheckIn } from '../api.ts'
import { keptPage } from '../circle/kept-page.ts'
import type { TakenOut } from './data.ts'
import type { TakeOutTexts } from './words.ts'

const ESCAPES: { readonly [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '')
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ug|yi|dv)\b/

const STYLE = `body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1c1b22;background:#fff}
h1{font-size:1.6rem}h2{margin-top:2.5rem;border-block-end:2px solid #d9d5e3;padding-block-end:.25rem}h3{margin-block-end:.25rem}
article{border-inline-start:4px solid #4b4a9f;padding-inline-start:1rem;margin-block:1rem}article.other{border-inline-start:4px dashed #8a5a12}
p{margin-block:.35rem;white-space:pre-wrap}.by,.is{color:#4c4a57;font-size:.95rem}del{color:#5d5b66}ol.all{font-size:.9rem}
@media print{body{margin:0}h2{break-after:avoid}article{break-inside:avoid}}`

/** A whole page in one language. `data` is the same record as plain data. */
export function takenPage(
  circle: Circle,
  data: TakenOut,
  checkIns: readonly OpenedCheckIn[],
  as: { readonly language: string; readonly texts: TakeOutTexts },
): string {
  const { words, sections, ready, steps } = as.texts
  const { members, person } = circle.people
  const day = new Intl.DateTimeFormat(as.language, { dateStyle: 'long' })
  const moment = new Intl.DateTimeFormat(as.language, { dateStyle: 'medium', timeStyle: 'short' })
  const on = (minutes: number): string => day.format(fromMinutes(minutes))
  const name = (id: Id | null): string => `<bdi>${escaped(members[id ?? '']?.name ?? '–')}</bdi>`
  const text = (said: string): string => `<p dir="auto">${escaped(said)}</p>`
  const by = (...parts: readonly (string | null)[]): string =>
    `<p class="by">${parts.filter((part) => part !== null && part !== '').join(' · ')}</p>`
  const card = (author: Id | null, ...inside: readonly string[]): string =>
    `<article${author === person ? '' : ' class="other"'}>${inside.join('')}</article>`
  const part = (title: string, inside: readonly string[]): string =>
    `<section><h2>${escaped(title)}</h2>${inside.length === 0 ? `<p>${escaped(words.nothing)}</p>` : inside.join('')}</section>`

  const who = Object.values(members).map((one) =>
    card(one.id, `<h3>${name(one.id)}</h3>`, by(escaped(words[one.role]), escaped(words[one.status]))),
  )

  const kept = keptPage(circle)
  const shown = kept === null ? null : pageIn(kept, as.language)
  const page =
    shown === null
      ? []
      : [
          ...PAGE_TEXTS.filter((field) => shown[field].trim() !== '').map(
            (field) => `<h3>${escaped(words[field])}</h3>${text(shown[field])}`,
          ),
          ...(shown.limits.length === 0 ? [] : [`<h3>${escaped(words.limits)}</h3>`]),
          ...shown.limits.map((row) =>
            text([row.text, row.first, row.youCan, row.source].filter((said) => said !== '').join('\n')),
          ),
          ...(shown.cost.length === 0 ? [] : [`<h3>${escaped(words.cost)}</h3>`]),
          ...shown.cost.map((row) => text(row.amount)),
        ]

  const lineWords = {
    proposed: words.lineProposed,
    live: words.lineLive,
    underReview: words.lineUnderReview,
    changed: words.lineChanged,
    off: words.lineOff,
    ended: words.lineEnded,
  }
  const agreement = allLines(circle).map((line) =>
    card(
      line.author,
      `<h3>${escaped(sections[line.section - 1] ?? `${words.section} ${line.section}`)}</h3>`,
      text(line.ready === null ? line.text : (ready[line.ready.id] ?? line.ready.id)),
      line.second === null ? '' : text(line.second.text),
      by(name(line.author), escaped(lineWords[line.status]), line.yes.map((one) => name(one.member)).join(', ')),
    ),
  )

  const meetings = Object.values(circle.encounter.encounters)
    .sort((a, b) => a.seq - b.seq)
    .map((one) =>
      card(
        one.by,
        `<h3>${escaped(one.day === null ? on(one.metAt ?? one.at) : day.format(Date.parse(`${one.day}T12:00:00Z`)))}</h3>`,
        one.place === '' ? '' : text(one.place),
        by(escaped(words[one.status])),
      ),
    )
  const agenda = Object.values(circle.encounter.agenda)
    .sort((a, b) => a.seq - b.seq)
    .map((one) => card(one.author, text(one.text), by(name(one.author), escaped(words[one.status]))))

  const block = (one: Block): string => {
    const parts = partsOf(one)
    const body =
      parts.length > 1
        ? parts.map((each) => text(each.text) + by(name(each.member))).join('')
        : text(one.text) + by(name(parts[0]?.member ?? null))
    const word = (member: Id): string => {
      const said = wordOf(one, member)
      const differing = said === 'differs' ? text(one.words[member]?.words ?? '') : ''
      return by(name(member), escaped(said === 'none' ? words.noWord : words[said])) + differing
    }
    const others = Object.keys(members).filter((member) => !one.needs.includes(member))
    return card(
      parts[0]?.member ?? null,
      one.struck === null ? body : `<del>${body}</del>`,
      by(
        escaped(words[one.kind]),
        one.status === 'takenBack' ? null : escaped(words[one.status]),
        one.struck === null ? null : escaped(words.struck),
        on(one.at),
      ),
      ...(one.status === 'kept' ? others.map(word) : []),
    )
  }
  const written = notes(circle).flatMap(({ encounter, blocks }) => {
    const met = encounter === null ? null : (circle.encounter.encounters[encounter] ?? null)
    const title = met === null ? escaped(words.outsideMeetings) : escaped(on(met.metAt ?? met.at))
    return [`<h3>${title}</h3>`, ...blocks.map(block)]
  })

  const ways = Object.values(circle.ways.choices)
    .sort((a, b) => a.seq - b.seq)
    .map((choice) =>
      card(
        choice.openedBy,
        `<h3 dir="auto">${escaped(choice.question)}</h3>`,
        ...choice.ways.map(
          (way) =>
            text(way.text) +
            by(
              name(way.author),
              way.notNow ? escaped(words.notNow) : null,
              way.takenOff ? escaped(words.takenOff) : null,
              choice.made?.way === way.id ? escaped(words.chosen) : null,
            ) +
            Object.entries(way.weighings)
              .map(([member, { good, hard, unknown }]) =>
                [
                  [words.good, good],
                  [words.hard, hard],
                  [words.unknown, unknown],
                ]
                  .filter(([, said]) => said !== '')
                  .map(([label, said]) => text(`${label}: ${said}`) + by(name(member)))
                  .join(''),
              )
              .join(''),
        ),
      ),
    )

  const moveWords = {
    made: words.promiseMade,
    kept: words.promiseKept,
    changed: words.promiseChanged,
    owned: words.promiseOwned,
    letGo: words.promiseLetGo,
  }
  const promises = allPromises(circle).map((promise) =>
    card(
      promise.owner,
      text(promise.text),
      by(name(promise.owner), escaped(moveWords[promise.last]), promise.due === null ? null : escaped(promise.due)),
      ...Object.entries(promise.differing).map(
        ([member, said]) => by(name(member), escaped(words.differs)) + text(said.words),
      ),
    ),
  )

  // in the answers' own words: a mark as a number would read as a score
  const answer = (item: Item, { items, nothingToChoose }: CheckInAnswers): string => {
    if (item === 'choice' && nothingToChoose) return as.texts.nothingToChoose
    return as.texts.answers[item][items[item] ?? -1] ?? words.skipped
  }
  const marks = (answers: CheckInAnswers): string =>
    ITEMS.map((item) => {
      const label = item === 'open' ? words.openItem : words[item]
      return `<li>${escaped(label)}: ${escaped(answer(item, answers))}</li>`
    }).join('')
  const looked = checkIns.map((one) => {
    const { oneStep, oneStepWords, line, power } = one.answers
    const step = oneStep === null ? '' : oneStep === 'own' ? oneStepWords : (steps[oneStep] ?? oneStep)
    const met = circle.encounter.encounters[one.encounter]
    return card(
      one.member,
      `<h3>${met === undefined ? '' : escaped(on(met.metAt ?? met.at))}</h3>`,
      by(name(one.member), escaped(words[one.shown])),
      step === '' ? '' : text(`${words.oneStep}: ${step}`),
      `<ul>${marks(one.answers)}</ul>`,
      line === '' ? '' : text(`${words.line}: ${line}`),
      power === '' ? '' : text(`${words.power}: ${power}`),
    )
  })

  const outside = circle.people.outside.map((one) =>
    card(
      one.member,
      text(`${one.what}\n${one.where}\n${one.source}`),
      by(name(one.member), one.until === null ? null : escaped(one.until)),
    ),
  )

  const all = data.entries.map(
    ({ seq, at, member, type, effect, reason }) =>
      `<li value="${seq}">${name(member)} · ${escaped(at === null ? '–' : moment.format(Date.parse(at)))} · <span dir="ltr">${escaped(type ?? '–')}</span>${effect === 'setAside' ? ` · ${escaped(words.setAside)} (${escaped(reason ?? '')})` : ''}</li>`,
  )

  const shared = [
    part(words.whoIsHere, who),
    part(words.page, page),
    part(words.agreement, agreement),
    part(words.meetings, meetings),
    part(words.agenda, agenda),
    part(words.notes, written),
    part(words.ways, ways),
    part(words.promises, promises),
    part(words.checkIns, looked.length === 0 ? [] : [text(words.notTested), ...looked]),
    part(words.outside, outside),
  ]
  const mine = privateNotes(circle).map((note) => card(person, text(note.text), by(on(note.at))))

  const body = [
    `<h1>${escaped(words.title)}</h1>`,
    text(words.about),
    by(escaped(words.madeOn), escaped(moment.format(Date.parse(data.madeAt)))),
    ...(circle.people.kind === 'own' ? [part(words.privateNotes, mine)] : shared),
    part(words.record, [`<ol class="all">${all.join('')}</ol>`]),
  ]
  const direction = RIGHT_TO_LEFT.test(as.language) ? 'rtl' : 'ltr'
  return `<!doctype html>
<html lang="${escaped(as.language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(words.title)}</title><style>${STYLE}</style></head><body><main>
${body.join('\n')}
</main></body></html>
`
}
