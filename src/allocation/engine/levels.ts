import { evenTargets } from './even.ts'
import { type Flow, flowOf, walkerOf } from './flow.ts'
import { type Network, roomOf } from './network.ts'
import { levelAt, type Scale } from './prefix.ts'
import { warmStart } from './warm-start.ts'

export type Levels = {
  /** Of each association, if hours could be cut at will: whole cents, in all and in cash. */
  totals: number[]
  cash: number[]
  /** Value that flows from a pool to a need, where there is some. */
  flows: { need: number; pool: number; cents: number }[]
  /** Groups of one level, lowest first: associations by rank. */
  groups: number[][]
  groupOf: Int32Array
  /** Place of each envelope and of each pool among the groups; past the last one when nothing of it binds. */
  envelopePlaces: Int32Array
  poolPlaces: Int32Array
  /** Those that everything left can reach: their total cap alone holds them. */
  isCapped: Uint8Array
}

/**
 * As even as possible, exact to the cent: raise the lowest level, then the next, floors before references
 * (ALLOCATION 2.2, 2.3). A base flow uses all that can be used. Then groups are balanced: each is brought as near
 * as can be to its even target; if that fails, the group splits into those who lack, those at the target and those
 * who have too much, which never exchange again (Tarjan et al., ESA 2006; Frank and Murota, 2021).
 */
export function levelsOf(network: Network): Levels {
  const flow = flowOf(network)
  const scale = scaleOf(network)
  warmStart(network, flow, scale)
  const excess = new Float64Array(flow.nodeCount)
  const walker = walkerOf(flow, excess)
  const capped = fillUp(flow, scale, excess, walker)
  const groups = balance(flow, scale, excess, walker, capped)
  return readLevels(network, flow, scale, groups, capped)
}

/** Cents as units, above the least cash; ids never matter to the cent. */
export function scaleOf({ claimants }: Network): Scale {
  const empty = () => new Float64Array(claimants.length)
  const scale = {
    unit: 1,
    from: empty(),
    room: empty(),
    floor: empty(),
    reference: empty(),
    ids: [],
  }
  claimants.forEach((one, rank) => {
    scale.from[rank] = one.leastCents
    scale.room[rank] = roomOf(one)
    scale.floor[rank] = one.row.floorCents
    scale.reference[rank] = one.row.referenceCents
  })
  return scale
}

/** All that can be used is used. Marks the nodes that what is left could still reach: they are at their cap. */
function fillUp(
  flow: Flow,
  scale: Scale,
  excess: Float64Array,
  walker: ReturnType<typeof walkerOf>,
): Uint8Array {
  const { firstClaimant, firstNeed, nodeCount, supply, totals } = flow
  const all = Int32Array.from({ length: nodeCount }, (_, node) => node)
  const room = (rank: number) =>
    (scale.from[rank] as number) + (scale.room[rank] as number) - (totals[rank] as number)
  for (let node = 0; node < firstNeed; node++) excess[node] = supply[node] as number
  for (let rank = 0; rank < totals.length; rank++) excess[firstClaimant + rank] = -room(rank)
  walker.carry(all)
  for (let node = 0; node < firstNeed; node++) supply[node] = excess[node] as number
  for (let rank = 0; rank < totals.length; rank++) {
    totals[rank] = (totals[rank] as number) + room(rank) + (excess[firstClaimant + rank] as number)
  }
  const capped = new Uint8Array(nodeCount)
  walker.spread(all, capped, 1)
  excess.fill(0)
  return capped
}

type Group = { nodes: Int32Array; claimants: Int32Array; isDone: boolean; level: number }

function balance(
  flow: Flow,
  scale: Scale,
  excess: Float64Array,
  walker: ReturnType<typeof walkerOf>,
  capped: Uint8Array,
): Group[] {
  const { nodeCount, firstClaimant, groups: labels, totals } = flow
  const mark = new Uint8Array(nodeCount)
  const given = new Float64Array(totals.length)
  let label = 1
  const groupFrom = (nodes: number[] | Int32Array, level: number): Group => {
    const claimants = []
    for (const node of nodes) {
      labels[node] = label
      if (node >= firstClaimant) claimants.push(node - firstClaimant)
    }
    label += 1
    return {
      nodes: Int32Array.from(nodes),
      claimants: Int32Array.from(claimants),
      isDone: claimants.length < 2,
      level,
    }
  }
  const free = []
  for (let node = 0; node < nodeCount; node++) if (!capped[node]) free.push(node)
  let groups = [groupFrom(free, 1)]
  while (groups.some(({ isDone }) => !isDone)) {
    const open = groups.filter(({ isDone }) => !isDone)
    for (const group of open) aim(group)
    const nodes = open.length === 1 ? (open[0] as Group).nodes : joined(open)
    walker.carry(nodes)
    walker.spread(nodes, mark, 1)
    groups = groups.flatMap((group) => (group.isDone ? [group] : split(group)))
  }
  return groups

  function aim(group: Group) {
    let units = 0
    const { claimants } = group
    for (let at = 0; at < claimants.length; at++) {
      const rank = claimants[at] as number
      units += (totals[rank] as number) - (scale.from[rank] as number)
    }
    group.level = evenTargets(scale, claimants, units, given, group.level)
    for (let at = 0; at < claimants.length; at++) {
      const rank = claimants[at] as number
      const target = (scale.from[rank] as number) + (given[rank] as number)
      excess[firstClaimant + rank] = (totals[rank] as number) - target
      // What it will hold when the flow has passed: the target and what is then in excess of it.
      totals[rank] = target
    }
  }

  function split(group: Group): Group[] {
    const low: number[] = []
    const even: number[] = []
    const high: number[] = []
    let isEven = true
    for (const node of group.nodes) {
      if ((walker.distance[node] as number) >= 0) low.push(node)
      else if (mark[node]) high.push(node)
      else even.push(node)
      mark[node] = 0
      if (node < firstClaimant) continue
      const more = excess[node] as number
      if (more !== 0) isEven = false
      const rank = node - firstClaimant
      totals[rank] = (totals[rank] as number) + more
      excess[node] = 0
    }
    if (isEven) return [{ ...group, isDone: true }]
    const parts = [
      groupFrom(low, group.level),
      groupFrom(even, group.level),
      groupFrom(high, group.level),
    ]
    const middle = parts[1] as Group
    middle.isDone = true
    return parts.filter(({ nodes }) => nodes.length > 0)
  }
}

function joined(groups: Group[]): Int32Array {
  const nodes = new Int32Array(groups.reduce((sum, group) => sum + group.nodes.length, 0))
  let at = 0
  for (const group of groups) {
    nodes.set(group.nodes, at)
    at += group.nodes.length
  }
  return nodes
}

function readLevels(
  network: Network,
  flow: Flow,
  scale: Scale,
  balanced: Group[],
  capped: Uint8Array,
): Levels {
  const { claimants, envelopes, pools } = network
  const { firstClaimant, firstPool, firstNeed, totals } = flow
  const own = [...claimants.keys()].filter((rank) => capped[firstClaimant + rank])
  const groups = placed(scale, flow, balanced, own)
  const places = new Int32Array(flow.nodeCount).fill(groups.length)
  groups.forEach(({ nodes }, place) => {
    for (const node of nodes) places[node] = place
  })
  const cash = claimants.map(({ leastCents }) => leastCents)
  const flows: Levels['flows'] = []
  // What passed lies on the way back: read from the head, so that needs come in order.
  for (let node = firstNeed; node < flow.nodeCount; node++)
    for (let arc = flow.starts[node] as number; arc < (flow.starts[node + 1] as number); arc++) {
      const tail = flow.heads[arc] as number
      const cents = flow.rest[arc] as number
      if (cents === 0 || tail >= firstNeed) continue
      if (tail < firstPool) cash[node - firstClaimant] = (cash[node - firstClaimant] ?? 0) + cents
      else flows.push({ need: node - firstNeed, pool: tail - firstPool, cents })
    }
  return {
    totals: Array.from(totals),
    cash,
    flows,
    groups: groups.map((group) => [...group.claimants].sort((a, b) => a - b)),
    groupOf: places.slice(firstClaimant),
    envelopePlaces: places.slice(0, envelopes.length),
    poolPlaces: places.slice(firstPool, firstPool + pools.length),
    isCapped: capped.slice(firstClaimant),
  }
}

/** The capped ones come in where their level puts them, each alone: nothing flows between them and the others. */
function placed(scale: Scale, { totals, firstClaimant }: Flow, balanced: Group[], own: number[]) {
  const levelOf = (rank: number) => levelAt(scale, rank, totals[rank] as number)
  const firstOf = ({ claimants }: Placed) => levelOf(claimants[0] as number)
  const alone = own
    .map((rank): Placed => ({ nodes: [firstClaimant + rank], claimants: [rank] }))
    .sort((a, b) => firstOf(a) - firstOf(b))
  const all: Placed[] = []
  let next = 0
  // Pools and envelopes that lower groups use up stand with the next group, which they could serve too.
  let drained: number[] = []
  for (const group of balanced) {
    if (group.claimants.length === 0) {
      drained = [...drained, ...group.nodes]
      continue
    }
    let lowest = Number.POSITIVE_INFINITY
    for (const rank of group.claimants) lowest = Math.min(lowest, levelOf(rank))
    while (next < alone.length && firstOf(alone[next] as Placed) < lowest)
      all.push(alone[next++] as Placed)
    all.push(drained.length > 0 ? { ...group, nodes: [...drained, ...group.nodes] } : group)
    drained = []
  }
  return [...all, ...alone.slice(next)]
}

type Placed = {
  nodes: ArrayLike<number> & Iterable<number>
  claimants: ArrayLike<number> & Iterable<number>
}
