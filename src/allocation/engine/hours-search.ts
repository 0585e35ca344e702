import { type Change, type Foresight, foresee } from './foresight.ts'
import type { Network } from './network.ts'
import type { Plan } from './plan.ts'

/** Steps are counted, never timed: the same machine or another, the same plan. */
const SWEEPS_MAX = 4
// A trial walks the associations: so many steps in all, whatever their number.
const STEPS_MAX = 25_000_000
const TRIALS_MAX = 120_000
// A gain below this share is noise of floating numbers.
const GAIN_LEAST = 1e-10
const STEPS_PER_NEED = 16

type Search = {
  network: Network
  plan: Plan
  left: Left[]
  ahead: Foresight
  trialsLeft: number
}
type Left = { blocks: number; missions: number }

/** Hours to the lowest first, then each need in turn looks for better, alone or in exchange with another. */
export function searchedPlan(network: Network): Plan {
  const search: Search = {
    network,
    plan: network.needs.map(() => undefined),
    left: network.pools.map(({ row, blocks }) => ({
      blocks,
      missions: row.missionsMax ?? Number.POSITIVE_INFINITY,
    })),
    ahead: foresee(network),
    trialsLeft: Math.min(TRIALS_MAX, Math.ceil(STEPS_MAX / (1 + network.claimants.length))),
  }
  giveToLowest(search)
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) if (!improve(search)) break
  return search.plan
}

function giveToLowest(search: Search) {
  const { network, ahead } = search
  const open = new Set(
    [...network.needs.keys()].filter((need) => (network.needs[need]?.arcs.length ?? 0) > 0),
  )
  while (open.size > 0) {
    let lowest = -1
    let weight = -1
    for (const need of open) {
      const here = ahead.weights[network.needs[need]?.claimant ?? 0] ?? 0
      if (here > weight) {
        weight = here
        lowest = need
      }
    }
    const more = weight > 0 ? nextHours(search, lowest) : undefined
    if (more) give(search, lowest, more)
    else open.delete(lowest)
  }
}

/** What the need would get next: a mission opened with the company that can help most, or some blocks more. */
function nextHours({ network, plan, left, ahead }: Search, need: number): Plan[number] {
  const here = network.needs[need]
  const now = plan[need]
  if (!here) return undefined
  const { row } = network.claimants[here.claimant] ?? {}
  const least = network.claimants[here.claimant]?.leastCents ?? 0
  const roomCents = (row?.totalCapCents ?? 0) - least - (ahead.hoursCents[here.claimant] ?? 0)
  let best: Plan[number]
  let bestMinutes = 0
  for (const { pool, leastBlocks, mostBlocks } of here.arcs) {
    const source = network.pools[pool]
    const rest = left[pool]
    if (!source || !rest || (now && now.pool !== pool)) continue
    const begun = now?.blocks ?? 0
    const most = Math.min(
      mostBlocks,
      begun + rest.blocks,
      begun + Math.floor(roomCents / source.blockCents),
    )
    const step = Math.max(1, Math.ceil(mostBlocks / STEPS_PER_NEED))
    const blocks = Math.min(most, now ? begun + step : leastBlocks)
    if (blocks <= begun || blocks < leastBlocks || (!now && rest.missions < 1)) continue
    const minutes = most * source.row.blockMinutes
    if (minutes <= bestMinutes) continue
    bestMinutes = minutes
    best = { pool, blocks }
  }
  return best
}

function improve(search: Search): boolean {
  let hasImproved = false
  for (const need of search.network.needs.keys()) {
    if (search.trialsLeft <= 0) return false
    if (bestAlone(search, need)) hasImproved = true
    else if (bestExchange(search, need)) hasImproved = true
  }
  return hasImproved
}

function bestAlone(search: Search, need: number): boolean {
  const now = search.ahead.uneven()
  let best = now * (1 - GAIN_LEAST)
  let chosen: Plan[number]
  let isFound = false
  for (const option of optionsOf(search, need)) {
    search.trialsLeft -= 1
    const uneven = search.ahead.unevenWith(changesFor(search, need, option))
    if (uneven < best) {
      best = uneven
      chosen = option
      isFound = true
    }
  }
  if (isFound) give(search, need, chosen)
  return isFound
}

/** Takes a company's blocks from another of its missions, which then looks for the next best. */
function bestExchange(search: Search, need: number): boolean {
  const before = search.ahead.uneven()
  const pools = new Set(search.network.needs[need]?.arcs.map(({ pool }) => pool))
  for (const other of search.network.needs.keys()) {
    const held = search.plan[other]
    if (other === need || !held || !pools.has(held.pool)) continue
    if (search.trialsLeft <= 0) return false
    const mine = search.plan[need]
    give(search, other, undefined)
    bestAlone(search, need)
    bestAlone(search, other)
    if (search.ahead.uneven() < before * (1 - GAIN_LEAST)) return true
    give(search, need, undefined)
    give(search, other, held)
    give(search, need, mine)
  }
  return false
}

function* optionsOf({ network, plan, left, ahead }: Search, need: number): Generator<Plan[number]> {
  const here = network.needs[need]
  const now = plan[need]
  if (!here) return
  if (now) yield undefined
  const owner = network.claimants[here.claimant]
  const nowCents = (now?.blocks ?? 0) * (network.pools[now?.pool ?? -1]?.blockCents ?? 0)
  const roomCents =
    (owner?.row.totalCapCents ?? 0) -
    (owner?.leastCents ?? 0) -
    (ahead.hoursCents[here.claimant] ?? 0) +
    nowCents
  for (const { pool, leastBlocks, mostBlocks } of here.arcs) {
    const source = network.pools[pool]
    const rest = left[pool]
    if (!source || !rest) continue
    const isMine = now?.pool === pool
    if (!isMine && rest.missions < 1) continue
    const free = rest.blocks + (isMine ? now.blocks : 0)
    const most = Math.min(mostBlocks, free, Math.floor(roomCents / source.blockCents))
    const middle = Math.round((leastBlocks + most) / 2)
    const counts = isMine
      ? [now.blocks + 1, now.blocks - 1, middle, most, leastBlocks]
      : [most, middle, leastBlocks]
    for (const blocks of new Set(counts))
      if (blocks >= leastBlocks && blocks <= most && !(isMine && blocks === now.blocks))
        yield { pool, blocks }
  }
}

function changesFor({ network, plan }: Search, need: number, option: Plan[number]): Change[] {
  const claimant = network.needs[need]?.claimant ?? 0
  const worth = (given: Plan[number]) =>
    (given?.blocks ?? 0) * (network.pools[given?.pool ?? -1]?.blockCents ?? 0)
  return [{ claimant, cents: worth(option) - worth(plan[need]) }]
}

function give(search: Search, need: number, option: Plan[number]) {
  search.trialsLeft -= 1
  search.ahead.apply(changesFor(search, need, option))
  for (const [given, sign] of [
    [search.plan[need], 1],
    [option, -1],
  ] as const) {
    const rest = given && search.left[given.pool]
    if (!given || !rest) continue
    rest.blocks += sign * given.blocks
    rest.missions += sign
  }
  search.plan[need] = option
}
