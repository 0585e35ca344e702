import { type Context, Hono } from 'hono'
import { answerForm, answerPiece, filePathOf, Recused, receivedApplication } from '#applications'
import { campaignById } from '#campaigns'
import { isRefused, type Refusal, type Refused } from '#kit'
import { allow, found, type PlaceEnv } from '#people'
import { once, Page, type Typed, typedOf } from '#platform'
import {
  assignFile,
  checkCompleteness,
  checkEligibility,
  fileToReview,
  writeNote,
} from './actions.ts'
import { keepLeftOver, leftOver, type Part } from './draft.ts'
import { ReviewPage } from './file-page.tsx'
import { fileViewOf } from './file-view.ts'
import { readEligibility, readMarks, readMessage, readMissing, typedOfView } from './forms.ts'
import { gridOf } from './grid-store.ts'
import { giveMarks } from './marking.ts'
import { writeToAssociation } from './messages.ts'
import type { ReviewReaders } from './table-view.ts'

const reviewers = allow('municipality.agent', 'municipality.elected')
const agents = allow('municipality.agent')

/** One file under review. Whoever has declared an interest is told why they read nothing of it. */
export function fileRoutes(readers: ReviewReaders): Hono<PlaceEnv> {
  const routes = new Hono<PlaceEnv>()
  const carry = (part: Part, work: Carry) => (context: Context<PlaceEnv>) =>
    carryOut(context, { part, work, readers })

  routes.get('/applications/:id/review', reviewers, async (context) => {
    try {
      return await reviewPage(context, readers, [])
    } catch (error) {
      if (error instanceof Recused) return recusedPage(context)
      throw error
    }
  })
  routes.get('/applications/:id/review/pieces/:pieceId', reviewers, async (context) => {
    const { application } = await fileToReview(context.get('place'), context.req.param('id'))
    return answerPiece(context, application.id, context.req.param('pieceId'))
  })
  // The door of elected members, who have no other to what an association wrote.
  routes.get('/applications/:id/review/form.pdf', reviewers, async (context) =>
    answerForm(context, await fileToReview(context.get('place'), context.req.param('id'))),
  )
  routes.post('/applications/:id/completeness', agents, carry('completeness', completeness))
  routes.post(
    '/applications/:id/eligibility/:subject{(?:cash|hours)}',
    agents,
    (context: Context<PlaceEnv>) => {
      const subject = context.req.param('subject') === 'cash' ? 'cash' : 'hours'
      return carryOut(context, { part: subject, work: eligibility, readers })
    },
  )
  routes.post('/applications/:id/marks', reviewers, carry('marks', marksGiven))
  routes.post('/applications/:id/notes', reviewers, carry('notes', noted))
  routes.post('/applications/:id/messages', agents, carry('messages', messageSent))
  routes.post('/applications/:id/assignment', agents, carry('assignment', assigned))
  routes.post(
    '/applications/:id/review/draft',
    reviewers,
    carry('draft', async (context, id) => {
      await fileToReview(context.get('place'), id)
      return { id }
    }),
  )
  return routes
}

type Carry = (
  context: Context<PlaceEnv>,
  id: string,
  typed: Typed,
) => Promise<{ id: string } | Refused>

const completeness: Carry = async (context, id, typed) => {
  const place = context.get('place')
  const input = readMissing(typed)
  if (isRefused(input)) return input
  const key = typed.once || `completeness ${id} ${place.now.toISOString()}`
  const asked = { territoryId: place.territory.id, key, payload: { id, ...input } }
  return once(place.tx, asked, () => checkCompleteness(place, id, input))
}

const eligibility: Carry = async (context, id, typed) => {
  const input = readEligibility(typed, context.req.param('subject') ?? '')
  return isRefused(input) ? input : checkEligibility(context.get('place'), id, input)
}

const marksGiven: Carry = async (context, id, typed) => {
  const place = context.get('place')
  const { campaignId } = await receivedApplication(place, id)
  const campaign = found(await campaignById(place.tx, place.territory.id, campaignId))
  const { criteria } = await gridOf(place.tx, campaign)
  return giveMarks(place, id, readMarks(typed, criteria))
}

const noted: Carry = (context, id, typed) =>
  writeNote(context.get('place'), id, { words: (typed.words ?? '').trim().slice(0, 4000) })

const messageSent: Carry = (context, id, typed) =>
  writeToAssociation(context.get('place'), id, readMessage(typed))

const assigned: Carry = (context, id, typed) =>
  assignFile(context.get('place'), id, { agentId: typed.agentId ?? '' })

/** What was typed in the other parts of the page is kept with what this one did. */
async function carryOut(
  context: Context<PlaceEnv>,
  { part, work, readers }: { part: Part; work: Carry; readers: ReviewReaders },
): Promise<Response> {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = typedOf(await context.req.formData())
  const outcome = await work(context, id, typed)
  if (isRefused(outcome)) return reviewPage(context, readers, outcome.refusals, typed)
  const view = await fileViewOf(place, id, readers)
  const known = typedOfView(view)
  await keepLeftOver(place, id, leftOver(part, { typed, known }))
  const next = typed.goTo === 'outside-opinions' ? typed.goTo : 'review'
  return context.redirect(`${filePathOf(place.path, id)}/${next}`, 303)
}

async function reviewPage(
  context: Context<PlaceEnv>,
  readers: ReviewReaders,
  refusals: Refusal[],
  typed: Typed = {},
) {
  const place = context.get('place')
  const view = await fileViewOf(place, context.req.param('id') ?? '', readers)
  const known = typedOfView(view)
  return context.html(
    <ReviewPage
      place={place}
      view={view}
      filled={{ say: place.say, typed: { ...known, ...view.draft, ...typed }, refusals }}
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
