import type { Refusal } from '#kit'
import type { HoursPin, Need, Pool, Problem } from './format.ts'
import { at } from './rows.ts'

/** What a person pins must be possible by itself: the split is then computed around it. */
export function checkPins(problem: Problem, refusals: Refusal[]) {
  const { cash, hours } = problem.pins
  if (cash.length > 0) checkCashPins(problem, refusals)
  if (hours.length > 0) checkHoursPins(problem, refusals)
}

function checkCashPins(problem: Problem, refusals: Refusal[]) {
  const claimants = byId(problem.associations)
  const left = new Map(problem.envelopes.map(({ id, cashCents }) => [id, cashCents]))
  for (const [rank, { associationId: id, cashCents }] of problem.pins.cash.entries()) {
    const refuse = (code: string, name = 'cashCents') =>
      refusals.push(at(code, { list: 'pins.cash', rank, name }, { id, value: id }))
    const one = claimants.get(id)
    if (!one) {
      refuse('unknown', 'associationId')
      continue
    }
    if (cashCents % problem.cashUnitCents !== 0) refuse('pinUnit')
    if (cashCents > (one.isCashEligible ? one.requestCents : 0)) refuse('pinOverRequest')
    if (takes(left, one.envelopeId, cashCents)) refuse('pinOverEnvelope')
  }
}

type Refuse = (code: string, name: keyof HoursPin) => void

function checkHoursPins(problem: Problem, refusals: Refusal[]) {
  const needs = byId(problem.needs)
  const pools = byId(problem.pools)
  const checkPair = pairChecker(problem)
  for (const [rank, pin] of problem.pins.hours.entries()) {
    const refuse: Refuse = (code, name) => {
      const values = { id: pin.needId, value: pin[name] ?? '' }
      refusals.push(at(code, { list: 'pins.hours', rank, name }, values))
    }
    const need = needs.get(pin.needId)
    const pool = pools.get(pin.poolId ?? '')
    if (!need) refuse('unknown', 'needId')
    else if ((pin.poolId === null) !== (pin.minutes === 0)) refuse('pinHalf', 'minutes')
    else if (pool) checkPair({ need, pool, minutes: pin.minutes }, refuse)
    else if (pin.poolId !== null) refuse('unknown', 'poolId')
  }
}

type Pair = { need: Need; pool: Pool; minutes: number }

/** Checks one pair of need and pool after another, and counts what they leave. */
function pairChecker(problem: Problem) {
  const { companies, pools } = problem
  const obstacleOf = obstaclesIn(problem)
  const missionsLeft = (rows: typeof pools | typeof companies) =>
    new Map(rows.map(({ id, missionsMax }) => [id, missionsMax ?? Number.POSITIVE_INFINITY]))
  const left = {
    minutes: new Map(pools.map(({ id, minutes }) => [id, minutes])),
    ofPool: missionsLeft(pools),
    ofCompany: missionsLeft(companies),
  }
  return ({ need, pool, minutes }: Pair, refuse: Refuse) => {
    const obstacle = obstacleOf(need, pool)
    if (obstacle) refuse(obstacle, 'poolId')
    if (minutes % pool.blockMinutes !== 0) refuse('pinBlock', 'minutes')
    if (minutes < need.minMinutes || minutes > need.maxMinutes) refuse('pinMinMax', 'minutes')
    if (takes(left.minutes, pool.id, minutes)) refuse('pinOverPool', 'minutes')
    if (takes(left.ofPool, pool.id, 1)) refuse('pinPoolFull', 'poolId')
    if (takes(left.ofCompany, pool.companyId, 1)) refuse('pinCompanyFull', 'poolId')
  }
}

function obstaclesIn(problem: Problem) {
  const claimants = byId(problem.associations)
  const companies = byId(problem.companies)
  return (need: Need, pool: Pool): string | undefined => {
    const claimant = claimants.get(need.associationId)
    if (!claimant?.isHoursEligible) return 'pinNotEligible'
    if (!pool.families.includes(need.family)) return 'pinFamily'
    const isExcluded =
      claimant.excludedCompanyIds.includes(pool.companyId) ||
      companies.get(pool.companyId)?.excludedAssociationIds.includes(claimant.id)
    if (isExcluded) return 'pinExcluded'
    return isApart(need, pool) || isFar(need, pool) ? 'pinApart' : undefined
  }
}

function isApart(need: Need, pool: Pool): boolean {
  const isBefore = (end?: string, start?: string) =>
    end !== undefined && start !== undefined && end < start
  const ways = [need.modality, pool.modality]
  return (
    isBefore(need.endsOn, pool.startsOn) ||
    isBefore(pool.endsOn, need.startsOn) ||
    (ways.includes('on_site') && ways.includes('remote'))
  )
}

function isFar(need: Need, pool: Pool): boolean {
  if (need.modality === 'remote' || pool.modality === 'remote') return false
  if (!need.place || !pool.place || pool.reachMetres === undefined) return false
  const east = need.place.eastMetres - pool.place.eastMetres
  const north = need.place.northMetres - pool.place.northMetres
  return east ** 2 + north ** 2 > pool.reachMetres ** 2
}

/** Takes so much of what is left; true when that was too much. */
function takes(left: Map<string, number>, id: string, amount: number): boolean {
  const rest = (left.get(id) ?? 0) - amount
  left.set(id, rest)
  return rest < 0
}

function byId<Row extends { id: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}
