import { type Context, Hono } from 'hono'
import { answerPiece, filePathOf, receivedApplication } from '#applications'
import { campaignById, criteriaOf } from '#campaigns'
import { isRefused, type Refusal, type Refused } from '#kit'
import { actorOf, allow, found, type PlaceEnv } from '#people'
import { once, Page, type Typed, typedOf } from '#platform'
import { checkCompleteness, checkEligibility, fileToReview, giveMarks, Recused } from './actions.ts'
import { ReviewPage } from './file-page.tsx'
import { fileViewOf } from './file-view.ts'
import { readEligibility, readMarks, readMissing, typedOfView } from './forms.ts'

/** One file under review. Whoever has declared an interest is told why they read nothing of it. */
export const fileRoutes = new Hono<PlaceEnv>()

const reviewers = allow('municipality.agent', 'municipality.elected')
const agents = allow('municipality.agent')

fileRoutes.get('/applications/:id/review', reviewers, async (context) => {
  try {
    return await reviewPage(context, [])
  } catch (error) {
    if (error instanceof Recused) return recusedPage(context)
    throw error
  }
})

fileRoutes.get('/applications/:id/review/pieces/:pieceId', reviewers, async (context) => {
  const place = context.get('place')
  const { application } = await fileToReview(place, context.req.param('id'))
  return answerPiece(context, application.id, context.req.param('pieceId'))
})

fileRoutes.post('/applications/:id/completeness', agents, (context) =>
  carryOut(context, async (id, typed) => {
    const place = context.get('place')
    const input = readMissing(typed)
    if (isRefused(input)) return input
    const key = typed.once || `completeness ${id} ${place.now.toISOString()}`
    const asked = { territoryId: place.territory.id, key, payload: { id, ...input } }
    return once(place.tx, asked, () => checkCompleteness(place, id, input))
  }),
)

fileRoutes.post('/applications/:id/eligibility/:subject{cash|hours}', agents, (context) =>
  carryOut(context, async (id, typed) => {
    const input = readEligibility(typed, context.req.param('subject'))
    return isRefused(input) ? input : checkEligibility(context.get('place'), id, input)
  }),
)

fileRoutes.post('/applications/:id/marks', reviewers, (context) =>
  carryOut(context, async (id, typed) => {
    const place = context.get('place')
    const { campaignId } = await receivedApplication(place, id)
    const campaign = found(await campaignById(place.tx, place.territory.id, campaignId))
    return giveMarks(place, id, readMarks(typed, await criteriaOf(place.tx, campaign)))
  }),
)

type Carry = (id: string, typed: Typed) => Promise<{ id: string } | Refused>

async function carryOut(context: Context<PlaceEnv>, carry: Carry): Promise<Response> {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = typedOf(await context.req.formData())
  const outcome = await carry(id, typed)
  if (isRefused(outcome)) return reviewPage(context, outcome.refusals, typed)
  return context.redirect(`${filePathOf(place.path, id)}/review`, 303)
}

async function reviewPage(context: Context<PlaceEnv>, refusals: Refusal[], typed: Typed = {}) {
  const place = context.get('place')
  const view = await fileViewOf(place, context.req.param('id') ?? '')
  const known = typedOfView(view, actorOf(place).personId)
  return context.html(
    <ReviewPage
      place={place}
      view={view}
      filled={{ say: place.say, typed: { ...known, ...typed }, refusals }}
      isAgent={place.as?.role === 'municipality.agent'}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

// CGCT art. L.2131-11: not even the name of the project.
function recusedPage(context: Context<PlaceEnv>) {
  const { say, frame, path } = context.get('place')
  return context.html(
    <Page frame={frame} title={say('review:recused.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('review:recused.title')}
      </h1>
      <p class="lead">{say('review:recused.reason')}</p>
      <p>
        <a class="ds-link" href={`${path}/interests`}>
          {say('review:recused.interests')}
        </a>
      </p>
    </Page>,
    403,
  )
}
