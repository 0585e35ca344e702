import { type Context, Hono } from 'hono'
import { type Campaign, campaignOfPath, envelopesOf } from '#campaigns'
import { canonicalJson, isRefused, newId, type Refusal, type Refused, refusal } from '#kit'
import { allow, found, type Place, type PlaceEnv } from '#people'
import { answerTable, bundle, once, type Typed, typedOf } from '#platform'
import { computeScenario, proposeScenario, seasonFacts, seekQuality } from './actions.ts'
import { assumptionsOf, readForm } from './assumptions.ts'
import { toldAssumptions } from './assumptions-list.tsx'
import { changesBetween, givenIn } from './changes.ts'
import { ComparePage } from './compare-page.tsx'
import { exportColumns } from './export.ts'
import { companiesOf } from './facts.ts'
import { hidingFor, refuseTied } from './hidden.ts'
import { IndexPage } from './index-page.tsx'
import { lineRoutes } from './line-pages.tsx'
import { qualityRoutes } from './quality-pages.tsx'
import { RecomputePage } from './recompute-page.tsx'
import { refusalsToCompute } from './rules.ts'
import { type Scenario, scenarioOf } from './scenario.ts'
import { ScenarioPage, type ScenarioView, type Trial } from './scenario-page.tsx'
import { headsOf } from './store.ts'
import { byRate, writeRoom } from './trial.tsx'

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
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const scenario = typed.from ? await scenarioOf(place.tx, campaign, typed.from) : undefined
  const outcome = await compute(place, campaign, { typed, scenario })
  if (!isRefused(outcome))
    return context.redirect(`${place.path}/${campaign.year}/allocation/${outcome.path}`, 303)
  return scenario
    ? showScenario(context, campaign, scenario, { typed, ...outcome })
    : showIndex(context, campaign, { typed, ...outcome })
})

type Asked = { typed: Typed; scenario: Scenario | undefined }

/** Where to read what was asked for: the scenario, or in quality mode the page where one waits for it. */
async function compute(
  place: Place,
  campaign: Campaign,
  { typed, scenario }: Asked,
): Promise<{ path: string } | Refused> {
  const { tx, territory } = place
  const envelopes = await envelopesOf(tx, campaign)
  const usual = scenario?.assumptions ?? assumptionsOf(campaign, envelopes)
  const read = readForm(typed, envelopes, usual)
  if (isRefused(read)) return read
  const named = { ...read, variantOf: scenario?.id }
  if (typed.quality === 'yes') {
    const run = await seekQuality(place, campaign, named)
    return isRefused(run) ? run : { path: `quality/${run.id}` }
  }
  const asked = { territoryId: territory.id, key: typed.once || newId(), payload: typed }
  const made = await once(tx, asked, () => computeScenario(place, campaign, named))
  if (isRefused(made)) return made
  const seen = encodeURIComponent(`${typed.problemSha256}.${typed.resultSha256}`)
  return { path: typed.resultSha256 ? `${made.id}?seen=${seen}` : made.id }
}

allocationRoutes.get(`${base}/compare`, readers, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const hiding = await hidingFor(place, campaign)
  const hidden = hiding.unnamed
  const sideOf = async (name: 'a' | 'b') => {
    const id = context.req.query(name) ?? ''
    const scenario = found(await scenarioOf(place.tx, campaign, id, hiding))
    return sideFrom(place, scenario, hidden)
  }
  const [a, b] = [await sideOf('a'), await sideOf('b')]
  return context.html(<ComparePage place={place} campaign={campaign} a={a} b={b} />)
})

allocationRoutes.route('/', lineRoutes)
allocationRoutes.route('/', qualityRoutes)

allocationRoutes.get(`${base}/:scenarioId`, readers, async (context) => {
  const { campaign, scenario } = await scenarioOfPath(context)
  return showScenario(context, campaign, scenario, {})
})

allocationRoutes.get(`${base}/:scenarioId/:file{lines\\.(?:csv|ods)}`, agents, async (context) => {
  const { campaign, scenario, hiding } = await scenarioOfPath(context)
  const lines = scenario.lines.filter(({ associationId }) => !hiding.unnamed.has(associationId))
  const columns = exportColumns(campaign.year, hiding.unscored)
  return answerTable(context, { columns, items: lines, name: `repartition-${campaign.year}` })
})

allocationRoutes.get(
  `${base}/:scenarioId/:part{(?:problem|result)\\.json}`,
  agents,
  async (context) => {
    const { campaign, scenario, hiding } = await scenarioOfPath(context)
    const shown = scenario.lines.map(({ associationId }) => associationId)
    await refuseTied(context.get('place'), shown)
    // Scores stand in these files.
    if (hiding.unscored.size > 0) return showScenario(context, campaign, scenario, notScored())
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

function notScored(): Refused {
  return { refusals: [refusal('scenarios:refused.notScored')] }
}

type Answer = { typed?: Typed; refusals?: Refusal[] }

async function showIndex(context: Context<PlaceEnv>, campaign: Campaign, answer: Answer) {
  const place = context.get('place')
  const envelopes = await envelopesOf(place.tx, campaign)
  const { typed = {}, refusals = [] } = answer
  return context.html(
    <IndexPage
      place={place}
      campaign={campaign}
      {...(await headsOf(place.tx, campaign))}
      envelopes={envelopes}
      companies={companiesOf((await seasonFacts(place.tx, campaign)).pledges)}
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
  const { unnamed: hidden, unscored } = await hidingFor(place, campaign)
  const lines = byRate(scenario.lines.filter(({ associationId }) => !hidden.has(associationId)))
  const facts = await seasonFacts(place.tx, campaign)
  const { assumptions } = scenario
  const { scenarios, proposedId } = await headsOf(place.tx, campaign)
  const mayAct = place.as?.role === 'municipality.agent'
  const room = { facts, assumptions, given: givenIn(lines), year: campaign.year }
  const isOpen = refusalsToCompute(campaign.state, facts.requests.length).length === 0
  return context.html(
    <ScenarioPage
      place={place}
      campaign={campaign}
      scenario={scenario}
      lines={lines}
      envelopes={await envelopesOf(place.tx, campaign)}
      companies={companiesOf(facts.pledges)}
      since={await sinceOf(place, campaign, { scenario, hidden })}
      count={scenarios.length}
      isProposed={proposedId === scenario.id}
      mayAct={mayAct}
      mayCompute={mayAct && isOpen}
      unscoredCount={unscored.size}
      // What is computed in the browser is computed from every request and its score: not for whom one is hidden from.
      trial={
        isOpen && hidden.size + unscored.size === 0
          ? await trialWith(place, writeRoom(room))
          : undefined
      }
      seen={seenIn(context.req.query('seen'), scenario)}
      filled={{ say: place.say, typed, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function trialWith(place: Place, room: string): Promise<Trial> {
  return { room, ...(await scriptsFor(place)) }
}

async function scriptsFor({ language }: Place) {
  return {
    worker: await bundle(`allocation-worker.${language}.js`),
    script: await bundle('allocation-live.js'),
  }
}

type Hiding = { scenario: Scenario; hidden: ReadonlySet<string> }

async function sinceOf(
  { tx }: Place,
  campaign: Campaign,
  { scenario, hidden }: Hiding,
): Promise<ScenarioView['since']> {
  const before = await scenarioOf(tx, campaign, scenario.variantOf ?? '')
  if (!before) return undefined
  const changes = changesBetween(givenIn(before.lines), givenIn(scenario.lines))
  return {
    scenario: before,
    changes: changes.filter(({ associationId }) => !hidden.has(associationId)),
  }
}

/** What the browser had found, sent with the form, beside what was sealed. */
function seenIn(seen: string | undefined, scenario: Scenario): ScenarioView['seen'] {
  if (seen === undefined) return undefined
  const [problemSha256, resultSha256] = seen.split('.')
  if (problemSha256 !== scenario.problemSha256) return 'otherProblem'
  return resultSha256 === scenario.resultSha256 ? 'same' : 'otherResult'
}

function sideFrom(place: Place, scenario: Scenario, hidden: ReadonlySet<string>) {
  const isShown = ({ associationId }: { associationId: string }) => !hidden.has(associationId)
  const { assumptions, problem } = scenario
  const shown = { ...assumptions, overrides: assumptions.overrides.filter(isShown) }
  return {
    scenario,
    lines: scenario.lines.filter(isShown),
    told: toldAssumptions(shown, problem, place),
  }
}

async function scenarioOfPath(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const id = context.req.param('scenarioId') ?? ''
  const hiding = await hidingFor(place, campaign)
  return { campaign, hiding, scenario: found(await scenarioOf(place.tx, campaign, id, hiding)) }
}

allocationRoutes.get('/recompute', allow('public'), async (context) => {
  const place = context.get('place')
  return context.html(<RecomputePage place={place} {...(await scriptsFor(place))} />)
})
