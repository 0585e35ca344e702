import { cents, type Day, minutes, sumMinutes } from '#kit'
import { type Pledge, supplyOf } from '#pledges'
import type { Assumptions } from './assumptions.ts'
import {
  type Claimant,
  type Company,
  modalities,
  type Need,
  type Pool,
  type Problem,
  problemFormat,
} from './engine/index.ts'
import { newcomerBasis, referenceOf } from './engine/references.ts'
import type { Asked } from './lines.ts'

/**
 * All that a split of the season is computed from, whatever the hypotheses, in plain JSON: the server reads it from
 * the database, a browser carries it into a room without a network.
 */
export type SeasonFacts = {
  cashUnitCents: number
  totalCapPercent: number
  envelopes: { id: string; name: string; cashCents: number }[]
  requests: SeasonRequest[]
  /** Those confirmed, before the reserve. */
  pledges: SeasonPledge[]
}

/** Complete, and eligible to cash, to hours, or to both: the others have no line in the split. */
export type SeasonRequest = {
  applicationId: string
  associationId: string
  associationName: string
  projectTitle: string
  envelopeId: string
  baselineCents: number
  askedCents: number
  usefulCents: number
  /** 0 to 100, whole; nothing until every criterion has a mark. */
  score: number | undefined
  isCashEligible: boolean
  isHoursEligible: boolean
  needs: (Pick<Need, 'id' | 'family' | 'minMinutes' | 'maxMinutes'> & When)[]
}

export type SeasonPledge = {
  id: string
  companyId: string
  companyName: string
  family: string
  keptMinutes: number
  freeMinutes: number
  blockMinutes: number
  missionsMax: number | undefined
} & When

type When = { startsOn: Day; endsOn: Day; modality: Pledge['modality'] }

/** The season under these hypotheses in the words of the engine: ALLOCATION 2.1. */
export function problemUnder(facts: SeasonFacts, assumptions: Assumptions): Problem {
  const { requests, pledges } = facts
  const families = new Set([
    ...pledges.map(({ family }) => family),
    ...requests.flatMap(({ needs }) => needs.map(({ family }) => family)),
  ])
  const rules = {
    envelopes: facts.envelopes.map(({ id, name, cashCents }) => ({
      id,
      name,
      cashCents: Number(assumptions.envelopeCents[id] ?? cashCents),
    })),
    // κ: from the low weight at 0 points to the high one at 100.
    scoreWeights: [
      { score: 0, percent: assumptions.weightLowPercent },
      { score: 100, percent: assumptions.weightHighPercent },
    ],
  }
  return {
    format: problemFormat,
    cashUnitCents: facts.cashUnitCents,
    ...rules,
    families: [...families].map((family) => ({
      family,
      hourlyValueCents: Number(assumptions.referenceHourlyCents),
    })),
    companies: companiesOf(pledges),
    pools: poolsUnder(facts, assumptions),
    needs: requests.flatMap((request) => (request.isHoursEligible ? needsOf(request) : [])),
    associations: claimantsUnder(facts, assumptions, rules),
    pins: {
      cash: assumptions.overrides.flatMap(({ pins }) => pins.cash),
      hours: assumptions.overrides.flatMap(({ pins }) => pins.hours),
    },
  }
}

/** What a line says of the request itself. */
export function askedIn(facts: SeasonFacts): Asked[] {
  return facts.requests.map(({ needs, askedCents, ...request }) => ({
    ...request,
    askedCents: cents(askedCents),
    askedMinutes: sumMinutes(needs.map(({ maxMinutes }) => minutes(maxMinutes))),
  }))
}

type Rules = Pick<Problem, 'scoreWeights' | 'envelopes'>

function claimantsUnder(facts: SeasonFacts, assumptions: Assumptions, rules: Rules): Claimant[] {
  const { scoreWeights, envelopes } = rules
  const newcomerCents = newcomerBasis(
    facts.requests.map(({ envelopeId, baselineCents }) => ({ theme: envelopeId, baselineCents })),
    envelopes.reduce((sum, { cashCents }) => sum + cashCents, 0),
  )
  return facts.requests.map((request) => {
    const { associationId, associationName, envelopeId, baselineCents } = request
    const { isCashEligible, isHoursEligible, score = NEUTRAL_SCORE } = request
    // The request never enters the reference: asking more is of no use (ALLOCATION 2.1).
    const basisCents = baselineCents || newcomerCents({ theme: envelopeId })
    const referenceCents = referenceOf(basisCents, score, scoreWeights)
    const totalCapCents = percent(referenceCents, facts.totalCapPercent)
    const requestCents = isCashEligible ? request.askedCents : 0
    const floorCents = percent(baselineCents, assumptions.floorPercent)
    const cashMaxCents = Math.min(requestCents, totalCapCents)
    return {
      id: associationId,
      name: associationName,
      envelopeId,
      basisCents,
      referenceCents,
      baselineCents,
      // Who asks for less than its floor is served when it gets what it asks.
      floorCents: Math.min(floorCents, cashMaxCents),
      requestCents,
      usefulCents: Math.min(request.usefulCents, cashMaxCents),
      totalCapCents,
      score,
      isCashEligible,
      isHoursEligible,
      excludedCompanyIds: [],
    }
  })
}

/** Of a request that nobody has marked. */
const NEUTRAL_SCORE = 50

/** Those that promised anything this season: one that withdraws is still known by its name. */
export function companiesOf(pledges: SeasonPledge[]): (Company & { name: string })[] {
  const names = new Map(pledges.map(({ companyId, companyName }) => [companyId, companyName]))
  return [...names].map(([id, name]) => ({
    id,
    name,
    missionsMax: null,
    excludedAssociationIds: [],
  }))
}

/** What may be shared out once the reserve is set aside, less what a company is supposed to take back. */
function poolsUnder(facts: SeasonFacts, { reservePercent, withdrawal }: Assumptions): Pool[] {
  const pledges = facts.pledges.map((pledge) => ({
    ...pledge,
    state: 'confirmed' as const,
    keptMinutes: minutes(pledge.keptMinutes),
    freeMinutes: minutes(pledge.freeMinutes),
    blockMinutes: minutes(pledge.blockMinutes),
  }))
  return supplyOf(pledges, reservePercent).flatMap((supply): Pool[] => {
    const isLess = withdrawal?.companyId === supply.companyId
    const left = supply.availableMinutes * BigInt(isLess ? 100 - withdrawal.percent : 100)
    const blocks = left / (100n * supply.blockMinutes)
    if (blocks === 0n) return []
    return [
      {
        id: supply.pledgeId,
        companyId: supply.companyId,
        families: [supply.family],
        minutes: Number(blocks * supply.blockMinutes),
        blockMinutes: Number(supply.blockMinutes),
        missionsMax: supply.missionsMax ?? null,
        ...whenOf(supply),
      },
    ]
  })
}

function needsOf({ associationId, needs }: SeasonRequest): Need[] {
  return needs.map(({ id, family, minMinutes, maxMinutes, ...when }) => ({
    id,
    associationId,
    family,
    minMinutes,
    maxMinutes,
    ...whenOf(when),
  }))
}

function whenOf({ startsOn, endsOn, modality }: When) {
  const known = modalities.find((one) => one === modality)
  return { startsOn, endsOn, ...(known ? { modality: known } : {}) }
}

/** Rounded down to the cent, exactly. */
function percent(amountCents: number, share: number): number {
  return Number((BigInt(amountCents) * BigInt(share)) / 100n)
}
