import type { Problem, Result, ResultLine } from './format.ts'
import { compareLevels, levelOf } from './plan.ts'

/**
 * What no split may break, recounted from the raw rows and from nothing the computation kept: envelopes, requests,
 * caps, eligibility, whole units, whole blocks, one company a mission, pledged hours, number of missions.
 */
export function brokenPromises(problem: Problem, result: Result): string[] {
  return [
    ...brokenLines(problem, result),
    ...brokenHours(problem, result),
    ...brokenEnvelopes(problem, result),
  ]
}

/** A broken promise is a bug, not an outcome: nothing is shown. */
export function assertKeepsPromises(problem: Problem, result: Result): void {
  const broken = brokenPromises(problem, result)
  if (broken.length > 0)
    throw new Error(`the split breaks a promise: ${broken.slice(0, 3).join('; ')}`)
}

function brokenLines(problem: Problem, { lines }: Result): string[] {
  const rows = new Map(problem.associations.map((row) => [row.id, row]))
  const broken: string[] = []
  const seen = new Set<string>()
  for (const line of lines) {
    const row = rows.get(line.associationId)
    const say = (what: string) => broken.push(`${line.associationId} ${what}`)
    if (!row || seen.has(line.associationId)) {
      say('is unknown or there twice')
      continue
    }
    seen.add(line.associationId)
    const hoursCents = line.hours.reduce((sum, { valueCents }) => sum + valueCents, 0)
    if (!isCount(line.cashCents)) say('has cash that is not a whole number of cents')
    if (line.cashCents % problem.cashUnitCents !== 0) say('has cash that is not in whole units')
    if (line.cashCents > 0 && !row.isCashEligible) say('is not eligible to cash')
    if (line.cashCents > row.requestCents) say('gets more cash than asked')
    if (line.hours.length > 0 && !row.isHoursEligible) say('is not eligible to hours')
    if (hoursCents !== line.hoursValueCents) say('has hours that do not add up')
    if (line.cashCents + hoursCents !== line.totalCents) say('has a total that does not add up')
    if (line.totalCents > row.totalCapCents) say('passes its cap')
    const level = levelOf(line.totalCents, row)
    if (level.stage !== line.stage || ratioText(level.held, level.weight) !== line.ratio)
      say('has a wrong ratio')
  }
  for (const id of rows.keys()) if (!seen.has(id)) broken.push(`${id} is left out`)
  return broken
}

function brokenHours(problem: Problem, { lines }: Result): string[] {
  const needs = new Map(problem.needs.map((row) => [row.id, row]))
  const pools = new Map(problem.pools.map((row) => [row.id, row]))
  const values = new Map(problem.families.map((row) => [row.family, row.hourlyValueCents]))
  const excluded = new Map(problem.associations.map((row) => [row.id, row.excludedCompanyIds]))
  const used = new Map<string, { minutes: number; missions: number }>()
  const served = new Set<string>()
  const broken: string[] = []
  for (const { associationId, hours } of lines)
    for (const { needId, poolId, minutes, valueCents } of hours) {
      const need = needs.get(needId)
      const pool = pools.get(poolId)
      const say = (what: string) => broken.push(`${needId} ${what}`)
      if (!need || !pool || need.associationId !== associationId) {
        say('is unknown or belongs to another')
        continue
      }
      if (served.has(needId)) say('has two companies')
      served.add(needId)
      if (need.family !== pool.family) say('gets another skill')
      if (!isCount(minutes) || minutes % pool.blockMinutes !== 0) say('is not in whole blocks')
      if (minutes < need.minMinutes || minutes > need.maxMinutes) say('is out of its bounds')
      if (BigInt(valueCents) * 60n !== BigInt(minutes) * BigInt(values.get(need.family) ?? 0))
        say('is valued wrong')
      if (excluded.get(associationId)?.includes(pool.companyId)) say('has a company it excluded')
      if (areApart(need, pool)) say('has no time or place in common with its company')
      const use = used.get(poolId) ?? { minutes: 0, missions: 0 }
      used.set(poolId, { minutes: use.minutes + minutes, missions: use.missions + 1 })
    }
  for (const [poolId, { minutes, missions }] of used) {
    const pool = pools.get(poolId)
    if (minutes > (pool?.minutes ?? 0)) broken.push(`${poolId} gives more than it promised`)
    if (missions > (pool?.missionsMax ?? missions)) broken.push(`${poolId} has too many missions`)
  }
  return broken
}

type Window = { startsOn?: string; endsOn?: string; modality?: string }

function areApart(a: Window, b: Window): boolean {
  const isLate = a.startsOn !== undefined && b.endsOn !== undefined && a.startsOn > b.endsOn
  const isEarly = a.endsOn !== undefined && b.startsOn !== undefined && a.endsOn < b.startsOn
  const places = new Set([a.modality, b.modality])
  return isLate || isEarly || (places.has('on_site') && places.has('remote'))
}

function brokenEnvelopes(problem: Problem, { lines }: Result): string[] {
  const envelopeOf = new Map(problem.associations.map((row) => [row.id, row.envelopeId]))
  const spent = new Map<string | undefined, bigint>()
  for (const { associationId, cashCents } of lines) {
    const envelope = envelopeOf.get(associationId)
    spent.set(envelope, (spent.get(envelope) ?? 0n) + BigInt(cashCents))
  }
  return problem.envelopes
    .filter(({ id, cashCents }) => (spent.get(id) ?? 0n) > BigInt(cashCents))
    .map(({ id }) => `envelope ${id} is passed`)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** In lowest terms: `389/500`. */
export function ratioText(held: number, weight: number): string {
  let [a, b] = [held, weight]
  while (b !== 0) [a, b] = [b, a % b]
  const divisor = a || 1
  return `${held / divisor}/${weight / divisor}`
}

/** The exact ratio as a number to draw or to print; 0.778 for `389/500`. */
export function ratioValue({ ratio }: Pick<ResultLine, 'ratio'>): number {
  const [held = 0, weight = 1] = ratio.split('/').map(Number)
  return held / weight
}

/** Lowest first, exactly. */
export function byLevel(problem: Problem): (a: ResultLine, b: ResultLine) => number {
  const rows = new Map(problem.associations.map((row) => [row.id, row]))
  const level = (line: ResultLine) =>
    levelOf(line.totalCents, rows.get(line.associationId) ?? { floorCents: 0, referenceCents: 1 })
  return (a, b) => compareLevels(level(a), level(b))
}
