import { type Context, Hono } from 'hono'
import { isRefused, type Refusal } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { seenMission, sideIn } from '../access.ts'
import { reviewMission, reviewSide } from '../actions/index.ts'
import { isToReview } from '../rules/index.ts'
import { reviewsOf } from '../store/index.ts'
import { ReviewPage } from './review.tsx'

/** The two who met answer three questions; the employer is not one of them. */
export const reviewRoutes = new Hono<PlaceEnv>()

const both = allow('company.employee', 'association.representative', 'association.member')

reviewRoutes.get('/missions/:id/review', both, (context) =>
  reviewPage(context, { typed: {}, refusals: [] }),
)

reviewRoutes.post('/missions/:id/review', both, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const typed = typedOf(await context.req.formData())
  const { goal = '', wouldAgain = '', words = '' } = typed
  const outcome = await reviewMission(place, id, { goal, wouldAgain, words })
  if (isRefused(outcome)) return reviewPage(context, { typed, ...outcome })
  return context.redirect(`${place.path}/missions/${id}/review`, 303)
})

async function reviewPage(
  context: Context<PlaceEnv>,
  answers: { typed: Typed; refusals: Refusal[] },
) {
  const place = context.get('place')
  const { mission, views } = await seenMission(place, context.req.param('id') ?? '')
  const side = reviewSide(sideIn(place, mission, views))
  const reviews = await reviewsOf(place.tx, mission)
  const isOver = isToReview(mission, place.today)
  const filled = { say: place.say, ...answers }
  return context.html(
    <ReviewPage {...{ place, mission, side, reviews, isOver, filled }} />,
    answers.refusals.length > 0 ? 422 : 200,
  )
}
