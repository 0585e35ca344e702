import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { campaignOfPath } from '#campaigns'
import { isRefused, parseDay, type Refused } from '#kit'
import { allow, found, type Place, type PlaceEnv } from '#people'
import { type Typed, typedOf, writeCsv } from '#platform'
import { awardOfPath } from '../award-of-path.ts'
import type { ShowAward } from '../award-pages.tsx'
import { type Award, awardById } from '../store.ts'
import { cancelInstalment, orderInstalment, payInstalment, planPayments } from './actions.ts'
import { financeColumns } from './finance-columns.ts'
import { financeRows } from './finance-rows.ts'
import { pesLike } from './finance-xml.ts'
import { readSchedule } from './form.ts'
import type { Instalment } from './rules.ts'
import { instalmentById } from './store.ts'

const agents = allow('municipality.agent')
const payers = allow('municipality.agent', 'municipality.finance')
type Outcome = { id: string } | Refused
type Deed = (
  place: Place,
  award: Award,
  asked: { instalment: Instalment; typed: Typed },
) => Promise<Outcome>

/** Payments planned, ordered, paid or cancelled, and the two files of the finance department. */
export function instalmentRoutes(showAward: ShowAward): Hono<PlaceEnv> {
  const routes = new Hono<PlaceEnv>()
  const answer = async (
    context: Context<PlaceEnv>,
    award: Award,
    typed: Typed,
    outcome: Outcome,
  ) =>
    isRefused(outcome)
      ? showAward(context, award, { typed, refusals: outcome.refusals })
      : context.redirect(`${context.get('place').path}/decisions/${award.id}`, 303)
  const does = (deed: Deed) => async (context: Context<PlaceEnv>) => {
    const place = context.get('place')
    const { tx, territory } = place
    const id = context.req.param('instalmentId') ?? ''
    const instalment = found(await instalmentById(tx, territory.id, id))
    const award = found(await awardById(tx, territory.id, instalment.awardId))
    const typed = typedOf(await context.req.formData())
    return answer(context, award, typed, await deed(place, award, { instalment, typed }))
  }

  routes.post('/decisions/:awardId/schedule', agents, async (context) => {
    const award = await awardOfPath(context)
    const typed = typedOf(await context.req.formData())
    const rows = readSchedule(typed)
    const place = context.get('place')
    return answer(
      context,
      award,
      typed,
      isRefused(rows) ? rows : await planPayments(place, award, rows),
    )
  })
  routes.post('/instalments/:instalmentId/order', agents, does(ordering))
  routes.post('/instalments/:instalmentId/payment', agents, does(paying))
  routes.post('/instalments/:instalmentId/cancellation', agents, does(cancelling))
  routes.get('/:year{[0-9]{4}}/decisions/finance.csv', payers, sendCsv)
  routes.get('/:year{[0-9]{4}}/decisions/finance.xml', payers, sendXml)
  return routes
}

const ordering: Deed = (place, award, { instalment, typed }) =>
  orderInstalment(place, award, instalment, {
    orderNumber: typed[`number-${instalment.id}`]?.trim() ?? '',
    orderedOn: parseDay(typed[`on-${instalment.id}`] ?? ''),
  })

const paying: Deed = (place, award, { instalment, typed }) =>
  payInstalment(place, award, instalment, {
    paidOn: parseDay(typed[`paid-${instalment.id}`] ?? ''),
  })

const cancelling: Deed = (place, award, { instalment, typed }) =>
  cancelInstalment(place, award, instalment, {
    reason: typed[`reason-${instalment.id}`]?.trim() ?? '',
  })

async function sendCsv(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const rows = await financeRows(place, campaign)
  name(context, `${place.territory.slug}-${campaign.year}-versements.csv`, 'text/csv')
  return stream(context, async (out) => {
    // A mark and semicolons: French spreadsheets open it as it is.
    const text = writeCsv(financeColumns(place), rows, { delimiter: ';', hasMark: true })
    for await (const part of text) await out.write(part)
  })
}

async function sendXml(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const rows = await financeRows(place, campaign)
  name(context, `${place.territory.slug}-${campaign.year}-mandats.xml`, 'application/xml')
  return context.body(pesLike(place, campaign, rows))
}

function name(context: Context, fileName: string, type: string): void {
  context.header('content-type', `${type}; charset=utf-8`)
  context.header('content-disposition', `attachment; filename="${fileName}"`)
  context.header('cache-control', 'private, no-store')
}
