/**
 * What goes into the split and what comes out: plain JSON, so that anyone can keep it, read it and compute it
 * again. Money is whole euro cents and time whole minutes, as JSON numbers: `checkProblem` refuses what a
 * number cannot hold exactly.
 */
export const problemFormat = 'metis-allocation-problem/1'
export const resultFormat = 'metis-allocation-result/1'
/** Changes whenever the same problem may give another result. */
export const engineName = 'metis-successive-lp/1'

export const modalities = ['on_site', 'remote', 'hybrid'] as const
export type Modality = (typeof modalities)[number]

export type Problem = {
  format: typeof problemFormat
  /** Cash is given in whole multiples of this. */
  cashUnitCents: number
  /** Indicative value of one hour, for fairness only: never the fiscal one. An even number of cents. */
  families: FamilyValue[]
  envelopes: Envelope[]
  pools: Pool[]
  needs: Need[]
  associations: Claimant[]
}

export type FamilyValue = { family: string; hourlyValueCents: number }

export type Envelope = { id: string; name?: string; cashCents: number }

/** Hours of one company in one skill family. */
export type Pool = {
  id: string
  companyId: string
  companyName?: string
  family: string
  minutes: number
  /** Hours leave the pool by whole blocks; a multiple of 30 minutes. */
  blockMinutes: number
  /** How many missions the company takes on; null when it set no limit. */
  missionsMax: number | null
  /** Days as `2027-03-31`; without them the pool is open all season. */
  startsOn?: string
  endsOn?: string
  modality?: Modality
}

/** Help asked by an association: served by one company, for at least the minimum, or not at all. */
export type Need = {
  id: string
  associationId: string
  family: string
  minMinutes: number
  maxMinutes: number
  startsOn?: string
  endsOn?: string
  modality?: Modality
}

export type Claimant = {
  id: string
  name?: string
  envelopeId: string
  /** What the association is measured against: last year's grant weighted by its score, never its request. */
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
  /** 0 to 100. The lowest is left out first when minimum useful amounts pass an envelope. */
  score: number
  isCashEligible: boolean
  isHoursEligible: boolean
  /** Companies it does not want, or that cannot help it. */
  excludedCompanyIds: string[]
}

export type Result = {
  format: typeof resultFormat
  engine: string
  problemSha256: string
  /** In order of association id. */
  lines: ResultLine[]
  /** What the split would be worth if hours could be cut at will: a ceiling, to show what whole blocks cost. */
  relaxedCents: number
  deliveredCents: number
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
  /** `reference`: total over reference. `floor`: the floor itself is not reached, total over floor. */
  stage: 'floor' | 'reference'
  /** Exact, in lowest terms: `389/500`. */
  ratio: string
  /** The same association if hours could be cut at will, to the nearest cent. */
  relaxedCents: number
  reasons: Reason[]
}

export type GivenHours = { needId: string; poolId: string; minutes: number; valueCents: number }

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
  | 'DROPPED_BELOW_MIN'
  | 'HOURS_ABOVE_LEVEL'
  | 'NO_CASH_LEFT'

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
  | 'EXCLUDED'
  | 'MISSIONS_FULL'

export type Note = { code: string; values?: Record<string, string | number> }

/** The same problem whatever the order of its rows: what is digested, and what is computed. */
export function inOrder(problem: Problem): Problem {
  return {
    format: problem.format,
    cashUnitCents: problem.cashUnitCents,
    families: sortedBy(problem.families, ({ family }) => family),
    envelopes: sortedBy(problem.envelopes, ({ id }) => id),
    pools: sortedBy(problem.pools, ({ id }) => id),
    needs: sortedBy(problem.needs, ({ id }) => id),
    associations: sortedBy(problem.associations, ({ id }) => id).map((association) => ({
      ...association,
      excludedCompanyIds: [...association.excludedCompanyIds].sort(byText),
    })),
  }
}

/** By code unit, never by locale: the same order on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sortedBy<Row>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  return [...rows].sort((a, b) => byText(keyOf(a), keyOf(b)))
}
