import {
  agree,
  demand,
  found,
  type Loose,
  listOf,
  NEVER,
  type Problem,
  type Season,
  type Spot,
  seasonOf,
  sum,
  whole,
} from './season.ts'
import { byStart, byTurn, canTake, fraction, lowest, type Turn, turnOf } from './turns.ts'
import { joinWays } from './ways.ts'
import { checkMargins, checkReasons, checkShortfall } from './words.ts'

export type Witness = { rule: string; values: Record<string, string | number> }

/** The first thing in a result that its problem belies: all is recounted from the rows, in time linear in them. */
export function verify(problem: unknown, result: unknown): Witness | undefined {
  try {
    const { format } = Object(result)
    demand(format === 'metis-allocation-result/2', 'format', { format })
    const season = seasonOf(problem as Problem, result as Loose)
    const checks = [joinWays, checkHours, checkCash, checkReasons, checkTarget, checkLevels]
    for (const check of [...checks, checkMargins, checkShortfall]) check(season)
    return undefined
  } catch (fault) {
    // What cannot even be read is refuted too.
    const { message, values } = Object(fault)
    return values
      ? { rule: message, values: told(values) }
      : { rule: 'damaged', values: { message } }
  }
}

function told(values: Loose): Witness['values'] {
  const text = (value: unknown) =>
    typeof value === 'number' ? value : Object(value) === value ? '{…}' : String(value)
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]))
}

/** Each mission in one pool that may serve it, by whole blocks, as pinned, within what pools and companies accept. */
function checkHours({ claims, needs, pools, worthOf }: Season) {
  for (const claim of claims.values())
    for (const given of listOf(claim.line.hours, claim.id)) {
      const [need, pool] = [found(needs, given.needId), found(pools, given.poolId)]
      const { row, id } = need
      const minutes = whole(id, given.minutes)
      const isFree = need.owner === claim && !need.pool && need.links.includes(pool)
      demand(isFree, 'way', { id, poolId: pool.id })
      const isBetween = minutes >= Math.max(row.minMinutes, 1) && minutes <= row.maxMinutes
      demand(isBetween && minutes % pool.row.blockMinutes === 0, 'minutes', { id, minutes })
      agree(id, given, { valueCents: worthOf(row.family, minutes) })
      need.pool = pool
      need.used = minutes
      claim.hours += worthOf(row.family, minutes)
      pool.used += minutes
      pool.missions += 1
      pool.owner.missions += 1
    }
  for (const { id, row, used, missions, owner } of pools.values()) {
    demand(used <= row.minutes, 'pool', { id, minutes: used })
    const isAccepted = missions <= (row.missionsMax ?? NEVER)
    demand(isAccepted && owner.missions <= (owner.row.missionsMax ?? NEVER), 'missions', { id })
  }
  for (const { id, pin, pool, used } of needs.values())
    demand(!pin || ((pool?.id ?? null) === pin.poolId && used === pin.minutes), 'pin', { id })
}

/** Cash in whole units between its bounds, and no unit that would be better elsewhere in its envelope. */
function checkCash({ envelopes, claims, unit, result }: Season) {
  for (const claim of claims.values()) {
    const { id, line, hours, least, most, pin, cap } = claim
    const cash = whole(id, line.cashCents)
    const total = cash + hours
    const isWhole = pin !== undefined || cash % unit === 0
    demand(isWhole && cash >= least && cash <= most && total <= cap, 'cash', { id, cents: cash })
    const { stage, weight } = turnOf(claim, total)
    const sums = { associationId: id, hoursValueCents: hours, totalCents: total, stage }
    agree(id, line, { ...sums, ratio: fraction(total, weight) })
    claim.cash = cash
    claim.total = total
  }
  for (const { id, cap, links } of envelopes.values()) {
    const left = cap - sum(links, ({ cash }) => cash)
    const nexts = links.filter((one) => canTake(one, unit)).map((one) => turnOf(one, one.total))
    const givers = links.filter(({ cash, least }) => cash - unit >= least)
    const lasts = givers.map((one) => turnOf(one, one.total - unit))
    const [next, last] = [lowest(nexts, byTurn), lowest(lasts, (a, b) => byTurn(b, a))]
    demand(left >= 0 && (left < unit || !next), 'envelope', { id, cents: left })
    demand(!last || !next || byTurn(last, next) < 0, 'move', { from: last?.of.id, to: next?.of.id })
  }
  agree('', result, { deliveredCents: sum([...claims.values()], ({ total }) => total) })
}

/** The even target is a flow: on open ways, in order, within needs, pools, envelopes and caps. */
function checkTarget({ result, claims, envelopes, needs, pools }: Season) {
  let before: [string, string] = ['', '']
  for (const flow of listOf(result.relaxedHours, 'relaxedHours')) {
    const [need, pool] = [found(needs, flow.needId), found(pools, flow.poolId)]
    const cents = whole(need.id, flow.valueCents)
    const isNew = need.id > before[0] || (need.id === before[0] && pool.id > before[1])
    const isWay = isNew && cents > 0 && need.links.includes(pool)
    if (!isWay) demand(false, 'way', { id: need.id, poolId: pool.id })
    need.flows.push([pool, cents])
    need.flow += cents
    pool.flow += cents
    need.owner.flow += cents
    before = [need.id, pool.id]
  }
  for (const claim of claims.values()) {
    const cents = whole(claim.id, claim.line.relaxedCashCents)
    demand(cents >= claim.least && cents <= claim.most, 'cash', { id: claim.id, cents })
    claim.flow += cents
    claim.owner.flow += cents
    agree(claim.id, claim.line, { relaxedCents: claim.flow })
  }
  for (const spots of [claims, envelopes, needs, pools])
    for (const { id, flow, cap } of spots.values()) demand(flow <= cap, 'over', { id, cents: flow })
  agree('', result, { relaxedCents: sum([...claims.values()], ({ flow }) => flow) })
}

/**
 * Groups in order, each as even as cents allow, and the cut of each: what the rows let through to it and to the lower
 * ones together is exactly what they hold. So no cent is left for them, and none can come from who stands higher.
 */
function checkLevels({ result, claims, envelopes, pools, needs, groups }: Season) {
  const own = { request: claims, useful: claims, totalCap: claims, need: needs }
  const kinds = new Map<unknown, typeof claims>(
    Object.entries({ ...own, envelope: envelopes, pool: pools }),
  )
  let listed = 0
  let highest: Turn | undefined
  for (const [level, group] of listOf(result.levels, 'levels').entries()) {
    const members = listOf(group.associationIds, 'associationIds').map((id) => found(claims, id))
    highest = checkGroup(group, members, { level, highest })
    groups.push(members)
    for (const { kind, id, capacityCents } of listOf(group.cut, 'cut')) {
      const spot = found(kinds.get(kind) ?? new Map(), id)
      demand(spot.cut === '', 'twice', { id })
      spot.cut = `${kind}`
      spot.cutCents = whole(spot.id, capacityCents)
      if (kind === 'envelope' || kind === 'pool') spot.level = level
      else demand((kind === 'need' ? spot.owner : spot).level === level, 'member', { id })
      listed += 1
    }
  }
  const left = groups.map((members) => sum(members, ({ flow }) => flow))
  const settle: Settle = (kind, spot, level, cents) => {
    const isSaid = spot.cut === '' ? cents === 0 : spot.cut === kind && spot.cutCents === cents
    if (!isSaid) demand(false, 'cut', { id: spot.id, cents })
    if (spot.cut) listed -= 1
    left[level] = (left[level] ?? 0) - cents
  }
  for (const claim of claims.values()) settleWays(claim, settle)
  for (const spot of [...envelopes.values(), ...pools.values()])
    if (spot.cut) settle(spot.cut, spot, spot.level, spot.spare)
  const differences = left.join(' ')
  demand(listed === 0 && left.every((cents) => cents === 0), 'identity', { differences, listed })
}

/** Nobody who has something to give, here or lower, would still stand above a member if a cent changed hands. */
function checkGroup(
  group: Loose,
  members: Spot[],
  below: { level: number; highest: Turn | undefined },
) {
  const { level } = below
  for (const claim of members) {
    demand(claim.level === NEVER, 'twice', { id: claim.id })
    claim.level = level
    agree(claim.id, claim.line, { level })
  }
  const first = lowest(members.map((one) => turnOf(one, one.flow)))
  demand(first, 'group', { level })
  const totalCents = sum(members, ({ flow }) => flow)
  agree(`${level}`, group, {
    stage: first.stage,
    ratio: fraction(first.cents, first.weight),
    totalCents,
  })
  const givers = members.filter(({ flow, least }) => flow > least)
  const lasts = givers.map((one) => turnOf(one, one.flow - 1))
  if (below.highest) lasts.push(below.highest)
  const highest = lowest(lasts, (a, b) => byStart(b, a))
  const takers = members.filter(({ flow, cap }) => flow < cap)
  const next = lowest(takers.map((one) => turnOf(one, one.flow + 1)))
  const isEven = !highest || !next || byStart(highest, next) <= 0
  demand(isEven, 'uneven', { from: highest?.of.id, to: next?.of.id })
  return highest
}

type Settle = (kind: string, spot: Spot, level: number, cents: number) => void

/** Each way into an association is held by a cut of its own level or lower: at envelope or pool, or else at its own end. */
function settleWays(claim: Spot, settle: Settle) {
  const { id, level, owner, least, most, cap, links } = claim
  demand(level !== NEVER, 'member', { id })
  const isCapped = claim.cut === 'totalCap'
  const isHeld = isCapped || owner.level <= level
  owner.spare -= isHeld ? least : most
  if (isCapped) return settle('totalCap', claim, level, cap)
  settle(isHeld ? 'useful' : 'request', claim, level, isHeld ? least : most)
  for (const need of links) {
    let reached = -1
    for (const pool of need.links) reached = Math.max(reached, pool.level)
    if (reached <= level) continue
    settle('need', need, level, need.cap)
    for (const [pool, cents] of need.flows) if (pool.level === reached) pool.spare -= cents
  }
}
