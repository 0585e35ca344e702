export type Loose = { [field: string]: unknown }
type Texts = Record<'id' | 'family' | 'companyId' | 'associationId' | 'envelopeId', string>
type Times = Record<'minutes' | 'minMinutes' | 'maxMinutes' | 'blockMinutes', number>
type Money = Record<'cashCents' | 'floorCents' | 'referenceCents' | 'requestCents', number>
type Rules = Record<'usefulCents' | 'totalCapCents' | 'hourlyValueCents', number>
type Scores = { score: number; percent: number; basisCents?: number; needId: string }
type Lists = Record<'families' | 'excludedCompanyIds' | 'excludedAssociationIds', string[]>
type When = { startsOn?: string; endsOn?: string; modality?: string; poolId: unknown }
type Where = { reachMetres?: number; place?: { eastMetres: number; northMetres: number } }
type Rights = { isCashEligible: boolean; isHoursEligible: boolean; missionsMax: number | null }
/** What a row may hold, whatever its list: declared anew, to share nothing with what is judged. */
export type Row = Texts & Times & Money & Rules & Scores & Lists & When & Where & Rights
type Tables = 'families' | 'envelopes' | 'companies' | 'pools' | 'needs' | 'associations'
type Pins = { cash: Row[]; hours: Row[] }
export type Problem = Record<Tables | 'scoreWeights', Row[]> & { cashUnitCents: number; pins: Pins }
export type Season = ReturnType<typeof seasonOf>
export const NEVER = Number.MAX_SAFE_INTEGER

/** A point of the flow: what it may carry (`cap`), what it carries in the even target (`flow`), what is really given. */
export class Spot {
  readonly id: string
  readonly owner: Spot
  links: Spot[] = []
  flows: [Spot, number][] = []
  line: Loose = {}
  level = NEVER
  flow = 0
  spare: number
  used = 0
  missions = 0
  least = 0
  most = 0
  cash = 0
  hours = 0
  total = 0
  code = ''
  isDropped = false
  /** As what the result names it in a cut, and how much it says that it lets through. */
  cut = ''
  cutCents = 0
  pin: Row | undefined = undefined
  pool: Spot | undefined = undefined

  constructor(
    readonly row: Row,
    public cap: number,
    owner?: Spot,
  ) {
    this.id = row.id
    this.spare = cap
    this.owner = owner ?? this
    owner?.links.push(this)
  }
}

export function demand(holds: unknown, rule: string, values?: Loose): asserts holds {
  if (!holds) throw Object.assign(new Error(rule), { values: values ?? {} })
}

/** Field by field; of what is not counted, nothing is asked. */
export function agree(id: string, said: unknown, counted: Loose) {
  const found = Object(said)
  if (Array.isArray(counted)) demand(found.length === counted.length, 'list', { id })
  for (const field in counted) {
    const value = counted[field]
    if (typeof value === 'object' && value) agree(`${id} ${field}`, found[field], value as Loose)
    else if (found[field] !== value)
      demand(false, 'field', { id, field, said: found[field], counted: value })
  }
}

export function whole(id: string, value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0)
    demand(false, 'number', { id, said: value })
  return Number(value)
}

export function listOf(value: unknown, id: string): Loose[] {
  demand(Array.isArray(value), 'list', { id })
  return value
}

export function found(spots: Map<unknown, Spot>, id: unknown): Spot {
  const spot = spots.get(id)
  if (!spot) demand(false, 'unknown', { id })
  return spot as Spot
}

export function sum<Item>(items: Item[], amountOf: (item: Item) => number): number {
  let total = 0
  for (const item of items) total += amountOf(item)
  return total
}

/** The rows joined by their ids, and beside each association its line of the result. */
export function seasonOf(problem: Problem, result: Loose) {
  const hourly = new Map(problem.families.map((row) => [row.family, row.hourlyValueCents]))
  const worthOf = (family: string, minutes: number) =>
    Math.floor(minutes / 30) * ((hourly.get(family) ?? 0) / 2)
  const byId = (rows: Row[], make: (row: Row) => Spot): Map<unknown, Spot> =>
    new Map(rows.map((row) => [row.id, make(row)]))
  const envelopes = byId(problem.envelopes, (row) => new Spot(row, row.cashCents))
  const companies = byId(problem.companies, (row) => new Spot(row, 0))
  const pools = byId(problem.pools, (row) => {
    // Families that differ in value count as the highest: a ceiling.
    const cap = Math.max(...row.families.map((family) => worthOf(family, row.minutes)))
    return new Spot(row, cap, found(companies, row.companyId))
  })
  const sorted = [...problem.associations].sort((a, b) => (a.id < b.id ? -1 : 1))
  const claims = byId(sorted, (row) => new Spot(row, 0, found(envelopes, row.envelopeId)))
  const needs = byId(problem.needs, (row) => {
    const cap = worthOf(row.family, row.maxMinutes)
    return new Spot(row, cap, found(claims, row.associationId))
  })
  for (const pin of problem.pins.cash) found(claims, pin.associationId).pin = pin
  for (const pin of problem.pins.hours) found(needs, pin.needId).pin = pin
  const lines = listOf(result.lines, 'lines')
  demand(lines.length === claims.size, 'list', { id: 'lines' })
  const unit = problem.cashUnitCents
  for (const claim of claims.values()) {
    const { row, pin } = claim
    const asked = row.isCashEligible ? Math.min(row.requestCents, row.totalCapCents) : 0
    const useful = Math.min(Math.ceil(row.usefulCents / unit), Math.floor(asked / unit)) * unit
    // A pin is least and most at once.
    claim.least = pin ? pin.cashCents : useful
    claim.most = pin ? pin.cashCents : asked
  }
  for (const [rank, claim] of [...claims.values()].entries()) claim.line = lines[rank] ?? {}
  for (const envelope of envelopes.values()) dropLowest(envelope, unit)
  // Pinned hours and the least cash may pass the total cap: they are then the cap.
  for (const claim of claims.values()) {
    const pinned = sum(claim.links, ({ row, pin }) => worthOf(row.family, pin?.minutes ?? 0))
    claim.cap = Math.max(claim.row.totalCapCents, claim.least + pinned)
  }
  const groups: Spot[][] = []
  return { problem, result, unit, hourly, worthOf, envelopes, pools, claims, needs, groups }
}

/** While useful minima pass the envelope, the lowest score gets no cash; of equal scores, the greater id. */
function dropLowest({ links, cap }: Spot, unit: number) {
  let excess = sum(links, ({ least }) => least) - Math.floor(cap / unit) * unit
  const first = links.filter(({ least, pin }) => excess > 0 && least > 0 && !pin)
  for (const one of first.sort((a, b) => a.row.score - b.row.score || (a.id < b.id ? 1 : -1))) {
    if (excess <= 0) return
    excess -= one.least
    Object.assign(one, { least: 0, most: 0, isDropped: true })
  }
}
