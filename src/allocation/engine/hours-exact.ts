import { shareCash } from './cash.ts'
import { give, mostBlocks, planOf, type Table } from './hours-table.ts'
import type { Network } from './network.ts'
import { compareByName, compareLevels, type Level, levelOf, type Plan, thriftOf } from './plan.ts'

const PLANS_MAX = 250_000
const CLAIMANTS_MAX = 12

/** True when so few plans of hours exist that each can be tried. */
export function everyPlanIsFew({ room, starts, least, most, needCount }: Table): boolean {
  if (room.length > CLAIMANTS_MAX) return false
  let plans = 1
  for (let need = 0; need < needCount; need++) {
    let options = 1
    for (let way = starts[need] as number; way < (starts[need + 1] as number); way++)
      options += (most[way] as number) - (least[way] as number) + 1
    plans *= options
    if (plans > PLANS_MAX) return false
  }
  return true
}

/** Sets the fairest plan of all: each is followed by the exact split of cash. */
export function tryEveryPlan(network: Network, table: Table) {
  let best: { worth: Worth; plan: Plan } | undefined
  const tryFrom = (need: number) => {
    if (need === table.needCount) {
      const found = { worth: worthOf(network, table), plan: planOf(table) }
      const order = best ? compareWorth(found.worth, best.worth) : 1
      if (!best || order > 0 || (order === 0 && compareByName(network, found.plan, best.plan) > 0))
        best = found
      return
    }
    tryFrom(need + 1)
    if (table.isFixed[need]) return
    for (let way = table.starts[need] as number; way < (table.starts[need + 1] as number); way++) {
      const most = mostBlocks(table, way)
      if (most === 0) continue
      for (let blocks = table.least[way] as number; blocks <= most; blocks++) {
        give(table, need, way, blocks)
        tryFrom(need + 1)
      }
      give(table, need, -1, 0)
    }
  }
  tryFrom(0)
  best?.plan.forEach((given, need) => {
    if (table.isFixed[need]) return
    const way = given ? wayTo(table, need, given.pool) : -1
    give(table, need, way, given?.blocks ?? 0)
  })
}

function wayTo({ starts, pool }: Table, need: number, wanted: number): number {
  for (let way = starts[need] as number; way < (starts[need + 1] as number); way++)
    if (pool[way] === wanted) return way
  return -1
}

/**
 * The last word of leximin itself: each need alone, then with a mission of the same pool, tries what it could have,
 * cash included, as many times as `trials` says. The search before looked through prices only.
 */
export function polish(network: Network, table: Table, trials: number) {
  let left = trials
  let worth = worthOf(network, table)
  const isBetter = () => {
    left -= 1
    const now = worthOf(network, table)
    if (compareWorth(now, worth) <= 0) return false
    worth = now
    return true
  }
  let hasImproved = true
  while (hasImproved && left > 0) {
    hasImproved = false
    for (let need = 0; need < table.needCount && left > 0; need++)
      if (!table.isFixed[need] && (tryAlone(need) || tryExchanges(need))) hasImproved = true
  }

  function tryAlone(need: number): boolean {
    const before = stateOf(need)
    for (const [way, blocks] of optionsOf(table, need)) {
      if (left <= 0) return false
      give(table, need, way, blocks)
      if (isBetter()) return true
      give(table, need, ...before)
    }
    return false
  }

  /** Takes a mission of one of its pools away, or some blocks of it, and looks what both could have then. */
  function tryExchanges(need: number): boolean {
    for (const other of rivalsOf(table, need)) {
      const mine = stateOf(need)
      const theirs = stateOf(other)
      for (const [otherWay, otherBlocks] of [[-1, 0] as const, ...optionsOf(table, other)]) {
        give(table, other, otherWay, otherBlocks)
        for (const [way, blocks] of optionsOf(table, need)) {
          if (left <= 0) break
          give(table, need, way, blocks)
          if (otherWay < 0) giveBest(other)
          if (isBetter()) return true
          if (otherWay < 0) give(table, other, -1, 0)
          give(table, need, ...mine)
        }
        give(table, other, -1, 0)
        give(table, need, -1, 0)
        give(table, need, ...mine)
        give(table, other, ...theirs)
      }
    }
    return false
  }

  function giveBest(need: number) {
    let best = -1
    let bestCents = 0
    for (let way = table.starts[need] as number; way < (table.starts[need + 1] as number); way++) {
      const cents = mostBlocks(table, way) * (table.blockCents[way] as number)
      if (cents <= bestCents) continue
      best = way
      bestCents = cents
    }
    if (best >= 0) give(table, need, best, mostBlocks(table, best))
  }

  function stateOf(need: number): [number, number] {
    return [table.way[need] as number, table.blocks[need] as number]
  }
}

/** What a need could have now, other than what it has: nothing, or by each way its most, its least and what lies near. */
function optionsOf(table: Table, need: number): [number, number][] {
  const options: [number, number][] = []
  const now = table.way[need] as number
  const given = table.blocks[need] as number
  for (let way = table.starts[need] as number; way < (table.starts[need + 1] as number); way++) {
    const most = mostBlocks(table, way)
    if (most === 0) continue
    const least = table.least[way] as number
    const near = way === now ? [given + 1, given - 1] : []
    for (const blocks of new Set([most, least, ...near, most - 1, Math.floor((most + least) / 2)]))
      if (blocks >= least && blocks <= most && !(way === now && blocks === given))
        options.push([way, blocks])
  }
  if (now >= 0) options.push([-1, 0])
  return options
}

function rivalsOf(table: Table, need: number): Set<number> {
  const rivals = new Set<number>()
  for (let way = table.starts[need] as number; way < (table.starts[need + 1] as number); way++)
    for (const theirs of table.waysOf[table.pool[way] as number] as Int32Array) {
      const other = table.need[theirs] as number
      if (other !== need && table.way[other] === theirs && !table.isFixed[other]) rivals.add(other)
    }
  return rivals
}

export type Worth = { levels: Level[]; thrift: [number, number, number] }

export function worthOf(network: Network, table: Table): Worth {
  const { held } = table.value
  const cash = shareCash(network, held)
  const levels = network.claimants
    .map(({ row }, rank) => levelOf((held[rank] as number) + (cash[rank] ?? 0), row))
    .sort(compareLevels)
  return { levels, thrift: thriftOf(network, planOf(table)) }
}

/** Leximin: the first association in which the two differ decides; then thrift. */
export function compareWorth(a: Worth, b: Worth): number {
  for (let rank = 0; rank < a.levels.length; rank++) {
    const one = a.levels[rank]
    const other = b.levels[rank]
    const order = one && other ? compareLevels(one, other) : 0
    if (order !== 0) return order
  }
  for (const rank of [0, 1, 2] as const)
    if (a.thrift[rank] !== b.thrift[rank]) return a.thrift[rank] - b.thrift[rank]
  return 0
}
