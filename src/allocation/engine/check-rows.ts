import { type Refusal, refusal } from '#kit'
import type { Circumstances, Claimant, Need, Pool, Problem } from './format.ts'
import { referenceOf } from './references.ts'
import { AMOUNT_MAX, at } from './rows.ts'

export const rowsMax = {
  associations: 100_000,
  needs: 1_000_000,
  pools: 100_000,
  needsOfOne: 1_000,
  /** Pairs of a pool and a need of one family: each is looked at once. */
  pairs: 200_000_000,
} as const

type Refuse = (code: string, name: string, values?: Record<string, string | number>) => void
type Known = Record<'families' | 'envelopes' | 'companies' | 'associations', Set<string>>

/** What a row cannot show by itself: sums, counts, and ids of other rows. Each row is walked once. */
export function checkRows(problem: Problem, refusals: Refusal[]) {
  checkWhole(problem, refusals)
  const { scoreWeights, families, companies, pools, needs, associations } = problem
  const refuserAt = refuserOf(refusals)
  const known = {
    families: new Set(families.map(({ family }) => family)),
    envelopes: idsOf(problem.envelopes),
    companies: idsOf(companies),
    associations: idsOf(associations),
  }
  for (const [rank, { score }] of scoreWeights.entries())
    if (score <= (scoreWeights[rank - 1]?.score ?? -1))
      refuserAt('scoreWeights', rank, score)('scoreOrder', 'score')
  for (const [rank, { family, hourlyValueCents }] of families.entries())
    if (hourlyValueCents % 2 === 1)
      refuserAt('families', rank, family)('oddHourlyValue', 'hourlyValueCents')
  for (const [rank, { id, excludedAssociationIds }] of companies.entries())
    checkKnown(
      excludedAssociationIds,
      known.associations,
      'excludedAssociationIds',
      refuserAt('companies', rank, id),
    )
  for (const [rank, pool] of pools.entries())
    checkPool(pool, known, refuserAt('pools', rank, pool.id))
  const counts = new Map<string, number>()
  for (const [rank, need] of needs.entries()) {
    const refuse = refuserAt('needs', rank, need.id)
    const { associationId: value } = need
    const count = (counts.get(value) ?? 0) + 1
    counts.set(value, count)
    const most = rowsMax.needsOfOne
    if (count === most + 1) refuse('tooManyNeeds', 'associationId', { value, most })
    checkNeed(need, known, refuse)
  }
  for (const [rank, one] of associations.entries()) {
    const refuse = refuserAt('associations', rank, one.id)
    checkClaimant(one, known, refuse)
    const expected = one.basisCents && referenceOf(one.basisCents, one.score, scoreWeights)
    if (expected !== undefined && expected !== one.referenceCents)
      refuse('notWeighted', 'referenceCents', { expected, value: one.referenceCents })
  }
}

function refuserOf(refusals: Refusal[]) {
  return (list: string, rank: number, id: string | number): Refuse =>
    (code, name, values) =>
      refusals.push(at(code, { list, rank, name }, { id, ...values }))
}

function idsOf(rows: { id: string }[]): Set<string> {
  return new Set(rows.map(({ id }) => id))
}

function checkWhole(problem: Problem, refusals: Refusal[]) {
  const { envelopes, pools, needs, associations } = problem
  const refuse = (code: string, list: string, values = {}) =>
    refusals.push(refusal(`allocation:refused.${code}`, { field: list, list, ...values }))
  if (associations.length === 0) refuse('noAssociation', 'associations')
  for (const list of ['associations', 'needs', 'pools'] as const)
    if (problem[list].length > rowsMax[list]) refuse('tooMany', list, { most: rowsMax[list] })
  if (envelopes.every(({ cashCents }) => !cashCents) && pools.every(({ minutes }) => !minutes))
    refuse('nothingToShare', 'envelopes')
  for (const list of tooLargeSums(problem)) refuse('sumTooBig', list)
  const counts = new Map<string, number>()
  for (const { family } of needs) counts.set(family, (counts.get(family) ?? 0) + 1)
  const pairs = sum(pools.flatMap((pool) => pool.families.map((one) => counts.get(one) ?? 0)))
  if (pairs > rowsMax.pairs) refuse('tooManyPairs', 'needs')
}

/** Totals too must be counted exactly. */
function tooLargeSums({ envelopes, associations, pools, needs, families }: Problem): string[] {
  const hourly = families.reduce((most, one) => Math.max(most, one.hourlyValueCents), 0)
  const sums = {
    envelopes: sum(envelopes.map(({ cashCents }) => cashCents)),
    pools: sum(pools.map(({ minutes }) => minutes)) * BigInt(hourly),
    needs: sum(needs.map(({ maxMinutes }) => maxMinutes)) * BigInt(hourly),
    associations: sum(
      associations.flatMap((one) => [one.referenceCents, one.baselineCents, one.usefulCents]),
    ),
  }
  return Object.entries(sums).flatMap(([list, total]) => (total > BigInt(AMOUNT_MAX) ? [list] : []))
}

function sum(values: number[]): bigint {
  return values.reduce((total, value) => total + BigInt(value), 0n)
}

function checkPool(pool: Pool, known: Known, refuse: Refuse) {
  checkPeriod(pool, refuse)
  if (pool.families.length === 0) refuse('noFamily', 'families')
  checkKnown(pool.families, known.families, 'families', refuse)
  for (const name of ['minutes', 'blockMinutes'] as const)
    if (pool[name] % 30 !== 0) refuse('halfHours', name)
}

function checkNeed(need: Need, known: Known, refuse: Refuse) {
  checkPeriod(need, refuse)
  checkKnown([need.associationId], known.associations, 'associationId', refuse)
  checkKnown([need.family], known.families, 'family', refuse)
  if (need.minMinutes > need.maxMinutes) refuse('minOverMax', 'minMinutes')
}

function checkPeriod({ startsOn, endsOn }: Circumstances, refuse: Refuse) {
  if (startsOn !== undefined && endsOn !== undefined && endsOn < startsOn)
    refuse('endsBeforeStart', 'endsOn')
}

function checkClaimant(one: Claimant, known: Known, refuse: Refuse) {
  checkKnown([one.envelopeId], known.envelopes, 'envelopeId', refuse)
  checkKnown(one.excludedCompanyIds, known.companies, 'excludedCompanyIds', refuse)
  if (one.floorCents > one.totalCapCents) refuse('capUnderFloor', 'totalCapCents')
  if (one.usefulCents > one.totalCapCents) refuse('capUnderUseful', 'totalCapCents')
  if (!one.isCashEligible && one.floorCents > 0) refuse('floorWithoutCash', 'floorCents')
  if (one.isCashEligible && one.floorCents > one.requestCents)
    refuse('requestUnderFloor', 'requestCents')
  if (one.isCashEligible && one.usefulCents > one.requestCents)
    refuse('requestUnderUseful', 'requestCents')
}

function checkKnown(ids: string[], known: Set<string>, name: string, refuse: Refuse) {
  for (const value of ids) if (!known.has(value)) refuse('unknown', name, { value })
}
