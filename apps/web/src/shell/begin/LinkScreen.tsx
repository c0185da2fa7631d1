/** “I have a link or a code”: for those who got it on paper or in a message and cannot just press it. A photo of the code will do. */
import { useSignal } from '@preact/signals'
import { Button } from '../../components/button/Button.tsx'
import { ErrorSummary } from '../../components/error-summary/ErrorSummary.tsx'
import { TextArea } from '../../components/field/TextArea.tsx'
import { PhotoField } from '../../components/photo-field/PhotoField.tsx'
import { t } from '../../words/t.ts'
import { Back } from '../frame/Back.tsx'
import { readTypedLink, type LinkProblem } from '../link-typed.ts'
import { goWithFragment } from '../route.ts'

function problemText(problem: LinkProblem): string {
  switch (problem.type) {
    case 'Nothing':
      return t('begin.link.nothing')
    case 'CutShort':
      return t('begin.link.cutShort')
    case 'OtherPlace':
      return t('begin.link.otherPlace', { host: problem.host })
  }
}

export function LinkScreen() {
  const typed = useSignal('')
  const problem = useSignal<LinkProblem | null>(null)

  const look = (): void => {
    const read = readTypedLink(typed.value, location.origin)
    problem.value = read.ok ? null : read.error
    if (read.ok) goWithFragment(read.value.path, read.value.secret)
  }

  const error = problem.value === null ? undefined : problemText(problem.value)
  return (
    <>
      <Back href="/" />
      <ErrorSummary faults={error === undefined ? [] : [{ field: 'link', text: error }]} />
      <h1>{t('begin.link.title')}</h1>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          look()
        }}
      >
        <TextArea
          id="link"
          label={t('begin.link.label')}
          hint={t('begin.link.hint')}
          error={error}
          rows={3}
          value={typed.value}
          onInput={(value) => {
            typed.value = value
          }}
        />
        <PhotoField
          id="link-photo"
          label={t('begin.link.photo')}
          onText={(found) => {
            typed.value = found
            look()
          }}
        />
        <Button type="submit" main>
          {t('begin.link.look')}
        </Button>
      </form>
      {problem.value?.type === 'OtherPlace' && (
        <p>
          <a href={problem.value.href} rel="noreferrer">
            {t('begin.link.goThere', { host: problem.value.host })}
          </a>
        </p>
      )}
      <p class="soft measure">{t('begin.link.noStore')}</p>
    </>
  )
}
