import { type Context, Hono } from 'hono'
import { filePathOf } from '#applications'
import { isRefused, type Refusal, type Refused } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { once, type Typed, typedOf } from '#platform'
import { fileToReview } from './actions.ts'
import { answerAnnulment, askAnnulment, type FindingKey } from './annulment-actions.ts'
import { HistoryPage, reasonField } from './annulment-page.tsx'
import { findingsOf } from './annulment-store.ts'

/** The history of what was found about a file, and the way to annul what was recorded by mistake. */
export const annulmentRoutes = new Hono<PlaceEnv>()

const HERE = '/applications/:id/eligibility'
const FINDING = `${HERE}/:subject{(?:cash|hours)}/:rank/annulment`

annulmentRoutes.get(HERE, allow('municipality.agent', 'municipality.admin'), (context) =>
  historyPage(context),
)

annulmentRoutes.post(FINDING, allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const key = keyIn(context)
  const field = reasonField({ subject: key.subject === 'cash' ? 'cash' : 'hours', rank: key.rank })
  const { once: onceKey, ...typed } = typedOf(await context.req.formData())
  const reason = (typed[field] ?? '').trim()
  const work = () => askAnnulment(place, key, { reason, field })
  const asked = { territoryId: place.territory.id, key: onceKey ?? '', payload: { ...key, reason } }
  return answered(context, await once(place.tx, asked, work), typed)
})

annulmentRoutes.post(`${FINDING}/confirmation`, allow('municipality.admin'), async (context) => {
  const work = answerAnnulment(context.get('place'), keyIn(context), { isAnnulled: true })
  return answered(context, await work)
})

annulmentRoutes.post(`${FINDING}/refusal`, allow('municipality.admin'), async (context) => {
  const work = answerAnnulment(context.get('place'), keyIn(context), { isAnnulled: false })
  return answered(context, await work)
})

function keyIn(context: Context<PlaceEnv>): FindingKey {
  const { id = '', subject = '', rank = '' } = context.req.param() as Record<string, string>
  return { id, subject, rank: Number(rank) }
}

function answered(
  context: Context<PlaceEnv>,
  outcome: { id: string } | Refused,
  typed: Typed = {},
) {
  if (isRefused(outcome)) return historyPage(context, { typed, refusals: outcome.refusals })
  const { path } = context.get('place')
  return context.redirect(`${filePathOf(path, outcome.id)}/eligibility`, 303)
}

async function historyPage(
  context: Context<PlaceEnv>,
  again: { typed: Typed; refusals: Refusal[] } = { typed: {}, refusals: [] },
) {
  const place = context.get('place')
  const { application } = await fileToReview(place, context.req.param('id') ?? '')
  const key = { territoryId: place.territory.id, applicationId: application.id }
  const findings = await findingsOf(place.tx, key)
  const filled = { say: place.say, ...again }
  const own = { applicationId: application.id, associationName: application.association.name }
  return context.html(
    <HistoryPage {...{ place, findings, filled, ...own }} />,
    again.refusals.length > 0 ? 422 : 200,
  )
}
