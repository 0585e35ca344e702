import { filePathOf } from '#applications'
import { AreaField, SelectField, Submit } from '#platform'
import { SectionCard, type Shown } from './file-page.tsx'
import { marks } from './marks.ts'
import { refusalsForMarking } from './rules.ts'
import { scoreShown } from './table-page.tsx'

/** One reviewer's marks. What the others think is shown afterwards, so that nobody leans on it. */
export function MarksCard(shown: Shown) {
  const { place, view } = shown
  const { say, language } = place
  const hasMarked = view.ownMarks.length > 0
  const [closed] = refusalsForMarking(view.campaign.state)
  return (
    <SectionCard title={say('review:marks.title')}>
      {hasMarked || closed ? (
        <>
          <p>
            {say('review:marks.result', {
              score: scoreShown(view.score, language),
              count: view.reviewersCount,
            })}
            {view.gap > 0 && ` ${say('review:marks.gap', { gap: scoreShown(view.gap, language) })}`}
          </p>
          <Opinions shown={shown} />
        </>
      ) : (
        <p class="hint">{say('review:marks.alone')}</p>
      )}
      {closed ? <p>{say(closed.code)}</p> : <MarksForm {...shown} />}
    </SectionCard>
  )
}

function MarksForm({ place, view, filled }: Shown) {
  const { say } = place
  const choices = [
    { value: '', label: say('review:marks.choose') },
    ...marks.map((mark) => ({ value: String(mark), label: say(`review:mark.${mark}`) })),
  ]
  return (
    <form
      class="stack"
      method="post"
      action={`${filePathOf(place.path, view.application.id)}/marks`}
    >
      {view.criteria.map(({ id, label, weight }) => (
        <SelectField
          filled={filled}
          name={`mark-${id}`}
          label={say('review:marks.criterion', { label, weight })}
          choices={choices}
        />
      ))}
      <AreaField filled={filled} name="comment" label={say('review:marks.comment')} />
      <Submit>{say('review:marks.save')}</Submit>
    </form>
  )
}

function Opinions({ shown: { view } }: { shown: Shown }) {
  const written = view.opinions.filter(({ comment }) => comment !== '')
  if (written.length === 0) return null
  return (
    <ul class="todo">
      {written.map(({ reviewerName, comment }) => (
        <li>
          <span>
            <b>{reviewerName}</b> — {comment}
          </span>
        </li>
      ))}
    </ul>
  )
}
