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
  sum,
} from './season.ts'
import {
  byStart,
  canTake,
  fraction,
  lowest,
  type Start,
  type Turn,
  turnOf,
  weightOf,
} from './turns.ts'

/** Why the cash is what it is, by what binds first; then, for each need, why its hours are. */
export function checkReasons({ claims, envelopes, needs, unit, worthOf }: Season) {
  for (const { links } of envelopes.values()) {
    const takers = links.filter((one) => canTake(one, unit))
    const next = lowest(takers.map((one) => turnOf(one, one.total)))
    for (const claim of links) {
      const counted = cashReason(claim, next, unit)
      agree(claim.id, listOf(claim.line.reasons, claim.id)[0], counted)
      claim.code = counted.code
    }
  }
  for (const { id, line, links } of claims.values()) {
    const [, ...others] = listOf(line.reasons, id)
    const explained = new Set(others.map(({ needId }) => found(needs, needId)))
    const isAll = others.length === links.length && links.every((need) => explained.has(need))
    demand(isAll, 'needs', { id })
    for (const other of others)
      agree(id, other, hoursReason(found(needs, other.needId), other, worthOf))
  }
}

/** At the level is who takes the next unit, or took one of the last. */
function cashReason(
  claim: Spot,
  next: Turn | undefined,
  unit: number,
): { code: string; amountCents?: number } {
  const { row, cash, total, least } = claim
  if (claim.pin) return { code: 'PINNED', amountCents: cash }
  if (!row.isCashEligible) return { code: 'NOT_CASH_ELIGIBLE' }
  if (claim.isDropped) return { code: 'DROPPED_BELOW_MIN', amountCents: row.usefulCents }
  if (cash + unit > row.requestCents)
    return { code: 'OWN_REQUEST_CAP', amountCents: row.requestCents }
  if (!canTake(claim, unit)) return { code: 'TOTAL_CAP', amountCents: row.totalCapCents }
  const [here, before] = [turnOf(claim, total), turnOf(claim, total - unit)]
  const isLast = cash > least && here.stage === next?.stage && before.stage === here.stage
  if (isLast || (next && byStart(here, next) === 0))
    return here.stage === 'floor'
      ? { code: 'FLOOR_STAGE', amountCents: row.floorCents }
      : { code: 'CASH_LEVEL' }
  if (cash > least) return { code: 'AT_FLOOR', amountCents: row.floorCents }
  if (cash > 0) return { code: 'MIN_USEFUL_CASH', amountCents: row.usefulCents }
  return { code: claim.hours > 0 ? 'HOURS_ABOVE_LEVEL' : 'NO_CASH_LEFT' }
}

const nearest = [
  'MISSION_MAX',
  'LEVEL_REACHED',
  'TOTAL_CAP_HOURS',
  'MISSIONS_FULL',
  'BLOCK',
  'SKILL_BOTTLENECK',
]
const obstacles =
  /^(NO_POOL|EXCLUDED|NO_COMMON_PERIOD|NO_COMMON_PLACE|TOO_FAR|BLOCK|TOTAL_CAP_HOURS)$/

/** For a mission, what stops it; without, what came nearest to help, where, and the minutes left there at most. */
function hoursReason(need: Spot, { code }: Loose, worthOf: Season['worthOf']): Loose {
  if (need.pin) return { code: 'PINNED_HOURS' }
  if (!need.owner.row.isHoursEligible) return { code: 'NOT_GENERAL_INTEREST' }
  const ways = need.pool ? [need.pool] : need.links
  const stops = ways.map((pool) => ({ pool, ...stopOf(need, pool, worthOf) }))
  const stop = nearest.find((one) => stops.some((other) => other.code === one))
  // No pool could ever help: which obstacle came last is not counted again.
  if (!stop) return { code: obstacles.test(`${code}`) ? code : 'NO_POOL', poolIds: undefined }
  const named = stops.filter((one) => one.code === stop)
  const minutes = need.pool ? need.used : Math.max(...named.map(({ left }) => left))
  return { code: stop, poolIds: named.map(({ pool }) => pool.id).sort(), minutes }
}

function stopOf({ row, pool: given, used, owner }: Spot, pool: Spot, worthOf: Season['worthOf']) {
  const block = pool.row.blockMinutes
  const whole = Math.floor(pool.row.minutes / block) * block
  const least = Math.ceil(Math.max(row.minMinutes, 1) / block) * block
  const [more, left, room] = [given ? block : least, whole - pool.used, owner.cap - owner.least]
  const cents = worthOf(row.family, more)
  if (given && used === row.maxMinutes) return { code: 'MISSION_MAX', left }
  if (given && used + block > row.maxMinutes) return { code: 'BLOCK', left }
  if (!given && (least > whole || cents > room)) return { code: '', left }
  if (left < more) return { code: left < block ? 'SKILL_BOTTLENECK' : 'BLOCK', left }
  const isFull = ({ missions, row }: Spot) => missions >= (row.missionsMax ?? NEVER)
  if (!given && (isFull(pool) || isFull(pool.owner))) return { code: 'MISSIONS_FULL', left }
  return { code: cents > room - owner.hours ? 'TOTAL_CAP_HOURS' : 'LEVEL_REACHED', left }
}

/** What would change each line: a cent more in the envelope, an hour more of a skill, another request, ten points. */
export function checkMargins({ envelopes, claims, groups, problem, hourly, unit }: Season) {
  for (const { links } of envelopes.values()) {
    const sharing = sharingOf(links, unit)
    for (const one of links) {
      const share = fraction(weightOf(one, sharing.stage), Math.max(1, sharing.weight))
      const envelope = one.code === sharing.code ? { share, ...sharing.said } : null
      agree(one.id, one.line.margins, { envelope, isHeldByRequest: one.code === 'OWN_REQUEST_CAP' })
    }
  }
  const stages = groups.map(
    (members) => lowest(members.map((one) => turnOf(one, one.flow)))?.stage ?? 'floor',
  )
  const open = groups.map((members) => members.filter(({ flow, cap }) => flow < cap))
  const weights = open.map((members, level) =>
    sum(members, (one) => weightOf(one, stages[level] ?? 'floor')),
  )
  for (const claim of claims.values()) {
    const { id, line, level, links, flow, cap } = claim
    const held = links.filter(
      (need) => flow < cap && need.links.some((pool) => pool.level === level),
    )
    const weight = weightOf(claim, stages[level] ?? 'floor')
    const hours = [...new Set(held.map(({ row }) => row.family))].sort().map((family) => {
      return { family, gain: fraction(weight, weights[level] ?? 1, hourly.get(family)) }
    })
    agree(id, line.margins, { hours, tenPoints: tenPoints(claim, problem) })
  }
}

/** Who shares the next euro, and until when: one of them is full, or somebody above is reached. */
function sharingOf(links: Spot[], unit: number) {
  const isFloor = links.some(({ code }) => code === 'FLOOR_STAGE')
  const code = isFloor ? 'FLOOR_STAGE' : 'CASH_LEVEL'
  const stage: Turn['stage'] = isFloor ? 'floor' : 'reference'
  const sharers = links.filter((one) => one.code === code)
  const weight = sum(sharers, (one) => weightOf(one, stage))
  const events = links.flatMap((of): (Start & { what: string; of: Spot | undefined })[] => {
    const [asked, share] = [of.most + of.hours, weightOf(of, stage)]
    const at = (what: string, cents: number) => [{ what, of, stage, cents, weight: share }]
    if (of.code !== code) return share > 0 && canTake(of, unit) ? at('JOINS', of.total) : []
    return asked <= of.cap ? at('REQUEST_CAP', asked) : at('TOTAL_CAP', of.cap)
  })
  if (isFloor) events.push({ what: 'JOINS', of: undefined, stage, cents: 1, weight: 1 })
  const first = lowest(events)
  const level = first ? (BigInt(first.cents) * BigInt(weight)) / BigInt(first.weight) : 0n
  const untilCents = Math.max(0, Number(level) - sum(sharers, ({ total }) => total))
  const event = { code: first?.what, associationId: first?.of?.id }
  return { code, stage, weight, said: { sharers: sharers.length - 1, untilCents, event } }
}

function tenPoints({ row, total }: Spot, { scoreWeights }: Problem) {
  if (row.basisCents === undefined) return null
  const score = Math.min(100, row.score + 10)
  const after = scoreWeights.findIndex((point) => point.score >= score)
  const high = scoreWeights.at(after) ?? { score: 0, percent: 100 }
  const low = scoreWeights[after - 1] ?? high
  const span = high.score - low.score || 1
  const percents = BigInt(low.percent * span + (high.percent - low.percent) * (score - low.score))
  const hundred = 100n * BigInt(span)
  const raised = (2n * BigInt(row.basisCents) * percents + hundred) / (2n * hundred)
  const referenceCents = Math.max(1, Number(raised)) - row.referenceCents
  const [gain, bottom] = [BigInt(referenceCents) * BigInt(total), BigInt(row.referenceCents)]
  const gainCents = Number(gain / bottom) - (gain < 0n && gain % bottom !== 0n ? 1 : 0)
  return { referenceCents, gainCents: total < row.floorCents ? 0 : gainCents }
}

/** Who cannot reach the floor even if hours could be cut at will, and what is missing. */
export function checkShortfall({ claims, result }: Season) {
  const missing = [...claims.values()].filter(({ flow, row }) => flow < row.floorCents)
  const missingCents = sum(missing, ({ flow, row }) => row.floorCents - flow)
  const shortfall =
    missing.length > 0 ? { missingCents, associationIds: missing.map(({ id }) => id) } : null
  agree('', result, { shortfall })
}
