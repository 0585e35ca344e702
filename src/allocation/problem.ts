import type { Deposited } from '#applications'
import type { Campaign } from '#campaigns'
import { type Cents, cents } from '#kit'
import type { Supply } from '#pledges'
import { isEligible, type Standing } from '#review'
import type { Assumptions } from './assumptions.ts'
import {
  type Claimant,
  modalities,
  type Need,
  type Pool,
  type Problem,
  problemFormat,
} from './engine/index.ts'

export type Facts = {
  campaign: Campaign
  assumptions: Assumptions
  envelopes: { id: string; name: string; cashCents: Cents }[]
  deposited: Deposited[]
  standings: Map<string, Standing>
  baselines: Map<string, Cents>
  supply: Supply[]
}

/** The season's facts in the words of the engine: ALLOCATION 2.1. */
export function problemOf(facts: Facts): Problem {
  const { assumptions, envelopes } = facts
  const admitted = admittedOf(facts)
  const families = new Set([
    ...facts.supply.map(({ family }) => family),
    ...admitted.flatMap(({ needs }) => needs.map(({ family }) => family)),
  ])
  return {
    format: problemFormat,
    cashUnitCents: Number(facts.campaign.cashUnitCents),
    families: [...families].map((family) => ({
      family,
      hourlyValueCents: Number(assumptions.referenceHourlyCents),
    })),
    envelopes: envelopes.map(({ id, name, cashCents }) => ({
      id,
      name,
      cashCents: Number(assumptions.envelopeCents[id] ?? cashCents),
    })),
    pools: facts.supply.filter(({ availableMinutes }) => availableMinutes > 0n).map(poolOf),
    needs: admitted.flatMap((one) =>
      isEligible(facts.standings.get(one.id)?.hours) ? needsOf(one) : [],
    ),
    associations: claimantsOf(facts, admitted),
  }
}

/** Complete, and eligible to cash, to hours, or to both: the others have no line in the split. */
export function admittedOf({ deposited, standings }: Pick<Facts, 'deposited' | 'standings'>) {
  return deposited.filter(({ id }) => {
    const standing = standings.get(id)
    return standing?.isComplete && (isEligible(standing.cash) || isEligible(standing.hours))
  })
}

function claimantsOf(facts: Facts, admitted: Deposited[]): Claimant[] {
  const baselineOf = (one: Deposited) => facts.baselines.get(one.associationId) ?? cents(0)
  const newcomerCents = newcomerBaseline(facts, admitted.map(baselineOf))
  return admitted.map((one) => {
    const standing = facts.standings.get(one.id)
    const baselineCents = baselineOf(one)
    const weight = weightOf(facts.campaign, standing?.score)
    // The request never enters the reference: asking more is of no use (ALLOCATION 2.1).
    const referenceCents = weighted(baselineCents > 0n ? baselineCents : newcomerCents, weight)
    const totalCapCents = percent(referenceCents, facts.campaign.totalCapPercent)
    const isCashEligible = isEligible(standing?.cash)
    const requestCents = isCashEligible ? one.askedCents : cents(0)
    const floorCents = percent(baselineCents, facts.assumptions.floorPercent)
    const cashMaxCents = least(requestCents, totalCapCents)
    return {
      id: one.associationId,
      name: one.associationName,
      envelopeId: one.envelopeId,
      referenceCents: Number(referenceCents),
      baselineCents: Number(baselineCents),
      // Who asks for less than its floor is served when it gets what it asks.
      floorCents: Number(least(floorCents, cashMaxCents)),
      requestCents: Number(requestCents),
      usefulCents: Number(least(one.usefulCents, cashMaxCents)),
      totalCapCents: Number(totalCapCents),
      score: Math.round(standing?.score ?? NEUTRAL_SCORE),
      isCashEligible,
      isHoursEligible: isEligible(standing?.hours),
      excludedCompanyIds: [],
    }
  })
}

/** Of a request that nobody has marked. */
const NEUTRAL_SCORE = 50

/** κ of ALLOCATION 2.1 in ten-thousandths: from the low weight at 0 points to the high one at 100. */
export function weightOf(
  campaign: Pick<Campaign, 'weightLowPercent' | 'weightHighPercent'>,
  score: number | undefined,
): bigint {
  if (score === undefined) return 10_000n
  const { weightLowPercent: low, weightHighPercent: high } = campaign
  return BigInt(Math.round(low * 100 + (high - low) * score))
}

/** A newcomer is measured against the median association; when all are new, against an equal share. */
function newcomerBaseline({ assumptions, envelopes }: Facts, baselines: Cents[]): Cents {
  const known = baselines.filter((baseline) => baseline > 0n).sort((a, b) => (a < b ? -1 : 1))
  const median = known[Math.floor((known.length - 1) / 2)]
  if (median !== undefined) return median
  const total = envelopes.reduce(
    (sum, { id, cashCents }) => sum + (assumptions.envelopeCents[id] ?? cashCents),
    0n,
  )
  const share = total / BigInt(Math.max(1, baselines.length))
  return cents(share > 0n ? share : 100n)
}

function poolOf(supply: Supply): Pool {
  return {
    id: supply.pledgeId,
    companyId: supply.companyId,
    companyName: supply.companyName,
    family: supply.family,
    minutes: Number(supply.availableMinutes),
    blockMinutes: Number(supply.blockMinutes),
    missionsMax: supply.missionsMax ?? null,
    startsOn: supply.startsOn,
    endsOn: supply.endsOn,
    ...modalityOf(supply.modality),
  }
}

function needsOf({ associationId, needs }: Deposited): Need[] {
  return needs.map((need) => ({
    id: need.id,
    associationId,
    family: need.family,
    minMinutes: Number(need.minMinutes),
    maxMinutes: Number(need.maxMinutes),
    startsOn: need.startsOn,
    endsOn: need.endsOn,
    ...modalityOf(need.modality),
  }))
}

function modalityOf(text: string) {
  const modality = modalities.find((known) => known === text)
  return modality ? { modality } : {}
}

function weighted(amount: Cents, tenThousandths: bigint): Cents {
  const rounded = (amount * tenThousandths + 5_000n) / 10_000n
  return cents(rounded > 0n ? rounded : 1n)
}

function percent(amount: Cents, share: number): Cents {
  return cents((amount * BigInt(share)) / 100n)
}

function least(a: Cents, b: Cents): Cents {
  return a < b ? a : b
}
