import { formatCount } from '#kit'
import { goals, REVIEWS_MIN, type ReviewTotals } from '#missions'
import type { Place } from '#people'
import { TableCard } from '#platform'

/** What both sides said at the end of their missions: totals, and none where they are too few. */
export function ReviewsTable({ place, totals }: { place: Place; totals: ReviewTotals[] }) {
  const { say, language } = place
  const count = (value: number) => formatCount(value, language)
  const heads = goals.map((goal) => say(`reviews:goal.${goal}`))
  const least = REVIEWS_MIN
  return (
    <TableCard title={say('reviews:totals.title')} lead={say('reviews:totals.lead', { least })}>
      <thead>
        <tr>
          <th scope="col">{say('reviews:totals.side')}</th>
          <th scope="col" class="num">
            {say('reviews:totals.count')}
          </th>
          {heads.map((head) => (
            <th scope="col" class="num">
              {say('reviews:totals.goal', { head })}
            </th>
          ))}
          <th scope="col" class="num">
            {say('reviews:totals.again')}
          </th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ side, count: all, shown }) => (
          <tr>
            <th scope="row">{say(`reviews:totals.${side}`)}</th>
            <td class="num">{shown ? count(all) : say('reviews:totals.fewer', { least })}</td>
            {goals.map((goal) => (
              <td class="num">{shown ? count(shown.goals[goal]) : '—'}</td>
            ))}
            <td class="num">{shown ? count(shown.again) : '—'}</td>
          </tr>
        ))}
      </tbody>
    </TableCard>
  )
}
