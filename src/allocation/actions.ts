import { depositedApplications } from '#applications'
import { type Campaign, envelopesOf } from '#campaigns'
import { note } from '#journal'
import { canonicalJson, isRefused, type Refused } from '#kit'
import { actorOf, deed, found, type Place } from '#people'
import type { Tx } from '#platform'
import { pledgesOf } from '#pledges'
import { standings } from '#review'
import { baselinesOf } from '#territory'
import type { Variant } from './assumptions.ts'
import type { SeasonFacts } from './facts.ts'
import { factsOf } from './problem.ts'
import { startQualityRun } from './quality-runs.ts'
import { refusalsToCompute, refusalsToPropose } from './rules.ts'
import { scenarioOf } from './scenario.ts'
import { type SealedSplit, splitUnder } from './split.ts'
import { insertProposal, insertScenario, proposedScenarioId } from './store.ts'
import { verify } from './verifier/index.ts'

/** Everything that the split is computed from, as it stands now. */
export async function seasonFacts(tx: Tx, campaign: Campaign): Promise<SeasonFacts> {
  const baselines = await baselinesOf(tx, campaign.territoryId, campaign.year - 1)
  return factsOf({
    campaign,
    envelopes: await envelopesOf(tx, campaign),
    deposited: await depositedApplications(tx, campaign),
    standings: await standings(tx, campaign),
    baselines: new Map(
      baselines.flatMap(({ organisationId, amountCents }) =>
        organisationId === null ? [] : [[organisationId, amountCents] as const],
      ),
    ),
    pledges: await pledgesOf(tx, campaign),
  })
}

/** Computes, verifies and seals: another idea is another scenario, nothing is overwritten. */
export async function computeScenario(
  place: Place,
  campaign: Campaign,
  { variantOf, ...named }: Variant,
): Promise<{ id: string } | Refused> {
  const facts = await seasonFacts(place.tx, campaign)
  const refusals = refusalsToCompute(campaign.state, facts.requests.length)
  if (refusals.length > 0) return { refusals }
  const split = await splitUnder(facts, named.assumptions)
  if (isRefused(split)) return split
  return keepScenario(place, campaign, { ...named, split, variantOf })
}

/** In quality mode the split is sought apart, and kept only once its gain was shown. */
export async function seekQuality(
  place: Place,
  campaign: Campaign,
  variant: Variant,
): Promise<{ id: string } | Refused> {
  const facts = await seasonFacts(place.tx, campaign)
  const refusals = refusalsToCompute(campaign.state, facts.requests.length)
  if (refusals.length > 0) return { refusals }
  const { id: campaignId, territoryId } = campaign
  const owner = { territoryId, campaignId, personId: actorOf(place).personId }
  return startQualityRun({ ...owner, variant, facts, now: place.now })
}

/** Nothing is kept, nor shown, that the verifier finds at fault. */
export async function keepScenario(
  place: Place,
  campaign: Campaign,
  { name, assumptions, split, variantOf }: Variant & { split: SealedSplit },
): Promise<{ id: string }> {
  const { problem, result, resultSha256 } = split
  const witness = verify(problem, result)
  if (witness) throw new Error(`a split fails its verification: ${canonicalJson(witness)}`)
  const { problemSha256 } = result
  const id = await insertScenario(place.tx, {
    territoryId: place.territory.id,
    campaignId: campaign.id,
    variantOf: variantOf ?? null,
    name,
    assumptions,
    problem,
    result,
    problemSha256,
    resultSha256,
    computedBy: actorOf(place).personId,
    computedAt: place.now,
  })
  const details = { name, problemSha256, resultSha256, assumptions: canonicalJson(assumptions) }
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
