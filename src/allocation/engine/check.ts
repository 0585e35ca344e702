import { isRefused, type Refusal, type Refused, refusal } from '#kit'
import {
  type Claimant,
  type FamilyValue,
  modalities,
  type Need,
  type Pool,
  type Problem,
  problemFormat,
} from './format.ts'
import { readRows, type Shape } from './rows.ts'

// A split of half a million euros in cents is far below; beyond, JavaScript numbers stop counting by one.
const AMOUNT_MAX = 2 ** 53 - 1
export const rowsMax = { associations: 100_000, needs: 1_000_000, needsOfOne: 1_000 } as const

const familyShape: Shape = { family: 'key', hourlyValueCents: 'positive' }
const envelopeShape: Shape = { id: 'key', name: 'text?', cashCents: 'amount' }
const windowShape: Shape = { startsOn: 'day?', endsOn: 'day?', modality: 'modality?' }
const poolShape: Shape = {
  id: 'key',
  companyId: 'text',
  companyName: 'text?',
  family: 'text',
  minutes: 'amount',
  blockMinutes: 'positive',
  missionsMax: 'count?',
  ...windowShape,
}
const needShape: Shape = {
  id: 'key',
  associationId: 'text',
  family: 'text',
  minMinutes: 'amount',
  maxMinutes: 'positive',
  ...windowShape,
}
const claimantShape: Shape = {
  id: 'key',
  name: 'text?',
  envelopeId: 'text',
  referenceCents: 'positive',
  baselineCents: 'amount',
  floorCents: 'amount',
  requestCents: 'amount',
  usefulCents: 'amount',
  totalCapCents: 'amount',
  score: 'score',
  isCashEligible: 'boolean',
  isHoursEligible: 'boolean',
  excludedCompanyIds: 'texts',
}

/** Every reason why this problem cannot be split as it stands; each names its list, line and field. */
export function checkProblem(problem: unknown): Refusal[] {
  const read = readProblem(problem)
  return isRefused(read) ? read.refusals : []
}

/** The door for a problem that comes from a file: typed, or all that is wrong with it. */
export function readProblem(value: unknown): Problem | Refused {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { refusals: [refusal('allocation:refused.notAProblem')] }
  const source = value as Record<string, unknown>
  const refusals: Refusal[] = []
  if (source.format !== problemFormat)
    refusals.push(
      refusal('allocation:refused.format', { field: 'format', expected: problemFormat }),
    )
  const unit = source.cashUnitCents
  if (typeof unit !== 'number' || !Number.isSafeInteger(unit) || unit <= 0)
    refusals.push(refusal('allocation:refused.positive', { field: 'cashUnitCents', line: 0 }))
  const rows = (list: string, shape: Shape) => {
    const read = readRows(source[list], { list, shape, amountMax: AMOUNT_MAX, modalities })
    refusals.push(...read)
  }
  rows('families', familyShape)
  rows('envelopes', envelopeShape)
  rows('pools', poolShape)
  rows('needs', needShape)
  rows('associations', claimantShape)
  if (refusals.length > 0) return { refusals }
  const problem = source as unknown as Problem
  const more = refusalsBetweenRows(problem)
  return more.length > 0 ? { refusals: more } : problem
}

function refusalsBetweenRows(problem: Problem): Refusal[] {
  const { families, envelopes, pools, needs, associations } = problem
  if (associations.length === 0)
    return [refusal('allocation:refused.noAssociation', { field: 'associations' })]
  if (associations.length > rowsMax.associations || needs.length > rowsMax.needs)
    return [refusal('allocation:refused.tooMany', { field: 'associations' })]
  const known = {
    families: new Set(families.map(({ family }) => family)),
    envelopes: new Set(envelopes.map(({ id }) => id)),
    associations: new Set(associations.map(({ id }) => id)),
  }
  const all = [
    ...families.flatMap(familyRefusals),
    ...pools.flatMap((pool, rank) => poolRefusals(pool, rank, known.families)),
    ...needs.flatMap((need, rank) => needRefusals(need, rank, known)),
    ...associations.flatMap((one, rank) => claimantRefusals(one, rank, known.envelopes)),
    ...crowdedAssociations(needs),
    ...sumRefusals(problem),
  ]
  const sharesNothing =
    envelopes.every(({ cashCents }) => cashCents === 0) &&
    pools.every(({ minutes }) => minutes === 0)
  if (all.length === 0 && sharesNothing)
    all.push(refusal('allocation:refused.nothingToShare', { field: 'envelopes' }))
  return all
}

function familyRefusals({ family, hourlyValueCents }: FamilyValue, rank: number): Refusal[] {
  if (hourlyValueCents % 2 === 0) return []
  return [at('oddHourlyValue', 'families', rank, 'hourlyValueCents', { id: family })]
}

function poolRefusals(pool: Pool, rank: number, families: Set<string>): Refusal[] {
  const { id } = pool
  const refusals = windowRefusals(pool, 'pools', rank)
  if (!families.has(pool.family))
    refusals.push(at('unknown', 'pools', rank, 'family', { id, value: pool.family }))
  if (pool.blockMinutes % 30 !== 0)
    refusals.push(at('halfHours', 'pools', rank, 'blockMinutes', { id }))
  if (pool.minutes % 30 !== 0) refusals.push(at('halfHours', 'pools', rank, 'minutes', { id }))
  return refusals
}

type Known = { families: Set<string>; associations: Set<string> }

function needRefusals(need: Need, rank: number, known: Known): Refusal[] {
  const { id } = need
  const refusals = windowRefusals(need, 'needs', rank)
  if (!known.associations.has(need.associationId))
    refusals.push(at('unknown', 'needs', rank, 'associationId', { id, value: need.associationId }))
  if (!known.families.has(need.family))
    refusals.push(at('unknown', 'needs', rank, 'family', { id, value: need.family }))
  if (need.minMinutes > need.maxMinutes)
    refusals.push(at('minOverMax', 'needs', rank, 'minMinutes', { id }))
  return refusals
}

function windowRefusals(row: Pool | Need, list: string, rank: number): Refusal[] {
  const { id, startsOn, endsOn } = row
  const isBackwards = startsOn !== undefined && endsOn !== undefined && endsOn < startsOn
  return isBackwards ? [at('endsBeforeStart', list, rank, 'endsOn', { id })] : []
}

function claimantRefusals(one: Claimant, rank: number, envelopes: Set<string>): Refusal[] {
  const { id } = one
  const refuse = (code: string, field: string, value?: string) =>
    at(code, 'associations', rank, field, { id, ...(value === undefined ? {} : { value }) })
  const refusals: Refusal[] = []
  if (!envelopes.has(one.envelopeId)) refusals.push(refuse('unknown', 'envelopeId', one.envelopeId))
  if (one.floorCents > one.totalCapCents) refusals.push(refuse('capUnderFloor', 'totalCapCents'))
  if (one.usefulCents > one.totalCapCents) refusals.push(refuse('capUnderUseful', 'totalCapCents'))
  if (!one.isCashEligible && one.floorCents > 0)
    refusals.push(refuse('floorWithoutCash', 'floorCents'))
  if (one.isCashEligible && one.floorCents > one.requestCents)
    refusals.push(refuse('requestUnderFloor', 'requestCents'))
  if (one.isCashEligible && one.usefulCents > one.requestCents)
    refusals.push(refuse('requestUnderUseful', 'requestCents'))
  return refusals
}

function crowdedAssociations(needs: Need[]): Refusal[] {
  const counts = new Map<string, number>()
  for (const { associationId } of needs)
    counts.set(associationId, (counts.get(associationId) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > rowsMax.needsOfOne)
    .map(([id, count]) => refusal('allocation:refused.tooManyNeeds', { field: 'needs', id, count }))
}

/** Totals too must be counted exactly. */
function sumRefusals({ envelopes, associations, pools, families }: Problem): Refusal[] {
  const hourly = Math.max(0, ...families.map(({ hourlyValueCents }) => hourlyValueCents))
  const sums: [string, bigint][] = [
    ['envelopes', sum(envelopes.map(({ cashCents }) => cashCents))],
    ['associations', sum(associations.map(({ referenceCents }) => referenceCents))],
    ['pools', sum(pools.map(({ minutes }) => minutes)) * BigInt(hourly)],
  ]
  return sums
    .filter(([, total]) => total > BigInt(AMOUNT_MAX))
    .map(([field]) => refusal('allocation:refused.sumTooBig', { field }))
}

function sum(values: number[]): bigint {
  return values.reduce((total, value) => total + BigInt(value), 0n)
}

function at(
  code: string,
  list: string,
  rank: number,
  name: string,
  values: Record<string, string | number>,
): Refusal {
  return refusal(`allocation:refused.${code}`, {
    field: `${list}[${rank}].${name}`,
    line: rank + 1,
    ...values,
  })
}
