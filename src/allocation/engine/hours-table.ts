import type { HoursValue } from './hours-value.ts'
import { blockCentsOf, type Network } from './network.ts'
import type { Plan } from './plan.ts'

/**
 * Who helps whom so far, and what each pool and company has left: the board on which the search moves. Ways (a pool
 * that may serve a need) lie in flat arrays, by need; `waysOf` lists them by pool.
 */
export type Table = {
  needCount: number
  poolCount: number
  owner: Int32Array
  /** Ways of need `n`: from `starts[n]` to `starts[n + 1]`. */
  starts: Int32Array
  pool: Int32Array
  need: Int32Array
  least: Int32Array
  most: Int32Array
  blockCents: Float64Array
  waysOf: Int32Array[]
  /** Of each need: its way, or -1, and the blocks given. */
  way: Int32Array
  blocks: Int32Array
  blocksLeft: Float64Array
  company: Int32Array
  poolMissions: Float64Array
  companyMissions: Float64Array
  room: Float64Array
  /** Needs whose hours are pinned: given at the start, never moved. */
  isFixed: Uint8Array
  /** Scratch of the search, by need. */
  urgency: Float64Array
  isTouched: Uint8Array
  value: HoursValue
}

export function tableOf(network: Network, value: HoursValue): Table {
  const { needs, pools, companies, claimants } = network
  const count = needs.reduce((sum, { arcs }) => sum + arcs.length, 0)
  const starts = new Int32Array(needs.length + 1)
  const pool = new Int32Array(count)
  const need = new Int32Array(count)
  const least = new Int32Array(count)
  const most = new Int32Array(count)
  const blockCents = new Float64Array(count)
  const lists = pools.map((): number[] => [])
  let way = 0
  needs.forEach((one, rank) => {
    for (const arc of one.arcs) {
      const source = pools[arc.pool]
      if (!source) continue
      pool[way] = arc.pool
      need[way] = rank
      least[way] = arc.leastBlocks
      most[way] = arc.mostBlocks
      blockCents[way] = blockCentsOf(one, source)
      lists[arc.pool]?.push(way)
      way += 1
    }
    starts[rank + 1] = way
  })
  const table: Table = {
    needCount: needs.length,
    poolCount: pools.length,
    owner: Int32Array.from(needs, ({ claimant }) => claimant),
    starts,
    pool,
    need,
    least,
    most,
    blockCents,
    waysOf: lists.map((list) => Int32Array.from(list)),
    way: new Int32Array(needs.length).fill(-1),
    blocks: new Int32Array(needs.length),
    blocksLeft: Float64Array.from(pools, ({ blocks }) => blocks),
    company: Int32Array.from(pools, ({ company }) => company),
    poolMissions: Float64Array.from(pools, ({ missionsMax }) => missionsMax),
    companyMissions: Float64Array.from(companies, ({ missionsMax }) => missionsMax),
    room: Float64Array.from(claimants, ({ capCents, leastCents }) =>
      Math.max(0, capCents - leastCents),
    ),
    isFixed: Uint8Array.from(needs, ({ pin }) => (pin === undefined ? 0 : 1)),
    urgency: new Float64Array(needs.length),
    isTouched: new Uint8Array(needs.length),
    value,
  }
  needs.forEach(({ pin }, rank) => {
    if (pin) give(table, rank, starts[rank] as number, pin.mostBlocks)
  })
  return table
}

/** Gives a need so many blocks by this way, whatever it had; -1 and 0 for nothing. */
export function give(table: Table, need: number, way: number, blocks: number) {
  const before = table.way[need] as number
  if (before >= 0) count(table, before, -(table.blocks[need] as number), 1)
  table.way[need] = way
  table.blocks[need] = blocks
  if (way >= 0) count(table, way, blocks, -1)
}

function count(table: Table, way: number, blocks: number, missions: number) {
  const pool = table.pool[way] as number
  const owner = table.owner[table.need[way] as number] as number
  const company = table.company[pool] as number
  const { held } = table.value
  held[owner] = (held[owner] as number) + blocks * (table.blockCents[way] as number)
  table.blocksLeft[pool] = (table.blocksLeft[pool] as number) - blocks
  table.poolMissions[pool] = (table.poolMissions[pool] as number) + missions
  table.companyMissions[company] = (table.companyMissions[company] as number) + missions
}

/** The most blocks this way could bring its need now, beside what it may have by the same way; 0 when it cannot open. */
export function mostBlocks(table: Table, way: number): number {
  const pool = table.pool[way] as number
  const need = table.need[way] as number
  const owner = table.owner[need] as number
  const now = table.way[need] as number
  const isSame = now === way
  const given = table.blocks[need] as number
  if (!isSame && !hasMission(table, pool, now)) return 0
  const worth = table.blockCents[way] as number
  const heldHere = now < 0 ? 0 : given * (table.blockCents[now] as number)
  const roomCents = (table.room[owner] as number) - (table.value.held[owner] as number) + heldHere
  const free = (table.blocksLeft[pool] as number) + (isSame ? given : 0)
  const most = Math.min(table.most[way] as number, free, Math.floor(roomCents / worth))
  return most < (table.least[way] as number) ? 0 : most
}

/** A mission more fits, counting the one that the need would give back. */
function hasMission(table: Table, pool: number, now: number): boolean {
  const own = now < 0 ? -1 : (table.pool[now] as number)
  const company = table.company[pool] as number
  const back = own >= 0 && table.company[own] === company ? 1 : 0
  return (
    (table.poolMissions[pool] as number) + (own === pool ? 1 : 0) > 0 &&
    (table.companyMissions[company] as number) + back > 0
  )
}

export function planOf(table: Table): Plan {
  return Array.from(table.way, (way, need) =>
    way < 0 ? undefined : { pool: table.pool[way] as number, blocks: table.blocks[need] as number },
  )
}
