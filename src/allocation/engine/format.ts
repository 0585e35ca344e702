/**
 * What goes into the split and what comes out: plain JSON, so that anyone can keep it, read it and compute it
 * again. Money is whole euro cents and time whole minutes, as JSON numbers: `checkProblem` refuses what a
 * number cannot hold exactly.
 */
export const problemFormat = 'metis-allocation-problem/2'
export const resultFormat = 'metis-allocation-result/2'
/** Changes whenever the same problem may give another result. */
export const engineName = 'metis-balanced-flow/2'

export const modalities = ['on_site', 'remote', 'hybrid'] as const
export type Modality = (typeof modalities)[number]

export type Problem = {
  format: typeof problemFormat
  /** Cash is given in whole multiples of this. */
  cashUnitCents: number
  /** The published κ: percent of the basis at each score, linear between two points, in order of score. Empty: always 100. */
  scoreWeights: ScoreWeight[]
  /** Indicative value of one hour, for fairness only: never the fiscal one. An even number of cents. */
  families: FamilyValue[]
  envelopes: Envelope[]
  companies: Company[]
  pools: Pool[]
  needs: Need[]
  associations: Claimant[]
  pins: Pins
}

export type ScoreWeight = { score: number; percent: number }

export type FamilyValue = { family: string; hourlyValueCents: number }

export type Envelope = { id: string; name?: string; cashCents: number }

export type Company = {
  id: string
  name?: string
  /** How many missions it takes on in all its pools; null when it set no limit. */
  missionsMax: number | null
  excludedAssociationIds: string[]
}

/** Hours of one company in one skill family, or in any of a set of families (flexible). */
export type Pool = {
  id: string
  companyId: string
  families: string[]
  minutes: number
  /** Hours leave the pool by whole blocks; a multiple of 30 minutes. */
  blockMinutes: number
  /** How many missions this pool takes on; null when it set no limit. */
  missionsMax: number | null
  /** Without it, distance is no obstacle. Remote work has none. */
  reachMetres?: number
} & Circumstances

/** When and where. Days as `2027-03-31`, all season without them; places in whole metres of one plane grid, such as Lambert-93. */
export type Circumstances = {
  startsOn?: string
  endsOn?: string
  modality?: Modality
  place?: Place
}

export type Place = { eastMetres: number; northMetres: number }

/** Help asked by an association: served by one pool, for at least the minimum, or not at all. */
export type Need = {
  id: string
  associationId: string
  family: string
  minMinutes: number
  maxMinutes: number
} & Circumstances

export type Claimant = {
  id: string
  name?: string
  envelopeId: string
  /** What the reference is weighted from: last year's grant or, for a newcomer, the median of its like. */
  basisCents?: number
  /** What the association is measured against, never its request. With a basis: basis × κ(score), to the nearest cent. */
  referenceCents: number
  /** Last year's grant, for the fall; 0 for a newcomer. */
  baselineCents: number
  floorCents: number
  /** The cash asked: nobody gets more. 0 when not eligible to cash. */
  requestCents: number
  /** The least cash that is of any use; 0 when every euro helps. */
  usefulCents: number
  /** Cash and indicative value of hours together stop here. */
  totalCapCents: number
  /** 0 to 100, whole. The lowest is left out first when minimum useful amounts pass an envelope. */
  score: number
  isCashEligible: boolean
  isHoursEligible: boolean
  /** Companies it does not want, or that cannot help it. */
  excludedCompanyIds: string[]
}

/** What a person decided by hand, or hours frozen while cash varies: the split is computed around it. */
export type Pins = { cash: CashPin[]; hours: HoursPin[] }
/** Within the request. Floor and useful minimum do not hold a pinned line; pins that pass the total cap, with the least cash, become the cap. */
export type CashPin = { associationId: string; cashCents: number }
/** `poolId` null and 0 minutes: no hours for this need. */
export type HoursPin = { needId: string; poolId: string | null; minutes: number }

export type Result = {
  format: typeof resultFormat
  engine: string
  /** `quality`: hours improved by a mixed-integer programme. */
  mode: 'default' | 'quality'
  problemSha256: string
  /** In order of association id. */
  lines: ResultLine[]
  /** The even target, hours cut at will: how much value flows from which pool to which need. In order of need, then pool. */
  relaxedHours: { needId: string; poolId: string; valueCents: number }[]
  /** Who shares which level in the even target, from the lowest (to a cent or so), and what holds each there: the certificate. */
  levels: LevelGroup[]
  /** What the split would be worth if hours could be cut at will: a ceiling, to show what whole blocks cost. */
  relaxedCents: number
  deliveredCents: number
  /** When the floors cannot all be reached, even if hours could be cut at will. */
  shortfall: Shortfall | null
  /** What a reader must know of how it was computed. */
  notes: Note[]
}

export type ResultLine = {
  associationId: string
  cashCents: number
  hours: GivenHours[]
  hoursValueCents: number
  /** Indicative: no legal act adds cash and hours. */
  totalCents: number
  stage: Stage
  /** Exact, in lowest terms: `389/500`. */
  ratio: string
  /** The same association if hours could be cut at will: in all, and in cash. */
  relaxedCents: number
  relaxedCashCents: number
  /** Its place in `levels`. */
  level: number
  reasons: Reason[]
  margins: Margins
}

/** `reference`: total over reference. `floor`: the floor itself is not reached, total over floor. */
export type Stage = 'floor' | 'reference'

export type GivenHours = { needId: string; poolId: string; minutes: number; valueCents: number }

/**
 * Associations of one level of the even target, and the resources that hold them there: their capacities add up to
 * the total of the group. With those of all lower groups they are a cut: nobody in them could get more unless one
 * of these resources grew.
 */
export type LevelGroup = {
  stage: Stage
  /** The lowest of the group, exact. */
  ratio: string
  associationIds: string[]
  totalCents: number
  cut: CutResource[]
}

/**
 * `envelope`: its cash, and `pool`: its hours in value, less what lower groups draw and the useful minima and pins of
 * others. `useful`: cash kept for the association, out of an envelope of this group or of a lower one. `request`: the most cash
 * it may have, out of an envelope that holds a higher group. `need`: its maximum in value, when one of its pools holds a
 * higher group. `totalCap`: all the association may have; it alone holds it.
 */
export type CutResource = {
  kind: 'envelope' | 'pool' | 'need' | 'request' | 'totalCap' | 'useful'
  id: string
  capacityCents: number
}

/** What would change this line: exact fractions, never prices of a solver. */
export type Margins = {
  /** One cent more in the envelope, hours as they are. Null when it would bring this line nothing. */
  envelope: { share: string; sharers: number; untilCents: number; event: MarginEvent } | null
  /** One hour more in a family it asked for, from a pool that holds its level in the even target. */
  hours: { family: string; gain: string }[]
  /** True when the association's own request is what stops its cash. */
  isHeldByRequest: boolean
  /** Ten points of score more (as far as 100): what the reference gains, and the line at its present rate. Null without a basis. */
  tenPoints: { referenceCents: number; gainCents: number } | null
}

/** What happens first when the envelope grows; `untilCents` more is where. */
export type MarginEvent = {
  code: 'REQUEST_CAP' | 'TOTAL_CAP' | 'JOINS' | 'NEVER'
  associationId?: string
}

export type Shortfall = {
  missingCents: number
  /** Who cannot reach the floor, and the smallest set of resources that holds them all. */
  associationIds: string[]
  cut: CutResource[]
  /** Each is enough alone; at most three, those that cost the commune least first. */
  repairs: Repair[]
}

export type Repair =
  | { kind: 'floors'; percent: number }
  | { kind: 'hours'; family: string; minutes: number }
  | { kind: 'envelope'; id: string; cents: number }

/** Why the cash is what it is (one), then one for each need. */
export type Reason = {
  code: CashReason | HoursReason
  needId?: string
  poolIds?: string[]
  amountCents?: number
  minutes?: number
}

export type CashReason =
  | 'CASH_LEVEL'
  | 'FLOOR_STAGE'
  | 'OWN_REQUEST_CAP'
  | 'TOTAL_CAP'
  | 'NOT_CASH_ELIGIBLE'
  | 'MIN_USEFUL_CASH'
  | 'AT_FLOOR'
  | 'DROPPED_BELOW_MIN'
  | 'HOURS_ABOVE_LEVEL'
  | 'NO_CASH_LEFT'
  | 'PINNED'

export type HoursReason =
  | 'MISSION_MAX'
  | 'SKILL_BOTTLENECK'
  | 'BLOCK'
  | 'LEVEL_REACHED'
  | 'TOTAL_CAP_HOURS'
  | 'NOT_GENERAL_INTEREST'
  | 'NO_POOL'
  | 'NO_COMMON_PERIOD'
  | 'NO_COMMON_PLACE'
  | 'TOO_FAR'
  | 'EXCLUDED'
  | 'MISSIONS_FULL'
  | 'PINNED_HOURS'

export type Note = { code: string; values?: Record<string, string | number> }

/** The same problem whatever the order of its rows. */
export function inOrder(problem: Problem): Problem {
  const byId = <Row extends { id: string }>(rows: Row[]) => sortedBy(rows, ({ id }) => id)
  return {
    format: problem.format,
    cashUnitCents: problem.cashUnitCents,
    scoreWeights: [...problem.scoreWeights].sort((a, b) => a.score - b.score),
    families: sortedBy(problem.families, ({ family }) => family),
    envelopes: byId(problem.envelopes),
    companies: byId(problem.companies).map((row) => ({
      ...row,
      excludedAssociationIds: [...row.excludedAssociationIds].sort(byText),
    })),
    pools: byId(problem.pools).map((row) => ({
      ...row,
      families: [...row.families].sort(byText),
    })),
    needs: byId(problem.needs),
    associations: byId(problem.associations).map((row) => ({
      ...row,
      excludedCompanyIds: [...row.excludedCompanyIds].sort(byText),
    })),
    pins: {
      cash: sortedBy(problem.pins.cash, ({ associationId }) => associationId),
      hours: sortedBy(problem.pins.hours, ({ needId }) => needId),
    },
  }
}

/**
 * What is digested: in order, and without names, so that a file published by association number has the digest of
 * the file that the commune keeps.
 */
export function withoutNames(problem: Problem): Problem {
  const unnamed = <Row extends { name?: string }>({ name: _, ...row }: Row) => row
  const sorted = inOrder(problem)
  return {
    ...sorted,
    envelopes: sorted.envelopes.map(unnamed),
    companies: sorted.companies.map(unnamed),
    associations: sorted.associations.map(unnamed),
  }
}

/** By code unit, never by locale: the same order on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sortedBy<Row>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  return [...rows].sort((a, b) => byText(keyOf(a), keyOf(b)))
}
