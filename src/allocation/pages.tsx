import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { type Campaign, campaignOfPath, envelopesOf } from '#campaigns'
import { canonicalJson, isRefused, newId, type Refusal } from '#kit'
import { actorOf, allow, found, type Place, type PlaceEnv } from '#people'
import { once, type Typed, typedOf, writeCsv, writeOds } from '#platform'
import { interestsOf, isRecused } from '#review'
import { computeScenario, proposeScenario } from './actions.ts'
import { assumptionsOf, readForm } from './assumptions.ts'
import { ComparePage } from './compare-page.tsx'
import { exportColumns } from './export.ts'
import { IndexPage } from './index-page.tsx'
import { type Scenario, scenarioOf } from './scenario.ts'
import { ScenarioPage } from './scenario-page.tsx'
import { proposedScenarioId, scenariosOf } from './store.ts'

export const allocationRoutes = new Hono<PlaceEnv>()

const readers = allow('municipality.agent', 'municipality.elected')
const agents = allow('municipality.agent')
const base = '/:year{[0-9]{4}}/allocation'

allocationRoutes.get(base, readers, async (context) => {
  const place = context.get('place')
  return showIndex(context, await campaignOfPath(place, context), {})
})

allocationRoutes.post(base, agents, async (context) => {
  const place = context.get('place')
  const { tx, territory } = place
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const envelopes = await envelopesOf(tx, campaign)
  const read = readForm(typed, envelopes, assumptionsOf(campaign, envelopes))
  const asked = { territoryId: territory.id, key: typed.once || newId(), payload: typed }
  const outcome = isRefused(read)
    ? read
    : await once(tx, asked, () => computeScenario(place, campaign, read))
  if (!isRefused(outcome))
    return context.redirect(`${place.path}/${campaign.year}/allocation/${outcome.id}`, 303)
  const shown = { typed, refusals: outcome.refusals }
  const scenario = typed.from ? await scenarioOf(tx, campaign, typed.from) : undefined
  return scenario
    ? showScenario(context, campaign, scenario, shown)
    : showIndex(context, campaign, shown)
})

allocationRoutes.get(`${base}/compare`, readers, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const a = found(await scenarioOf(place.tx, campaign, context.req.query('a') ?? ''))
  const b = found(await scenarioOf(place.tx, campaign, context.req.query('b') ?? ''))
  const hidden = await hiddenFrom(place)
  return context.html(<ComparePage place={place} campaign={campaign} a={a} b={b} hidden={hidden} />)
})

allocationRoutes.get(`${base}/:scenarioId`, readers, async (context) => {
  const { campaign, scenario } = await scenarioOfPath(context)
  return showScenario(context, campaign, scenario, {})
})

allocationRoutes.get(`${base}/:scenarioId/:file{lines\\.(?:csv|ods)}`, agents, async (context) => {
  const { campaign, scenario } = await scenarioOfPath(context)
  const isOds = context.req.param('file') === 'lines.ods'
  const columns = exportColumns(campaign.year)
  const name = `repartition-${campaign.year}.${isOds ? 'ods' : 'csv'}`
  context.header('content-disposition', `attachment; filename="${name}"`)
  context.header(
    'content-type',
    isOds ? 'application/vnd.oasis.opendocument.spreadsheet' : 'text/csv; charset=utf-8',
  )
  const parts = isOds
    ? writeOds(columns, scenario.lines)
    : writeCsv(columns, scenario.lines, { delimiter: ';', hasMark: true })
  return stream(context, async (out) => {
    for await (const part of parts) await out.write(part)
  })
})

allocationRoutes.get(
  `${base}/:scenarioId/:part{(?:problem|result)\\.json}`,
  agents,
  async (context) => {
    const { scenario } = await scenarioOfPath(context)
    const part = context.req.param('part') === 'result.json' ? scenario.result : scenario.problem
    return context.body(canonicalJson(part), 200, { 'content-type': 'application/json' })
  },
)

allocationRoutes.post(`${base}/:scenarioId/proposal`, agents, async (context) => {
  const place = context.get('place')
  const { campaign, scenario } = await scenarioOfPath(context)
  const outcome = await proposeScenario(place, campaign, scenario.id)
  if (isRefused(outcome)) return showScenario(context, campaign, scenario, outcome)
  return context.redirect(`${place.path}/${campaign.year}/decisions`, 303)
})

type Answer = { typed?: Typed; refusals?: Refusal[] }

async function showIndex(context: Context<PlaceEnv>, campaign: Campaign, answer: Answer) {
  const place = context.get('place')
  const envelopes = await envelopesOf(place.tx, campaign)
  const { typed = {}, refusals = [] } = answer
  return context.html(
    <IndexPage
      place={place}
      campaign={campaign}
      scenarios={await scenariosOf(place.tx, campaign)}
      proposedId={await proposedScenarioId(place.tx, campaign)}
      envelopes={envelopes}
      usual={assumptionsOf(campaign, envelopes)}
      mayAct={place.as?.role === 'municipality.agent'}
      compared={context.req.query('a')}
      filled={{ say: place.say, typed, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function showScenario(
  context: Context<PlaceEnv>,
  campaign: Campaign,
  scenario: Scenario,
  { typed = {}, refusals = [] }: Answer,
) {
  const place = context.get('place')
  const hidden = await hiddenFrom(place)
  const lines = scenario.lines
    .filter(({ associationId }) => !hidden.has(associationId))
    .sort((a, b) => a.ratio - b.ratio)
  return context.html(
    <ScenarioPage
      place={place}
      campaign={campaign}
      scenario={scenario}
      lines={lines}
      envelopes={await envelopesOf(place.tx, campaign)}
      isProposed={(await proposedScenarioId(place.tx, campaign)) === scenario.id}
      mayAct={place.as?.role === 'municipality.agent'}
      filled={{ say: place.say, typed, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

/** CGCT L.2131-11: preparing is taking part, so an interested member is shown nothing of the line. */
async function hiddenFrom(place: Place): Promise<Set<string>> {
  if (place.as?.role !== 'municipality.elected') return new Set()
  const interests = await interestsOf(place.tx, place.territory.id)
  const { personId } = actorOf(place)
  const ties = interests.map(({ associationId }) => associationId)
  return new Set(ties.filter((id) => isRecused(interests, personId, id)))
}

async function scenarioOfPath(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const id = context.req.param('scenarioId') ?? ''
  return { campaign, scenario: found(await scenarioOf(place.tx, campaign, id)) }
}
