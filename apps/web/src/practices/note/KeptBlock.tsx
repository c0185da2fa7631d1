/** A kept block: who wrote which part, who stands by it, who sees it differently with the same room, and what can be said from here. */
import { useSignal } from '@preact/signals'
import type { CircleView } from '@alongside/device/api.ts'
import type { PracticeEvent } from '@alongside/practice/define.ts'
import { isHere } from '@alongside/practice/people/state.ts'
import { partsOf, wordOf, writersOf, type Block } from '@alongside/practice/note/state.ts'
import { Button } from '../../components/button/Button.tsx'
import { Details } from '../../components/details/Details.tsx'
import { Dialog } from '../../components/dialog/Dialog.tsx'
import { Failure } from '../../components/failure/Failure.tsx'
import { reachedOf, StatusWord } from '../../components/status-word/StatusWord.tsx'
import { Thread, ThreadMark } from '../../components/thread-mark/ThreadMark.tsx'
import { act, type Failure as FailureValue } from '../../device/act.ts'
import { handOver } from '../../device/drafts.ts'
import { isPerson, nameIn, othersIn, sideIn } from '../../device/people.ts'
import { say } from '../../shell/live.ts'
import { go } from '../../shell/route.ts'
import { t } from '../../words/t.ts'
import { CorrectForm } from './CorrectForm.tsx'
import { DifferForm } from './DifferForm.tsx'

interface OneBlock {
  readonly circle: CircleView
  readonly block: Block
}

/** The text with its writers: one thread when one wrote it, names and marked parts when several did. */
export function BlockText({ circle, block }: OneBlock) {
  const writers = [...writersOf(block.spans)].sort(
    (a, b) => Number(sideIn(circle, b) === 'person') - Number(sideIn(circle, a) === 'person'),
  )
  const only = writers.length === 1 ? writers[0] : undefined
  const kind = kindWords(circle, block)
  if (only !== undefined)
    return (
      <div class={block.struck === null ? undefined : 'struck'}>
        <Thread side={sideIn(circle, only)} name={nameIn(circle, only)}>
          {kind !== '' && <p class="small soft">{kind}</p>}
          <p class="user-text" dir="auto" lang={block.language}>
            {block.text}
          </p>
        </Thread>
      </div>
    )
  return (
    <div class={block.struck === null ? 'stack close' : 'stack close struck'}>
      <p class="row">
        {writers.map((member) => (
          <ThreadMark key={member} side={sideIn(circle, member)} name={nameIn(circle, member)} />
        ))}
      </p>
      {kind !== '' && <p class="small soft">{kind}</p>}
      <p class="user-text" dir="auto" lang={block.language}>
        {partsOf(block).map((part, at) => (
          <span key={at} class={sideIn(circle, part.member) === 'worker' ? 'part worker' : 'part'}>
            <span class="vh">{t('note.partOf', { name: nameIn(circle, part.member) })}</span>
            {part.text}
          </span>
        ))}
      </p>
    </div>
  )
}

function kindWords(circle: CircleView, block: Block): string {
  if (block.kind === 'shared') return ''
  const name = nameIn(circle, block.offeredBy)
  return block.kind === 'ownWords' ? t('note.ownWordsOf', { name }) : t('note.noticedOf', { name })
}

export function KeptBlock({ circle: here, block }: OneBlock) {
  const other = othersIn(here)[0]
  const members = Object.values(here.state.people.members)
  const differing = members.filter((member) => wordOf(block, member.id) === 'differs')
  const readers = members.filter(
    (member) =>
      (isHere(here.state, member.id) || wordOf(block, member.id) !== 'none') &&
      block.spans.some((span) => span.member !== member.id) &&
      wordOf(block, member.id) !== 'differs',
  )
  return (
    <article class="stack near">
      <div class={differing.length > 0 ? 'beside' : undefined}>
        <BlockText circle={here} block={block} />
        {differing.map((member) => (
          <Thread key={member.id} side={sideIn(here, member.id)} name={member.name}>
            <p class="small soft">{t('note.seesDifferently', { name: member.name })}</p>
            <p class="user-text" dir="auto">
              {block.words[member.id]?.words}
            </p>
          </Thread>
        ))}
      </div>
      {block.struck !== null && (
        <p>
          <span class="tag">{t('note.struckBy', { name: nameIn(here, block.struck.by) })}</span>
        </p>
      )}
      {readers.length > 0 && (
        <ul class="row">
          {readers.map((member) => {
            const signed = wordOf(block, member.id) === 'signed'
            return (
              <li key={member.id} class={signed ? 'tag agreed' : 'tag'}>
                {signed ? t('note.signedBy', { name: member.name }) : t('note.noWordFrom', { name: member.name })}
              </li>
            )
          })}
        </ul>
      )}
      {block.readBy !== null && <ReadBy circle={here} block={block} />}
      {block.offeredBy === here.me && readers.some((member) => wordOf(block, member.id) === 'none') && (
        <StatusWord reached={reachedOf(here.sync, block.seq, other?.id ?? null, other?.name ?? '')} />
      )}
      {here.phase === 'open' && <Acts circle={here} block={block} />}
    </article>
  )
}

export function ReadBy({ circle, block }: OneBlock) {
  return (
    <div class="small">
      <p class="soft">{t('note.readByOf', { name: nameIn(circle, block.offeredBy) })}</p>
      <p class="user-text" dir="auto">
        {block.readBy}
      </p>
    </div>
  )
}

function Acts({ circle: here, block }: OneBlock) {
  const failure = useSignal<FailureValue | null>(null)
  const differs = useSignal(false)
  const striking = useSignal(false)
  const mayDo = (event: PracticeEvent, done: string) => async () => {
    failure.value = await act(event)
    striking.value = false
    if (failure.value === null) say(done)
  }
  if (block.struck !== null) return null
  const hasWord = block.spans.some((span) => span.member !== here.me)
  const word = wordOf(block, here.me)
  const mayStrike = isPerson(here) || (block.kind === 'ownWords' && block.offeredBy === here.me)
  const mayCorrect = block.kind !== 'ownWords' || block.offeredBy === here.me
  const start = block.text.slice(0, 40)
  return (
    <div class="stack near no-print">
      <Failure failure={failure.value} />
      {hasWord && (
        <div class="acts">
          {word !== 'signed' && (
            <Button
              look="quiet"
              label={t('note.signLong', { start })}
              onPress={() => void mayDo({ type: 'BlockSigned', block: block.id }, t('note.signed'))()}
            >
              {t('note.sign')}
            </Button>
          )}
          <Button
            look="quiet"
            pressed={differs.value}
            label={t('note.differLong', { start })}
            onPress={() => (differs.value = !differs.value)}
          >
            {t('note.differ')}
          </Button>
        </div>
      )}
      {differs.value && <DifferForm circle={here} block={block} onDone={() => (differs.value = false)} />}
      {(mayCorrect || mayStrike) && (
        <Details summary={t('note.more')}>
          {block.encounter !== null && (
            <Button
              look="quiet"
              label={t('note.promiseLong', { start })}
              onPress={() => {
                handOver(`${here.id}/commitment.new/text`, block.text.slice(0, 2000))
                go(`/plan/promises/new/${block.encounter}`)
              }}
            >
              {t('note.promise')}
            </Button>
          )}
          {mayCorrect && <CorrectForm circle={here} block={block} />}
          {mayStrike && (
            <Button look="fix" label={t('note.strikeLong', { start })} onPress={() => (striking.value = true)}>
              {t('note.strike')}
            </Button>
          )}
        </Details>
      )}
      <Dialog open={striking.value} title={t('note.strikeTitle')} onClose={() => (striking.value = false)}>
        <p>{t('note.strikeHelp')}</p>
        <div class="acts">
          <Button look="fix" onPress={() => void mayDo({ type: 'BlockStruck', block: block.id }, t('note.struck'))()}>
            {t('note.strikeYes')}
          </Button>
          <Button look="quiet" onPress={() => (striking.value = false)}>
            {t('note.strikeNo')}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}
