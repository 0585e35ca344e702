import { InstantText, Notice, Tag } from '#platform'
import type { Shown } from './file-page.tsx'
import type { GridCriterion } from './grid-store.ts'
import type { Others, Reviewer } from './marking-view.ts'
import { scoreOf } from './marks.ts'
import { scoreShown } from './table-page.tsx'

type Seen = { shown: Shown; others: Others }

/** What the reviewers gave, for whoever has given theirs. */
export function MarksSeen({ shown, others }: Seen) {
  const { place, view } = shown
  const { say, language } = place
  const { reviewersCount, awaitedNames } = view.marking
  return (
    <>
      <p>
        {say('review:marks.result', {
          score: scoreShown(others.score, language),
          count: reviewersCount,
        })}
      </p>
      {awaitedNames.length > 0 && (
        <p>
          {say('review:marks.awaited', { names: awaitedNames.join(', ') })}{' '}
          {say('review:marks.gapLater')}
        </p>
      )}
      <Gap shown={shown} others={others} />
      {others.reviewers.length > 0 && <MarksTable shown={shown} others={others} />}
      <Words shown={shown} others={others} />
    </>
  )
}

function Gap({ shown: { place, view }, others: { gap } }: Seen) {
  const { say, language } = place
  if (!gap) return null
  const { settings } = view.marking
  const points = scoreShown(gap.points, language)
  if (!gap.isDisputed && !gap.spreads.some(({ isDisputed }) => isDisputed))
    return <p>{say('review:marks.gap', { gap: points })}</p>
  return (
    <Notice color="warning">
      {say('review:marks.disputed', {
        gap: points,
        points: settings.gapPoints,
        marks: settings.gapMarks,
      })}
    </Notice>
  )
}

/** Criteria down, reviewers across; how far apart they are, in words too. */
function MarksTable(seen: Seen) {
  const { shown, others } = seen
  const { place, view } = shown
  const { say, language } = place
  const { reviewers, gap } = others
  const { criteria } = view.grid
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('review:marks.table')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('review:grid.criterion')}</th>
            {reviewers.map(({ name }) => (
              <th scope="col" class="num">
                {name}
              </th>
            ))}
            {gap && <th scope="col">{say('review:marks.spread')}</th>}
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => (
            <Line criterion={criterion} seen={seen} />
          ))}
          <tr>
            <th scope="row">{say('review:marks.score')}</th>
            {reviewers.map(({ id, marks }) => (
              <td class="num">{scoreShown(scoreOf(criteria, marksFrom(id, marks)), language)}</td>
            ))}
            {gap && (
              <td>{say('review:marks.points', { gap: scoreShown(gap.points, language) })}</td>
            )}
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function marksFrom(reviewerId: string, marks: Map<string, number>) {
  return [...marks].map(([criterionId, mark]) => ({
    criterionId,
    mark,
    reviewerId,
    gridVersion: 0,
  }))
}

function Line({ criterion, seen }: { criterion: GridCriterion; seen: Seen }) {
  const { say } = seen.shown.place
  const { reviewers, gap } = seen.others
  const spread = gap?.spreads.find(({ criterionId }) => criterionId === criterion.id)
  return (
    <tr>
      <th scope="row">
        {say('review:marks.criterion', { label: criterion.label, weight: criterion.weight })}
      </th>
      {reviewers.map(({ marks }) => (
        <td class="num">{marks.get(criterion.id) ?? '—'}</td>
      ))}
      {spread && (
        <td>
          {spread.isDisputed ? (
            <Tag color="warning">{say('review:marks.apart', { count: spread.marks })}</Tag>
          ) : (
            say('review:marks.near', { count: spread.marks })
          )}
        </td>
      )}
    </tr>
  )
}

function Words({ shown, others }: Seen) {
  const speaking = others.reviewers.filter(
    ({ comment, revisions }) => comment !== '' || revisions.length > 0,
  )
  if (speaking.length === 0) return null
  return (
    <ul class="todo">
      {speaking.map((reviewer) => (
        <li>
          <div>
            <b>{reviewer.name}</b>
            {reviewer.comment !== '' && ` — ${reviewer.comment}`}
            <Changes shown={shown} reviewer={reviewer} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What this reviewer had given before, and why it changed. */
function Changes({ shown: { place, view }, reviewer }: { shown: Shown; reviewer: Reviewer }) {
  const { say, language } = place
  return reviewer.revisions.map(({ marks, comment, reason, revisedAt }) => {
    const before = view.grid.criteria
      .flatMap(({ id, label }) => (marks[id] === undefined ? [] : `${label} ${marks[id]}`))
      .join(', ')
    return (
      <p class="hint">
        <InstantText value={revisedAt} language={language} />
        {' : '}
        {reason ? say('review:marks.revised', { reason }) : say('review:marks.revisedForGrid')}{' '}
        {say('review:marks.before', { marks: before })}
        {comment && ` ${say('review:marks.beforeComment', { comment })}`}
      </p>
    )
  })
}
