import type { Network } from './network.ts'

/**
 * The even target as a flow: envelopes and pools → needs → associations, in cents (ALLOCATION 2.3). Nodes are
 * numbered envelopes, pools, needs, associations; an arc and its way back lie in compressed rows.
 */
export type Flow = {
  nodeCount: number
  firstPool: number
  firstNeed: number
  firstClaimant: number
  /** Arcs of node `n`: from `starts[n]` to `starts[n + 1]`. */
  starts: Int32Array
  heads: Int32Array
  /** The same arc seen from its head. */
  backs: Int32Array
  /** How much more may pass. */
  rest: Float64Array
  /** Of an envelope or a pool: what has not left it yet. */
  supply: Float64Array
  /** Of an association: what it holds, its least cash included. */
  totals: Float64Array
  /** Only arcs within one group are used; see `levels.ts`. */
  groups: Int32Array
}

export function flowOf(network: Network): Flow {
  const { envelopes, pools, needs, claimants } = network
  const firstPool = envelopes.length
  const firstNeed = firstPool + pools.length
  const firstClaimant = firstNeed + needs.length
  const nodeCount = firstClaimant + claimants.length
  const degrees = new Int32Array(nodeCount + 1)
  eachArc(network, (tail, head) => {
    degrees[tail] = (degrees[tail] as number) + 1
    degrees[head] = (degrees[head] as number) + 1
  })
  const starts = new Int32Array(nodeCount + 1)
  for (let node = 0; node < nodeCount; node++)
    starts[node + 1] = (starts[node] as number) + (degrees[node] as number)
  const arcCount = starts[nodeCount] as number
  const heads = new Int32Array(arcCount)
  const backs = new Int32Array(arcCount)
  const rest = new Float64Array(arcCount)
  const next = starts.slice(0, nodeCount)
  eachArc(network, (tail, head, capacity) => {
    const there = next[tail] as number
    const back = next[head] as number
    next[tail] = there + 1
    next[head] = back + 1
    heads[there] = head
    heads[back] = tail
    backs[there] = back
    backs[back] = there
    rest[there] = capacity
  })
  const supply = new Float64Array(firstNeed)
  envelopes.forEach(({ cents, members }, rank) => {
    supply[rank] = members.reduce((left, one) => left - (claimants[one]?.leastCents ?? 0), cents)
  })
  pools.forEach(({ valueCents }, rank) => {
    supply[firstPool + rank] = valueCents
  })
  const totals = Float64Array.from(claimants, ({ leastCents }) => leastCents)
  const groups = new Int32Array(nodeCount)
  return {
    nodeCount,
    firstPool,
    firstNeed,
    firstClaimant,
    starts,
    heads,
    backs,
    rest,
    supply,
    totals,
    groups,
  }
}

/** In a fixed order: what is kept for cash first, then each need's pools, then the need itself. */
function eachArc(
  { envelopes, pools, needs, claimants }: Network,
  visit: (tail: number, head: number, capacity: number) => void,
) {
  const firstNeed = envelopes.length + pools.length
  const firstClaimant = firstNeed + needs.length
  claimants.forEach(({ envelope, requestCents, leastCents }, rank) => {
    if (requestCents > leastCents) visit(envelope, firstClaimant + rank, requestCents - leastCents)
  })
  needs.forEach((need, rank) => {
    if (need.pools.length === 0) return
    for (const pool of need.pools) visit(envelopes.length + pool, firstNeed + rank, need.valueCents)
    visit(firstNeed + rank, firstClaimant + need.claimant, need.valueCents)
  })
}

/**
 * Moves what nodes have too much of (`excess` > 0) to those that lack it (< 0), along paths with rest, within groups.
 * Dinic: distances to whoever lacks, then a blocking flow along them, until nothing more can move.
 */
export function walkerOf(flow: Flow, excess: Float64Array) {
  const { starts, heads, backs, rest, groups, nodeCount } = flow
  const distance = new Int32Array(nodeCount)
  const at = new Int32Array(nodeCount)
  const queue = new Int32Array(nodeCount)
  const path = new Int32Array(nodeCount + 1)

  /** Nodes of `nodes` from which somebody who lacks can be reached get a distance; the others -1. True if one of them has too much. */
  function look(nodes: Int32Array): boolean {
    let tail = 0
    let isUseful = false
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as number
      if ((excess[node] as number) < 0) {
        distance[node] = 0
        queue[tail++] = node
      } else distance[node] = -1
    }
    for (let i = 0; i < tail; i++) {
      const node = queue[i] as number
      const next = (distance[node] as number) + 1
      const group = groups[node] as number
      const end = starts[node + 1] as number
      for (let arc = starts[node] as number; arc < end; arc++) {
        const from = heads[arc] as number
        if (
          (distance[from] as number) >= 0 ||
          groups[from] !== group ||
          (rest[backs[arc] as number] as number) <= 0
        )
          continue
        distance[from] = next
        if ((excess[from] as number) > 0) isUseful = true
        queue[tail++] = from
      }
    }
    return isUseful
  }

  /** From one node with too much, down the distances, until it has no more or no way is left. */
  function drain(source: number) {
    let depth = 0
    let node = source
    while (true) {
      if ((excess[node] as number) < 0) {
        let cents = Math.min(excess[source] as number, -(excess[node] as number))
        for (let i = 0; i < depth; i++) {
          const left = rest[path[i] as number] as number
          if (left < cents) cents = left
        }
        excess[source] = (excess[source] as number) - cents
        excess[node] = (excess[node] as number) + cents
        let full = depth
        for (let i = depth - 1; i >= 0; i--) {
          const arc = path[i] as number
          const back = backs[arc] as number
          rest[arc] = (rest[arc] as number) - cents
          rest[back] = (rest[back] as number) + cents
          if (rest[arc] === 0) full = i
        }
        if (excess[source] === 0) return
        // Back to the tail of the first arc that is full, or one step when the end was satisfied.
        if (full < depth) {
          depth = full
          node = heads[backs[path[full] as number] as number] as number
        } else {
          depth -= 1
          node = heads[backs[path[depth] as number] as number] as number
        }
        continue
      }
      const end = starts[node + 1] as number
      const wanted = (distance[node] as number) - 1
      const group = groups[node] as number
      let arc = at[node] as number
      while (arc < end) {
        const head = heads[arc] as number
        if (
          (rest[arc] as number) > 0 &&
          distance[head] === wanted &&
          groups[head] === group &&
          (wanted > 0 || (excess[head] as number) < 0)
        )
          break
        arc += 1
      }
      at[node] = arc
      if (arc < end) {
        path[depth++] = arc
        node = heads[arc] as number
        continue
      }
      distance[node] = -2
      if (depth === 0) return
      depth -= 1
      node = heads[backs[path[depth] as number] as number] as number
    }
  }

  /** Until nothing more can move; at the end the distances tell who can still reach somebody who lacks. */
  function carry(nodes: Int32Array): number {
    let rounds = 0
    while (look(nodes)) {
      rounds += 1
      for (let i = 0; i < nodes.length; i++) {
        const node = nodes[i] as number
        at[node] = starts[node] as number
      }
      for (let i = 0; i < nodes.length; i++) {
        const node = nodes[i] as number
        if ((excess[node] as number) > 0 && (distance[node] as number) > 0) drain(node)
      }
    }
    return rounds
  }

  /** Marks in `mark` with `value` what can be reached from the nodes with too much. */
  function spread(nodes: Int32Array, mark: Uint8Array, value: number) {
    let tail = 0
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as number
      if ((excess[node] as number) > 0) {
        mark[node] = value
        queue[tail++] = node
      }
    }
    for (let i = 0; i < tail; i++) {
      const node = queue[i] as number
      const group = groups[node] as number
      const end = starts[node + 1] as number
      for (let arc = starts[node] as number; arc < end; arc++) {
        const head = heads[arc] as number
        if (mark[head] === value || groups[head] !== group || (rest[arc] as number) <= 0) continue
        mark[head] = value
        queue[tail++] = head
      }
    }
  }

  return { carry, spread, distance }
}
