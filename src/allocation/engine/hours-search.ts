import { give, mostBlocks, type Table } from './hours-table.ts'
import { drawFrom } from './random.ts'

const ROUNDS = 4
// A gain below this share is noise of floating numbers.
const GAIN_LEAST = 1e-12
// A pool is emptied into its missions in about so many handfuls, then block by block.
const HANDFULS = 12
const PASSES_MAX = 20

export type SearchOptions = { steps: number; onProgress?: (share: number) => void }

/**
 * Whole hours, as near to the even target as the steps allow: everything is given anew to the lowest first; then, a
 * counted number of times, a few neighbouring pools are emptied and given anew, and the new way is kept unless it is
 * worse (large neighbourhood search). Steps are counted, never timed, and chance is seeded by the hours side of the
 * input alone: the same plan everywhere, and nobody can ask for other euros to throw the dice again.
 */
export function searchHours(table: Table, { steps, onProgress }: SearchOptions) {
  const draw = drawFrom(seedOf(table))
  const easy = easeOf(table)
  rebuild(table, [...table.waysOf.keys()], { needs: freeNeeds(table), draw, easy })
  table.value.reprice()
  for (let round = 0; round < ROUNDS; round++) {
    improveEach(table)
    for (let step = 0; step < steps / ROUNDS; step++) renew(table, draw, easy)
    table.value.reprice()
    onProgress?.((round + 1) / ROUNDS)
  }
  useUp(table)
}

/** FNV-1a over who may help whom, and by how many blocks. */
function seedOf({ pool, need, least, most }: Table): number {
  let hash = 0x811c9dc5
  for (const column of [pool, need, least, most])
    for (const number of column) hash = Math.imul(hash ^ number, 0x01000193)
  return hash >>> 0
}

function freeNeeds(table: Table): number[] {
  return [...table.way.keys()].filter(
    (need) =>
      !table.isFixed[need] && (table.starts[need] as number) < (table.starts[need + 1] as number),
  )
}

/** How much of what may be asked of it each pool could serve: the easier, the sooner it is used. */
function easeOf({ waysOf, most, blocksLeft }: Table): Float64Array {
  return Float64Array.from(waysOf, (ways, pool) => {
    let asked = 0
    for (const way of ways) asked += most[way] as number
    return (blocksLeft[pool] as number) / (1 + asked)
  })
}

type Rebuild = { needs: number[]; draw: () => number; easy: Float64Array; style?: Style }

/** How far chance may stray from what looks best: each renewal tries another temper. */
type Style = { spread: number; isFull: boolean; skipped: number }
const plain: Style = { spread: 0.1, isFull: false, skipped: 0 }

function drawStyle(draw: () => number): Style {
  const spread = [0.1, 0.5, 2][Math.floor(draw() * 3)] ?? 0.1
  return { spread, isFull: draw() < 0.4, skipped: draw() < 0.5 ? 0 : 0.15 }
}

/** Opens missions for needs without one, the lowest associations first, then fills them from the given pools. */
function rebuild(table: Table, pools: number[], { needs, draw, easy, style = plain }: Rebuild) {
  const { value, owner, least } = table
  const { urgency } = table
  for (const need of needs) {
    const rank = owner[need] as number
    urgency[need] = value.slope(rank, value.held[rank] as number) * (1 + style.spread * draw())
  }
  needs.sort((a, b) => (urgency[b] as number) - (urgency[a] as number) || a - b)
  for (const need of needs) {
    if (style.skipped > 0 && draw() < style.skipped) continue
    const way = easiestWay(table, need, { draw, easy })
    if (way >= 0)
      give(table, need, way, style.isFull ? mostBlocks(table, way) : (least[way] as number))
  }
  for (const pool of pools) fill(table, pool)
}

function easiestWay(
  table: Table,
  need: number,
  { draw, easy }: Pick<Rebuild, 'draw' | 'easy'>,
): number {
  let best = -1
  let bestEase = -1
  const end = table.starts[need + 1] as number
  for (let way = table.starts[need] as number; way < end; way++) {
    const most = mostBlocks(table, way)
    if (most === 0) continue
    const share = most / (table.most[way] as number)
    const ease = (easy[table.pool[way] as number] as number) * share * (0.7 + 0.6 * draw())
    if (ease > bestEase) {
      best = way
      bestEase = ease
    }
  }
  return best
}

/** What the pool has left goes to its missions, each time where a cent brings most. */
function fill(table: Table, pool: number) {
  const { value, owner, blockCents, waysOf, blocks } = table
  const mine: number[] = []
  for (const way of waysOf[pool] as Int32Array) {
    const need = table.need[way] as number
    if (table.way[need] === way && !table.isFixed[need]) mine.push(way)
  }
  while (mine.length > 0 && (table.blocksLeft[pool] as number) > 0) {
    const handful = Math.max(1, Math.floor((table.blocksLeft[pool] as number) / HANDFULS))
    let best = -1
    let bestGain = 0
    let bestBlocks = 0
    for (let at = mine.length - 1; at >= 0; at--) {
      const way = mine[at] as number
      const need = table.need[way] as number
      const more = Math.min(handful, mostBlocks(table, way) - (blocks[need] as number))
      if (more <= 0) {
        mine.splice(at, 1)
        continue
      }
      const rank = owner[need] as number
      const cents = more * (blockCents[way] as number)
      const held = value.held[rank] as number
      const gain = (value.of(rank, held + cents) - value.of(rank, held)) / cents
      if (best >= 0 && gain <= bestGain) continue
      best = way
      bestGain = gain
      bestBlocks = more
    }
    if (best < 0) return
    const need = table.need[best] as number
    give(table, need, best, (blocks[need] as number) + bestBlocks)
  }
}

/** Empties a few pools that share needs, gives them anew, and goes back if that is worse. */
function renew(table: Table, draw: () => number, easy: Float64Array) {
  const { value } = table
  const pools = neighbours(table, draw)
  const touched = touchedBy(table, pools)
  const before: number[] = []
  const owners = new Map<number, number>()
  for (const need of touched) {
    const rank = table.owner[need] as number
    before.push(table.way[need] as number, table.blocks[need] as number)
    owners.set(rank, value.held[rank] as number)
  }
  const worthBefore = worthOf(table, owners)
  for (const need of touched) if ((table.way[need] as number) >= 0) give(table, need, -1, 0)
  rebuild(table, pools, { needs: [...touched], draw, easy, style: drawStyle(draw) })
  if (worthOf(table, owners) >= worthBefore) {
    for (const [rank, held] of owners) value.follow(rank, held)
    return
  }
  for (const need of touched) if ((table.way[need] as number) >= 0) give(table, need, -1, 0)
  touched.forEach((need, at) => {
    const way = before[2 * at] as number
    if (way >= 0) give(table, need, way, before[2 * at + 1] as number)
  })
}

/** The needs that these pools serve or could serve: those of other pools keep what they have. */
function touchedBy(table: Table, pools: number[]): number[] {
  const { isTouched, way, pool, need: needOf, isFixed } = table
  const touched: number[] = []
  for (const from of pools)
    for (const one of table.waysOf[from] as Int32Array) {
      const need = needOf[one] as number
      const now = way[need] as number
      if (isTouched[need] || isFixed[need] || (now >= 0 && !pools.includes(pool[now] as number)))
        continue
      isTouched[need] = 1
      touched.push(need)
    }
  for (const need of touched) isTouched[need] = 0
  return touched
}

function neighbours(table: Table, draw: () => number): number[] {
  const pools = [Math.floor(draw() * table.poolCount)]
  const count = 1 + Math.floor(draw() * 4)
  for (let tries = 0; pools.length < count && tries < 2 * count; tries++) {
    const from = table.waysOf[pools[Math.floor(draw() * pools.length)] as number] as Int32Array
    const way = from[Math.floor(draw() * from.length)]
    if (way === undefined) continue
    const need = table.need[way] as number
    const first = table.starts[need] as number
    const other = first + Math.floor(draw() * ((table.starts[need + 1] as number) - first))
    const pool = table.pool[other] as number
    if (!pools.includes(pool)) pools.push(pool)
  }
  return pools
}

function worthOf({ value }: Table, owners: Map<number, number>): number {
  let sum = 0
  for (const rank of owners.keys()) sum += value.of(rank, value.held[rank] as number)
  return sum
}

/** Each need in turn takes the best of what it could have alone: another pool, more blocks, fewer, none. */
function improveEach(table: Table): boolean {
  const { value, owner } = table
  let hasImproved = false
  for (const need of freeNeeds(table)) {
    const rank = owner[need] as number
    const now = table.way[need] as number
    const nowBlocks = table.blocks[need] as number
    const worthNow = now < 0 ? 0 : nowBlocks * (table.blockCents[now] as number)
    const held = value.held[rank] as number
    let best = value.of(rank, held)
    best += Math.abs(best) * GAIN_LEAST
    let chosen = now
    let chosenBlocks = nowBlocks
    const end = table.starts[need + 1] as number
    for (let way = table.starts[need] as number; way < end; way++) {
      const most = mostBlocks(table, way)
      if (most === 0) continue
      const worth = value.of(rank, held - worthNow + most * (table.blockCents[way] as number))
      if (worth <= best) continue
      best = worth
      chosen = way
      chosenBlocks = most
    }
    if (chosen === now && chosenBlocks === nowBlocks) continue
    give(table, need, chosen, chosenBlocks)
    value.follow(rank, held)
    hasImproved = true
  }
  return hasImproved
}

/** No block is left that a mission could still take: more hours never make anybody lower. */
export function useUp(table: Table) {
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    const hasImproved = improveEach(table)
    for (let pool = 0; pool < table.poolCount; pool++) fill(table, pool)
    if (!hasImproved) return
  }
}
