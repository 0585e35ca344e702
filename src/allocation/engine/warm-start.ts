import type { Flow } from './flow.ts'
import type { Network } from './network.ts'
import type { Scale } from './prefix.ts'

const SWEEPS = 2
const STEPS_MAX = 20
// Near enough for a start: a thousandth of what the source has.
const NEAR = 1e-3

/**
 * A first flow near the even one: each pool in turn gives all it has to its lowest associations, then each
 * envelope completes. Only a start: whatever it leaves uneven, the balancing mends exactly.
 */
export function warmStart({ envelopes, pools, needs }: Network, flow: Flow, scale: Scale) {
  const { firstPool, firstNeed, firstClaimant, starts, heads, backs, rest, supply, totals } = flow
  const { from, room: capRoom, floor, reference } = scale
  // Of each way out of the source at hand: whom it helps, by how much at most, and what holds it.
  const size = largestDegree(starts, firstNeed)
  const ranks = new Int32Array(size)
  const held = new Float64Array(size)
  const most = new Float64Array(size)
  const floors = new Float64Array(size)
  const weights = new Float64Array(size)
  const levels = new Float64Array(firstNeed).fill(0.8)
  const owners = new Int32Array(needs.length)
  const needLeft = new Float64Array(needs.length)
  for (let need = 0; need < needs.length; need++) {
    owners[need] = needs[need]?.claimant ?? 0
    needLeft[need] = needs[need]?.valueCents ?? 0
  }
  // What passes by each arc out of a source; written into the flow once, at the end.
  const passing = new Float64Array(starts[firstNeed] as number)

  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let pool = 0; pool < pools.length; pool++) refill(firstPool + pool)
    for (let envelope = 0; envelope < envelopes.length; envelope++) refill(envelope)
  }
  for (let source = 0; source < firstNeed; source++) write(source)

  /** Takes back what the source gave, then gives it anew up to one level. */
  function refill(source: number) {
    const first = starts[source] as number
    const count = (starts[source + 1] as number) - first
    const isPool = source >= firstPool
    let left = supply[source] as number
    for (let way = 0; way < count; way++) {
      const arc = first + way
      const head = heads[arc] as number
      const rank = isPool ? (owners[head - firstNeed] as number) : head - firstClaimant
      const back = passing[arc] as number
      let room = rest[arc] as number
      if (isPool) {
        const after = (needLeft[head - firstNeed] as number) + back
        needLeft[head - firstNeed] = after
        if (after < room) room = after
      }
      left += back
      const total = (totals[rank] as number) - back
      totals[rank] = total
      ranks[way] = rank
      floors[way] = floor[rank] as number
      weights[way] = reference[rank] as number
      held[way] = total
      const top = (from[rank] as number) + (capRoom[rank] as number)
      most[way] = Math.min(top, total + room)
    }
    supply[source] = left
    const level = levelFor(source, count)
    for (let way = 0; way < count; way++) {
      const arc = first + way
      const rank = ranks[way] as number
      // Two needs of one association in one pool: the second finds what the first left.
      const used = (totals[rank] as number) - (held[way] as number)
      let cents = Math.floor(wanted(way, level) - used)
      const room = (most[way] as number) - (held[way] as number)
      if (cents > room) cents = room
      if (cents > left) cents = left
      if (cents < 0) cents = 0
      passing[arc] = cents
      if (cents === 0) continue
      left -= cents
      totals[rank] = (totals[rank] as number) + cents
      const need = (heads[arc] as number) - firstNeed
      if (isPool) needLeft[need] = (needLeft[need] as number) - cents
    }
    supply[source] = left
  }

  function write(source: number) {
    const end = starts[source + 1] as number
    for (let arc = starts[source] as number; arc < end; arc++) {
      const cents = passing[arc] as number
      if (cents === 0) continue
      shift(arc, cents)
      // The last arc of a need goes to its association.
      if (source >= firstPool) shift((starts[(heads[arc] as number) + 1] as number) - 1, cents)
    }
  }

  /** The level at which the source is empty, by Newton's method kept in a bracket. */
  function levelFor(source: number, count: number): number {
    const cents = supply[source] as number
    let low = -1
    let high = Number.POSITIVE_INFINITY
    let level = levels[source] as number
    for (let step = 0; step < STEPS_MAX; step++) {
      let sum = 0
      let slope = 0
      const isFloor = level < 0
      const scales = isFloor ? floors : weights
      const share = isFloor ? 1 + level : level
      for (let way = 0; way < count; way++) {
        const weight = scales[way] as number
        let aim = share * weight
        if (!isFloor && aim < (floors[way] as number)) aim = floors[way] as number
        const now = held[way] as number
        if (aim <= now) continue
        const top = most[way] as number
        if (aim < top) {
          sum += aim - now
          slope += weight
        } else if (top > now) sum += top - now
      }
      const gap = cents - sum
      if (gap >= 0) low = level
      else high = level
      if ((gap < NEAR * cents && -gap < NEAR * cents) || (gap > 0 && level > 100)) break
      const aimed = slope > 0 ? level + gap / slope : Number.NaN
      const middle = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : 2 * level + 1
      level = aimed > low && aimed < high ? aimed : middle
    }
    levels[source] = Math.min(level, 2)
    return level
  }

  function wanted(way: number, level: number): number {
    const weight = level < 0 ? (floors[way] as number) : (weights[way] as number)
    const aim = level < 0 ? (1 + level) * weight : Math.max(floors[way] as number, level * weight)
    return Math.min(aim, most[way] as number) - (held[way] as number)
  }

  function shift(arc: number, cents: number) {
    const back = backs[arc] as number
    rest[arc] = (rest[arc] as number) - cents
    rest[back] = (rest[back] as number) + cents
  }
}

function largestDegree(starts: Int32Array, count: number): number {
  let most = 0
  for (let node = 0; node < count; node++)
    most = Math.max(most, (starts[node + 1] as number) - (starts[node] as number))
  return most
}
