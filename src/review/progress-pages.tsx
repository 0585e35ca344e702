import { type Context, Hono } from 'hono'
import { actsFor, filePathOf, ownApplication, pieceIn, piecesOf } from '#applications'
import { campaignById } from '#campaigns'
import { isRefused, type Refusal, type Refused } from '#kit'
import { allow, found, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { addMissingPiece, answerCompleteness, declareGeneralInterest } from './actions.ts'
import { clocksOf } from './clocks.ts'
import { readAnswers, readMessage } from './forms.ts'
import { messagesOf } from './message-store.ts'
import { writeToCommune } from './messages.ts'
import { ProgressPage } from './progress-page.tsx'
import { completenessChecksOf, eligibilitiesOf } from './store.ts'
import { whereOf } from './table-view.ts'

/** What the association sees of its review, and answers. */
export const progressRoutes = new Hono<PlaceEnv>()

const preparers = allow('association.representative', 'association.member')
const representative = allow('association.representative')

progressRoutes.get('/applications/:id/progress', preparers, (context) =>
  progressPage(context, [], {}),
)

progressRoutes.post('/applications/:id/progress/pieces', preparers, (context) =>
  carryOut(context, async (id, form) =>
    addMissingPiece(context.get('place'), id, await pieceIn(form)),
  ),
)

progressRoutes.post('/applications/:id/completion', preparers, (context) =>
  carryOut(context, (id, form) =>
    answerCompleteness(context.get('place'), id, {
      note: (typedOf(form).note ?? '').slice(0, 4000),
    }),
  ),
)

progressRoutes.post('/applications/:id/progress/messages', preparers, (context) =>
  carryOut(context, (id, form) =>
    writeToCommune(context.get('place'), id, readMessage(typedOf(form))),
  ),
)

progressRoutes.post('/applications/:id/declaration', representative, (context) =>
  carryOut(context, (id, form) =>
    declareGeneralInterest(context.get('place'), id, { answers: readAnswers(typedOf(form)) }),
  ),
)

type Carry = (id: string, form: FormData) => Promise<{ id: string } | Refused>

async function carryOut(context: Context<PlaceEnv>, carry: Carry): Promise<Response> {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const form = await context.req.formData()
  const outcome = await carry(id, form)
  if (isRefused(outcome)) return progressPage(context, outcome.refusals, typedOf(form))
  return context.redirect(`${filePathOf(place.path, id)}/progress`, 303)
}

async function progressPage(context: Context<PlaceEnv>, refusals: Refusal[], typed: Typed) {
  const place = context.get('place')
  const application = await ownApplication(place, context.req.param('id') ?? '')
  const { id, association, deposit, campaignId } = application
  const campaign = found(await campaignById(place.tx, place.territory.id, campaignId))
  const known = await completenessChecksOf(place.tx, place.territory.id, [id])
  const checks = known.get(id) ?? []
  const eligibilities = await eligibilitiesOf(place.tx, place.territory.id, [id])
  return context.html(
    <ProgressPage
      place={place}
      filePath={filePathOf(place.path, id)}
      application={application}
      pieces={await piecesOf(place.tx, { territoryId: place.territory.id, id })}
      checks={checks}
      clocks={deposit && clocksOf({ ...deposit, checks }, await whereOf(place, campaign))}
      eligibilities={eligibilities.get(id) ?? {}}
      councilOn={campaign.councilOn}
      messages={await messagesOf(place.tx, place.territory.id, id)}
      filled={{ say: place.say, typed, refusals }}
      mayDeclare={actsFor(place, association.id, ['association.representative'])}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}
