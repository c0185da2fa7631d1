import { describe, expect, it } from 'vitest'
import { messagesOf, variantsOf } from './lib/messages.ts'
import { readingOf, syllablesOf } from './lib/readability.ts'
import { wordsInMarkup } from './lib/source.ts'
import { readingFaults } from './reading.ts'
import { faultsOf } from './words.ts'

const message = (language: 'en' | 'es' | 'ar', key: string, text: string) => ({
  path: 'm.json',
  language,
  key,
  texts: variantsOf(text),
})

describe('messages', () => {
  it('are read in every branch, with a name for each value', () => {
    expect(variantsOf('{n, plural, one {a day} other {# days}} for {name}')).toEqual([
      'a day for Rosa',
      '3 days for Rosa',
    ])
    expect(variantsOf('{who, select, me {you {n, plural, one {a} other {b}}} other {they}}.')).toEqual([
      'you a.',
      'you b.',
      'they.',
    ])
  })

  it('come from the message folders of the web app and from nowhere else', () => {
    const text = '{"note.title": "Our note", "note": {"keep": "Keep it"}}'
    const keys = messagesOf({ path: 'apps/web/src/practices/note/messages/en.json', text }).map(({ key }) => key)
    expect(keys).toEqual(['note.title', 'note.keep'])
    expect(messagesOf({ path: 'apps/web/package.json', text })).toEqual([])
  })
})

describe('words', () => {
  it.each([
    ['en', 'a.title', 'Your client list'],
    ['en', 'a.title', 'Close the case'],
    ['en', 'a.title', 'A non-compliant answer'],
    ['en', 'a.title', '{n, plural, one {a no-show} other {# meetings}}'],
    ['en', 'a.title', 'Here you are equal.'],
    ['en', 'checkIn.talkOffer.title', 'Something did harm'],
    ['es', 'a.title', 'Lista de clientes'],
    ['es', 'a.title', 'El caso se cierra'],
    ['es', 'checkIn.talk-offer.body', 'Hubo un daño'],
    ['ar', 'a.title', 'قائمة العملاء'],
    ['ar', 'a.title', 'وللعميل'],
    ['ar', 'a.title', 'نسبة الاِمتِثال'],
  ] as const)('refuse, in %s under %s: %s', (language, key, text) => {
    expect(faultsOf(message(language, key, text))).toHaveLength(1)
  })

  it.each([
    ['en', 'a.title', 'Take a copy, just in case.'],
    ['en', 'a.title', 'A showcase of patient listening'],
    ['en', 'safety.title', 'Lines against harm'],
    ['es', 'a.title', 'En caso de duda, pregunta.'],
    ['ar', 'a.title', 'لقاؤنا القادم'],
  ] as const)('allow, in %s under %s: %s', (language, key, text) => {
    expect(faultsOf(message(language, key, text))).toEqual([])
  })
})

describe('words in markup', () => {
  const found = (text: string) => wordsInMarkup({ path: 'a.tsx', text }).map((each) => each.text)

  it('are found between tags, in braces, and in what screen readers say', () => {
    expect(found('const a = <p>Hello</p>')).toEqual(['Hello'])
    expect(found("const a = <p>{'Hello'}</p>")).toEqual(['Hello'])
    expect(found('const a = <button aria-label="Close">×</button>')).toEqual(['Close'])
  })

  it('are not signs, classes, or calls for a message', () => {
    expect(found('const a = <p class="big" id={"x"}>{t("a.b")} · 2</p>')).toEqual([])
  })
})

describe('reading', () => {
  it.each([
    ['you', 1],
    ['meeting', 2],
    ['agreement', 3],
    ['together', 3],
    ['practitioner', 4],
    ['table', 2],
    ['rules', 1],
    ['promises', 3],
    ['asked', 1],
    ['needed', 2],
    ['useful', 2],
    ['changes', 2],
    ['idea', 3],
  ])('counts the syllables of %s: %i', (word, syllables) => {
    expect(syllablesOf(word)).toBe(syllables)
  })

  it('gives the grade of the formula', () => {
    const { words, sentences, grade } = readingOf('The cat sat on the mat. It was warm.')
    expect([words, sentences]).toEqual([9, 2])
    expect(grade).toBeCloseTo(0.39 * 4.5 + 11.8 - 15.59, 5)
  })

  const hard =
    'Notwithstanding any organisational confidentiality obligations, practitioners occasionally communicate identifiable information to supervisory authorities whenever applicable legislation unambiguously necessitates documentation of the matter.'
  const plain =
    'I keep what you tell me between us. Some things I must pass on by law. I will tell you first, if I can.'

  it('fails for hard text, and says which message', () => {
    expect(readingFaults('en.json', [message('en', 'a.body', hard)]).faults.join('\n')).toContain(
      'a.body reads at grade',
    )
    expect(readingFaults('en.json', [message('en', 'a.body', plain)]).faults).toEqual([])
  })

  it('lets text about the law be harder, but not hard', () => {
    const law =
      'The law in this county says that a worker must report serious danger to a child. The agency decides what happens after a report.'
    expect(readingFaults('en.json', [message('en', 'limits.legal.child', law)]).faults).toEqual([])
    expect(readingFaults('en.json', [message('en', 'limits.legal.child', hard)]).faults.length).toBeGreaterThan(0)
  })

  it('notes a sentence that is too long to say in one breath', () => {
    const long = `${'and so we go on '.repeat(5)}to the end.`
    expect(readingFaults('en.json', [message('en', 'a.b', long)]).notes).toHaveLength(1)
  })
})
