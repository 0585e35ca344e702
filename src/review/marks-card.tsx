import { filePathOf } from '#applications'
import { AreaField, Notice, type Say, SelectField } from '#platform'
import { SectionCard, type Shown } from './file-page.tsx'
import { ownCountedMarks } from './file-view.ts'
import { marks } from './marks.ts'
import { refusalsForMarking } from './rules.ts'
import { scoreShown } from './table-page.tsx'

/** One reviewer's marks. What the others think is shown afterwards, so that nobody leans on it. */
export function MarksCard(shown: Shown) {
  const { place, view } = shown
  const { say, language } = place
  const hasMarked = ownCountedMarks(view).length > 0
  const isOutdated = !hasMarked && view.ownMarks.length > 0
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
      {isOutdated && <Notice color="warning">{say('review:grid.outdated')}</Notice>}
      {closed ? <p>{say(closed.code)}</p> : <MarksForm {...shown} />}
    </SectionCard>
  )
}

function MarksForm({ place, view, filled }: Shown) {
  const { say } = place
  const { version, criteria } = view.grid
  return (
    <div class="stack">
      <p class="hint">{say('review:grid.version', { version })}</p>
      {criteria.map(({ id, label, weight, words }) => (
        <SelectField
          filled={filled}
          name={`mark-${id}`}
          label={say('review:marks.criterion', { label, weight })}
          choices={[
            { value: '', label: say('review:marks.choose') },
            ...marks.map((mark) => ({
              value: String(mark),
              label: markInWords(say, mark, words),
            })),
          ]}
        />
      ))}
      <AreaField filled={filled} name="comment" label={say('review:marks.comment')} />
      <div>
        <button
          class="ds-button"
          type="submit"
          formaction={`${filePathOf(place.path, view.application.id)}/marks`}
        >
          {say('review:marks.save')}
        </button>
      </div>
    </div>
  )
}

/** The grid's own words for this mark, else the usual ones. */
export function markInWords(say: Say, mark: number, words: string[]): string {
  const own = words[mark]
  return own ? `${mark} — ${own}` : say(`review:mark.${mark}`)
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
