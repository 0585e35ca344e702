import { type Context, Hono } from 'hono'
import { campaignById } from '#campaigns'
import { isRefused, parseEuros } from '#kit'
import { companyRoles, missionById } from '#missions'
import { allow, found, inNameOf, type Place, type PlaceEnv, type Role } from '#people'
import { type Filled, once, typedOf } from '#platform'
import { cancelReceipt, declareValuation, issueReceipt } from '../actions/index.ts'
import { hoursToReceipt, valuationOf } from '../hours.ts'
import { categories } from '../issue.ts'
import { receiptById } from '../store.ts'
import { minutesOf } from '../valuation.ts'
import { CancelPage, IssuePage, ValuationPage } from './forms.tsx'

/** The three forms around a receipt: value, issue, cancel. */
export const formRoutes = new Hono<PlaceEnv>()

const company = allow(...companyRoles)
const representative = allow('association.representative')

formRoutes.get('/missions/:id/valuation', company, (context) => valuationPage(context))
formRoutes.post('/missions/:id/valuations', company, declare)
formRoutes.get('/missions/:id/receipt', representative, (context) => issuePage(context))
formRoutes.post('/missions/:id/receipts', representative, issue)
formRoutes.get('/receipts/:id/cancellation', representative, (context) => cancelPage(context))
formRoutes.post('/receipts/:id/cancellation', representative, cancel)

type InPlace = Context<PlaceEnv>

async function valuationPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const mission = await ownMission(context, 'companyId', companyRoles)
  const { entries, barredMinutes } = await hoursToReceipt(place, mission)
  const freeMinutes = minutesOf(entries)
  const shown = filled ?? empty(place)
  const props = { place, mission, freeMinutes, barredMinutes, filled: shown }
  return context.html(<ValuationPage {...props} />, statusOf(shown))
}

async function declare(context: InPlace) {
  const place = context.get('place')
  const typed = typedOf(await context.req.formData())
  const id = context.req.param('id') ?? ''
  const outcome = await declareValuation(place, id, {
    hourlyCostCents: parseEuros(typed.hourlyCost ?? ''),
    legalForm: typed.legalForm ?? '',
  })
  if (isRefused(outcome))
    return valuationPage(context, { say: place.say, typed, refusals: outcome.refusals })
  return toReceipts(context, id)
}

async function issuePage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const mission = await ownMission(context, 'associationId', ['association.representative'])
  const { entries, barredMinutes } = await hoursToReceipt(place, mission)
  const freeMinutes = minutesOf(entries)
  const valuation = await valuationOf(place, mission.id)
  const shown = filled ?? empty(place)
  const props = { place, mission, freeMinutes, barredMinutes, valuation, filled: shown }
  return context.html(<IssuePage {...props} />, statusOf(shown))
}

async function issue(context: InPlace) {
  const place = context.get('place')
  const { once: key = '', ...typed } = typedOf(await context.req.formData())
  const id = context.req.param('id') ?? ''
  const asked = { territoryId: place.territory.id, key, payload: { ...typed, of: id } }
  const outcome = await once(place.tx, asked, () =>
    issueReceipt(place, id, {
      capacity: typed.capacity ?? '',
      category: categories.find((one) => one === typed.category) ?? 'association1901',
      categoryLabel: typed.categoryLabel ?? '',
    }),
  )
  if (isRefused(outcome))
    return issuePage(context, { say: place.say, typed, refusals: outcome.refusals })
  return toReceipts(context, id)
}

async function cancelPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const receipt = found(await receiptById(place.tx, place.territory.id, id))
  found(inNameOf(place, receipt.associationId, ['association.representative']))
  const shown = filled ?? empty(place)
  return context.html(
    <CancelPage place={place} receipt={receipt} filled={shown} />,
    statusOf(shown),
  )
}

async function cancel(context: InPlace) {
  const place = context.get('place')
  const typed = typedOf(await context.req.formData())
  const id = context.req.param('id') ?? ''
  const outcome = await cancelReceipt(place, id, { reason: typed.reason ?? '' })
  if (isRefused(outcome))
    return cancelPage(context, { say: place.say, typed, refusals: outcome.refusals })
  const receipt = found(await receiptById(place.tx, place.territory.id, id))
  return toReceipts(context, receipt.missionId)
}

async function ownMission(
  context: InPlace,
  party: 'companyId' | 'associationId',
  roles: readonly Role[],
) {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const mission = found(await missionById(place.tx, place.territory.id, id))
  found(inNameOf(place, mission[party], roles))
  return mission
}

async function toReceipts(context: InPlace, missionId: string) {
  const place = context.get('place')
  const mission = found(await missionById(place.tx, place.territory.id, missionId))
  const campaign = found(await campaignById(place.tx, place.territory.id, mission.campaignId))
  return context.redirect(`${place.path}/${campaign.year}/receipts`, 303)
}

function empty({ say }: Place): Filled {
  return { say, typed: {}, refusals: [] }
}

function statusOf({ refusals }: Filled) {
  return refusals.length > 0 ? 422 : 200
}
