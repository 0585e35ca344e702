import { depositedApplications } from '#applications'
import { type Campaign, envelopesOf } from '#campaigns'
import { note } from '#journal'
import { canonicalJson, isRefused, type Refused } from '#kit'
import { actorOf, deed, found, type Place } from '#people'
import { digestOf, type Tx } from '#platform'
import { confirmedSupply } from '#pledges'
import { standings } from '#review'
import { baselinesOf } from '#territory'
import type { Assumptions, NamedAssumptions } from './assumptions.ts'
import { allocate, inOrder, type Problem } from './engine/index.ts'
import { problemOf } from './problem.ts'
import { refusalsToCompute, refusalsToPropose } from './rules.ts'
import { scenarioOf } from './scenario.ts'
import { insertProposal, insertScenario, proposedScenarioId } from './store.ts'

/** Everything that the split is computed from, as it stands now. */
export async function buildProblem(
  tx: Tx,
  campaign: Campaign,
  assumptions: Assumptions,
): Promise<Problem> {
  const baselines = await baselinesOf(tx, campaign.territoryId, campaign.year - 1)
  return problemOf({
    campaign,
    assumptions,
    envelopes: await envelopesOf(tx, campaign),
    deposited: await depositedApplications(tx, campaign),
    standings: await standings(tx, campaign),
    baselines: new Map(
      baselines.flatMap(({ organisationId, amountCents }) =>
        organisationId === null ? [] : [[organisationId, amountCents] as const],
      ),
    ),
    supply: await confirmedSupply(tx, { ...campaign, reservePercent: assumptions.reservePercent }),
  })
}

/** Computes, recounts and seals: another idea is another scenario, nothing is overwritten. */
export async function computeScenario(
  place: Place,
  campaign: Campaign,
  { name, assumptions }: NamedAssumptions,
): Promise<{ id: string } | Refused> {
  const problem = inOrder(await buildProblem(place.tx, campaign, assumptions))
  const refusals = refusalsToCompute(campaign.state, problem.associations.length)
  if (refusals.length > 0) return { refusals }
  const result = await allocate(problem)
  if (isRefused(result)) return result
  const id = await insertScenario(place.tx, {
    territoryId: place.territory.id,
    campaignId: campaign.id,
    name,
    assumptions,
    problem,
    result,
    problemSha256: result.problemSha256,
    resultSha256: digestOf(result),
    computedBy: actorOf(place).personId,
    computedAt: place.now,
  })
  const details = {
    name,
    problemSha256: result.problemSha256,
    assumptions: canonicalJson(assumptions),
  }
  await note(place.tx, { ...deed(place), action: 'scenario.computed', subjectId: id, details })
  return { id }
}

/** Puts a scenario to the council; the newest proposal stands. */
export async function proposeScenario(
  place: Place,
  campaign: Campaign,
  scenarioId: string,
): Promise<{ id: string } | Refused> {
  const scenario = found(await scenarioOf(place.tx, campaign, scenarioId))
  const refusals = refusalsToPropose({
    state: campaign.state,
    isProposed: (await proposedScenarioId(place.tx, campaign)) === scenarioId,
    isSound: scenario.isSound,
    lines: scenario.lines,
    envelopes: await envelopesOf(place.tx, campaign),
  })
  if (refusals.length > 0) return { refusals }
  const proposedBy = actorOf(place).personId
  await insertProposal(place.tx, campaign, { scenarioId, proposedBy, proposedAt: place.now })
  const details = { problemSha256: scenario.problemSha256, resultSha256: scenario.resultSha256 }
  await note(place.tx, {
    ...deed(place),
    action: 'scenario.proposed',
    subjectId: scenarioId,
    details,
  })
  return { id: scenarioId }
}
