import type { Circumstances, Claimant, Need, Pool, Problem } from './format.ts'

/**
 * The fairest split by trying every plan of hours and pouring the cash unit by unit: written anew from the
 * rules, with nothing of the engine, and only for problems so small that a person could follow it.
 */
export type Best = {
  /** From the lowest: stage (0 floor, 1 reference), what is held, what it is measured by. */
  levels: Level[]
  minutes: number
  pairs: number
  missions: number
}
export type Level = [stage: number, held: number, weight: number]

type Given = { need: Need; pool: Pool; minutes: number }

export function bestByForce(problem: Problem): Best {
  const cash = cashOf(problem)
  let best: Best | undefined
  for (const plan of plansOf(problem, problem.needs)) {
    if (!isAllowed(problem, plan, cash)) continue
    const worth = worthOf(problem, plan, cash)
    if (!best || compareBest(worth, best) > 0) best = worth
  }
  if (!best) throw new Error('even no hours at all is a plan')
  return best
}

export function compareBest(a: Best, b: Best): number {
  return (
    compareLevels(a.levels, b.levels) ||
    a.minutes - b.minutes ||
    b.pairs - a.pairs ||
    b.missions - a.missions
  )
}

export function compareLevels(a: Level[], b: Level[]): number {
  const orders = a.map((one, rank) => compareLevel(one, b[rank] ?? one))
  return orders.find((order) => order !== 0) ?? 0
}

function compareLevel([stage, held, weight]: Level, [stageB, heldB, weightB]: Level): number {
  if (stage !== stageB) return stage - stageB
  const difference = BigInt(held) * BigInt(weightB) - BigInt(heldB) * BigInt(weight)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function* plansOf(problem: Problem, needs: Need[]): Generator<Given[]> {
  const [need, ...others] = needs
  if (!need) {
    yield []
    return
  }
  for (const rest of plansOf(problem, others)) {
    yield rest
    for (const pool of problem.pools.filter((one) => mayServe(problem, one, need)))
      for (
        let minutes = pool.blockMinutes;
        minutes <= need.maxMinutes;
        minutes += pool.blockMinutes
      )
        if (minutes >= need.minMinutes) yield [{ need, pool, minutes }, ...rest]
  }
}

function mayServe(problem: Problem, pool: Pool, need: Need): boolean {
  const owner = associationOf(problem, need)
  const company = problem.companies.find(({ id }) => id === pool.companyId)
  return (
    owner.isHoursEligible &&
    pool.families.includes(need.family) &&
    !owner.excludedCompanyIds.includes(pool.companyId) &&
    !company?.excludedAssociationIds.includes(owner.id) &&
    haveCommonDays(pool, need) &&
    areNear(pool, need)
  )
}

function haveCommonDays(a: Circumstances, b: Circumstances): boolean {
  const from = [a.startsOn ?? '', b.startsOn ?? ''].sort().at(-1) ?? ''
  const to = [a.endsOn ?? '9999', b.endsOn ?? '9999'].sort()[0] ?? '9999'
  return from <= to
}

function areNear(pool: Pool, need: Need): boolean {
  const ways = [pool.modality, need.modality]
  if (ways.includes('remote')) return !ways.includes('on_site')
  if (!pool.place || !need.place || pool.reachMetres === undefined) return true
  const east = pool.place.eastMetres - need.place.eastMetres
  const north = pool.place.northMetres - need.place.northMetres
  return Math.hypot(east, north) <= pool.reachMetres
}

function isAllowed(problem: Problem, plan: Given[], cash: Cash): boolean {
  const isWithin = (count: number, most: number | null) => most === null || count <= most
  return (
    problem.pools.every((pool) => {
      const of = plan.filter((given) => given.pool === pool)
      const minutes = of.reduce((sum, given) => sum + given.minutes, 0)
      return minutes <= pool.minutes && isWithin(of.length, pool.missionsMax)
    }) &&
    problem.companies.every(({ id, missionsMax }) =>
      isWithin(plan.filter(({ pool }) => pool.companyId === id).length, missionsMax),
    ) &&
    problem.associations.every(
      (one) => hoursCents(problem, plan, one) + (cash.get(one.id)?.least ?? 0) <= one.totalCapCents,
    )
  )
}

function hoursCents(problem: Problem, plan: Given[], { id }: Claimant): number {
  return plan
    .filter(({ need }) => need.associationId === id)
    .reduce((sum, { need, minutes }) => {
      const family = problem.families.find((one) => one.family === need.family)
      return sum + (minutes / 60) * (family?.hourlyValueCents ?? 0)
    }, 0)
}

type Cash = Map<string, { least: number; most: number }>

/** Useful minima and requests in whole units: while an envelope is too small for all minima, the lowest score leaves. */
function cashOf({ envelopes, associations, cashUnitCents: unit }: Problem): Cash {
  const cash: Cash = new Map()
  for (const row of associations) {
    const asked = row.isCashEligible ? Math.min(row.requestCents, row.totalCapCents) : 0
    const most = Math.floor(asked / unit) * unit
    cash.set(row.id, { least: Math.min(Math.ceil(row.usefulCents / unit) * unit, most), most })
  }
  for (const { id, cashCents } of envelopes) {
    const least = (row: Claimant) => cash.get(row.id)?.least ?? 0
    const kept = associations
      .filter((row) => row.envelopeId === id && least(row) > 0)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    while (kept.reduce((sum, row) => sum + least(row), 0) > cashCents)
      cash.set(kept.pop()?.id ?? '', { least: 0, most: 0 })
  }
  return cash
}

function worthOf(problem: Problem, plan: Given[], cash: Cash): Best {
  const { associations, envelopes, cashUnitCents: unit } = problem
  const glasses = associations.map((row) => {
    const { least, most } = cash.get(row.id) ?? { least: 0, most: 0 }
    return { row, cash: least, most, total: least + hoursCents(problem, plan, row) }
  })
  for (const { id, cashCents } of envelopes) {
    const inside = glasses.filter(({ row }) => row.envelopeId === id)
    let left = cashCents - inside.reduce((sum, { cash }) => sum + cash, 0)
    for (; left >= unit; left -= unit) {
      const [next] = inside
        .filter(
          ({ row, cash, total, most }) => cash + unit <= most && total + unit <= row.totalCapCents,
        )
        .sort(
          (a, b) =>
            compareLevel(levelOf(a.row, a.total), levelOf(b.row, b.total)) ||
            a.row.referenceCents - b.row.referenceCents ||
            (a.row.id < b.row.id ? -1 : 1),
        )
      if (!next) break
      next.cash += unit
      next.total += unit
    }
  }
  return {
    levels: glasses.map(({ row, total }) => levelOf(row, total)).sort(compareLevel),
    minutes: plan.reduce((sum, { minutes }) => sum + minutes, 0),
    pairs: new Set(plan.map(({ need, pool }) => `${need.associationId} ${pool.companyId}`)).size,
    missions: plan.length,
  }
}

export function levelOf({ floorCents, referenceCents }: Claimant, total: number): Level {
  return total < floorCents ? [0, total, floorCents] : [1, total, referenceCents]
}

function associationOf({ associations }: Problem, { associationId }: Need): Claimant {
  const owner = associations.find(({ id }) => id === associationId)
  if (!owner) throw new Error(`nobody asked for this: ${associationId}`)
  return owner
}
