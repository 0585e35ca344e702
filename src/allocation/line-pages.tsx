import { type Context, Hono } from 'hono'
import { type Campaign, campaignOfPath } from '#campaigns'
import { note } from '#journal'
import { formatHours, isRefused, minutes, newId, type Refusal, refusal } from '#kit'
import { allow, deed, found, type Place, type PlaceEnv } from '#people'
import { once, type Typed, typedOf } from '#platform'
import { keepScenario, seasonFacts } from './actions.ts'
import { type Assumptions, nameOfVariant, type Override } from './assumptions.ts'
import { euros } from './assumptions-form.tsx'
import { changesBetween, givenIn } from './changes.ts'
import { inOrder } from './engine/index.ts'
import { askedIn, problemUnder, type SeasonFacts, type SeasonRequest } from './facts.ts'
import { refuseTied } from './hidden.ts'
import { LinePage, type LineView } from './line-page.tsx'
import { linesOf, type Split } from './lines.ts'
import { readOverride, refusalsOfForm, typedFrom, withoutOverride } from './overrides.ts'
import { refusalsToCompute } from './rules.ts'
import { type Scenario, scenarioOf } from './scenario.ts'
import { type SealedSplit, splitUnder } from './split.ts'

/** A line decided by hand: its form, what it costs the others, and only then the scenario that holds it. */
export const lineRoutes = new Hono<PlaceEnv>()

const agents = allow('municipality.agent')
const line = '/:year{[0-9]{4}}/allocation/:scenarioId/lines/:applicationId'

lineRoutes.get(line, agents, async (context) => {
  const asked = await askedBy(context)
  const pinned = asked.scenario.assumptions.overrides.find(
    ({ associationId }) => associationId === asked.request.associationId,
  )
  const { language } = asked.place
  const words = {
    euros: (amount: number) => euros(BigInt(amount)),
    hours: (count: number) => formatHours(minutes(count), language).replace(/\u00a0h$/, ''),
  }
  return show(context, asked, { typed: pinned ? typedFrom(pinned, words) : {} })
})

lineRoutes.post(`${line}/cost`, agents, async (context) => {
  const asked = await askedBy(context)
  const typed = typedOf(await context.req.formData())
  const decided = await decidedBy(asked, typed)
  return isRefused(decided)
    ? show(context, asked, { typed, ...decided })
    : show(context, asked, { typed, cost: await costOf(asked, decided.split) })
})

lineRoutes.post(`${line}/override`, agents, async (context) => {
  const asked = await askedBy(context)
  const typed = typedOf(await context.req.formData())
  const decided = await decidedBy(asked, typed)
  if (isRefused(decided)) return show(context, asked, { typed, ...decided })
  if (typed.shown !== decided.split.resultSha256)
    return show(context, asked, {
      typed,
      refusals: [refusal('scenarios:refused.notShown')],
      cost: await costOf(asked, decided.split),
    })
  return keep(context, asked, { ...decided, typed, action: 'line.pinned' })
})

lineRoutes.post(`${line}/release`, agents, async (context) => {
  const asked = await askedBy(context)
  const typed = typedOf(await context.req.formData())
  const assumptions = unpinned(asked)
  const split = await splitUnder(asked.facts, assumptions)
  const refusals = [...notNow(asked), ...(isRefused(split) ? split.refusals : [])]
  if (isRefused(split) || refusals.length > 0) return show(context, asked, { typed, refusals })
  return keep(context, asked, { assumptions, split, typed, action: 'line.released' })
})

type AskedLine = {
  place: Place
  campaign: Campaign
  scenario: Scenario
  facts: SeasonFacts
  request: SeasonRequest
}

async function askedBy(context: Context<PlaceEnv>): Promise<AskedLine> {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const id = context.req.param('scenarioId') ?? ''
  const scenario = found(await scenarioOf(place.tx, campaign, id))
  const facts = await seasonFacts(place.tx, campaign)
  const applicationId = context.req.param('applicationId')
  const request = found(facts.requests.find((one) => one.applicationId === applicationId))
  await refuseTied(place, [request.associationId])
  return { place, campaign, scenario, facts, request }
}

type Decided = { assumptions: Assumptions; split: SealedSplit; override?: Override }

async function decidedBy(
  asked: AskedLine,
  typed: Typed,
): Promise<Decided | { refusals: Refusal[] }> {
  const override = readOverride(typed, asked.request)
  const refusals = [...notNow(asked), ...(isRefused(override) ? override.refusals : [])]
  if (isRefused(override) || refusals.length > 0) return { refusals }
  const others = unpinned(asked)
  const assumptions = { ...others, overrides: [...others.overrides, override] }
  const split = await splitUnder(asked.facts, assumptions)
  if (isRefused(split)) return { refusals: refusalsOfForm(split.refusals, override) }
  return { assumptions, split, override }
}

function notNow({ campaign, facts }: AskedLine): Refusal[] {
  return refusalsToCompute(campaign.state, facts.requests.length)
}

function unpinned({ scenario, request }: AskedLine): Assumptions {
  return withoutOverride(scenario.assumptions, request.associationId)
}

/** Against the same hypotheses, with this line left to the computation. */
async function costOf(asked: AskedLine, split: SealedSplit): Promise<LineView['cost']> {
  const before = await splitUnder(asked.facts, unpinned(asked))
  if (isRefused(before)) return undefined
  const given = (one: Split) => givenIn(linesOf(one, askedIn(asked.facts)))
  return {
    changes: changesBetween(given(before), given(split)),
    resultSha256: split.resultSha256,
  }
}

type Keeping = Decided & { typed: Typed; action: 'line.pinned' | 'line.released' }

async function keep(
  context: Context<PlaceEnv>,
  { place, campaign, scenario, request }: AskedLine,
  { assumptions, split, override, typed, action }: Keeping,
) {
  const { associationId, associationName } = request
  const key = action === 'line.pinned' ? 'scenarios:pinnedName' : 'scenarios:releasedName'
  const name = nameOfVariant(
    place.say(key, { scenario: scenario.name, association: associationName }),
  )
  const asked = { territoryId: place.territory.id, key: typed.once || newId(), payload: typed }
  const { id } = await once(place.tx, asked, async () => {
    const kept = { name, assumptions, split, variantOf: scenario.id }
    const made = await keepScenario(place, campaign, kept)
    const details = {
      associationId,
      ...(override ? { ...override.pins, reason: override.reason } : {}),
    }
    await note(place.tx, { ...deed(place), action, subjectId: made.id, details })
    return made
  })
  return context.redirect(`${place.path}/${campaign.year}/allocation/${id}`, 303)
}

type Answer = { typed: Typed; refusals?: Refusal[]; cost?: LineView['cost'] }

function show(
  context: Context<PlaceEnv>,
  { place, campaign, scenario, facts, request }: AskedLine,
  { typed, refusals = [], cost }: Answer,
) {
  const problem = inOrder(problemUnder(facts, scenario.assumptions))
  return context.html(
    <LinePage
      place={place}
      campaign={campaign}
      scenario={scenario}
      request={request}
      problem={problem}
      cost={cost}
      filled={{ say: place.say, typed, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}
