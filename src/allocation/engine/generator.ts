import {
  type Circumstances,
  type Claimant,
  type Company,
  type Modality,
  type Need,
  type Place,
  type Pool,
  type Problem,
  problemFormat,
} from './format.ts'
import { drawFrom } from './random.ts'

export { drawFrom }

type Draw = {
  next(): number
  /** Whole, both ends included. */
  between(least: number, most: number): number
  of<Item>(items: readonly Item[]): Item
  isOnceIn(times: number): boolean
}

// Associations, companies, ways from a pool to a need for one need: what seasons of each size look like.
const shapes = [
  { associations: 30, companies: 10, ways: 0.82 },
  { associations: 150, companies: 30, ways: 0.97 },
  { associations: 600, companies: 100, ways: 2.01 },
  { associations: 2_000, companies: 300, ways: 5.06 },
  { associations: 10_000, companies: 1_200, ways: 7.21 },
  { associations: 50_000, companies: 5_000, ways: 7.01 },
] as const

const valueClasses = [
  { hourlyValueCents: 3_000, families: ['ADMIN', 'EVENTS', 'LOGISTICS'] },
  { hourlyValueCents: 4_000, families: ['COMMS', 'HR', 'TRAINING'] },
  { hourlyValueCents: 5_500, families: ['DIGITAL', 'FINANCE', 'WORKS'] },
  { hourlyValueCents: 7_000, families: ['LEGAL', 'STRATEGY', 'DATA'] },
] as const
const families = valueClasses.flatMap((one) => one.families)

// Where one city is alone, this share of the pools of a family may serve a need: the rest have other dates or ways.
const SHARE_MATCHING = 0.66
const POOLS_PER_COMPANY = 2.05
const CITY_METRES = 6_500
const BETWEEN_CITIES_METRES = 60_000
const NEWCOMER_BASIS_CENTS = 350_000

/** A made-up season, the same for the same seed on every machine: for benches and properties, never shown as real. */
export function madeUpProblem({
  seed,
  associations,
}: {
  seed: number
  associations: number
}): Problem {
  const draw = drawOf(seed)
  const { companyCount, cityCount, remoteShare } = shapeOf(associations)
  const placeOf = placesOf(draw, cityCount)
  const envelopeCount = associations >= 150 ? 5 : 1
  const companies = Array.from({ length: companyCount }, (_, rank): Company => {
    const excludedAssociationIds = draw.isOnceIn(30)
      ? [`a${draw.between(0, associations - 1)}`]
      : []
    const missionsMax = draw.isOnceIn(10) ? draw.between(8, 24) : null
    return { id: `c${rank}`, missionsMax, excludedAssociationIds }
  })
  const claimants = Array.from({ length: associations }, (_, rank) =>
    claimantOf(draw, { rank, envelopeCount, companyCount, hasFloors: seed % 2 === 1 }),
  )
  const pools = companies.flatMap(({ id }) => poolsOf(draw, id, placeOf(), remoteShare))
  const needs = claimants.flatMap((claimant) => needsOf(draw, claimant, placeOf(), remoteShare))
  return {
    format: problemFormat,
    cashUnitCents: 100,
    scoreWeights: [
      { score: 0, percent: 80 },
      { score: 100, percent: 120 },
    ],
    families: valueClasses.flatMap(({ hourlyValueCents, families: names }) =>
      names.map((family) => ({ family, hourlyValueCents })),
    ),
    envelopes: envelopesOf(draw, claimants, envelopeCount),
    companies,
    pools,
    needs,
    associations: claimants,
    pins: { cash: [], hours: [] },
  }
}

function shapeOf(associations: number) {
  const after = shapes.findIndex((one) => one.associations >= associations)
  const high = shapes.at(after) ?? shapes[0]
  const low = shapes[after - 1] ?? high
  const span = high.associations - low.associations
  const share = span === 0 ? 1 : (associations - low.associations) / span
  const between = (a: number, b: number) => a + share * (b - a)
  const isWithin = after > 0 || associations === high.associations
  const companyCount = isWithin
    ? Math.round(between(low.companies, high.companies))
    : Math.max(2, Math.round(associations / (after < 0 ? 10 : 3)))
  const poolsPerFamily = (companyCount * POOLS_PER_COMPANY) / families.length
  const cities = (poolsPerFamily * SHARE_MATCHING) / between(low.ways, high.ways)
  return {
    companyCount,
    cityCount: Math.max(1, Math.round(cities)),
    // Distance does not thin out remote help: however large the season, about as many offers of it reach one need.
    remoteShare: Math.min(0.15, 2 / poolsPerFamily),
  }
}

/** Somewhere in one of the cities, which stand on a square grid. */
function placesOf(draw: Draw, cityCount: number): () => Place {
  const side = Math.ceil(Math.sqrt(cityCount))
  return () => {
    const city = draw.between(0, cityCount - 1)
    const scatter = () => draw.between(-CITY_METRES, CITY_METRES)
    return {
      eastMetres: 700_000 + (city % side) * BETWEEN_CITIES_METRES + scatter(),
      northMetres: 6_200_000 + Math.floor(city / side) * BETWEEN_CITIES_METRES + scatter(),
    }
  }
}

type Standing = { rank: number; envelopeCount: number; companyCount: number; hasFloors: boolean }

function claimantOf(draw: Draw, standing: Standing): Claimant {
  const isNewcomer = draw.isOnceIn(20)
  // Many small grants, few large ones: 500 to 30,000 euros.
  const baselineCents = isNewcomer ? 0 : euros(500 + 29_500 * draw.next() ** 3)
  const basisCents = baselineCents || NEWCOMER_BASIS_CENTS
  const score = draw.between(20, 100)
  const referenceCents = Math.floor((basisCents * (800 + 4 * score) + 500) / 1_000)
  const totalCapCents = Math.floor((referenceCents * 13) / 10)
  const isCashEligible = !draw.isOnceIn(16)
  const asked = draw.isOnceIn(16) ? 0.3 + 0.4 * draw.next() : 1 + 0.6 * draw.next()
  const requestCents = isCashEligible ? euros((referenceCents / 100) * asked) : 0
  const mostCents = Math.min(requestCents, totalCapCents)
  const floorCents = standing.hasFloors ? Math.floor((baselineCents * 6) / 10) : 0
  return {
    id: `a${standing.rank}`,
    envelopeId: `e${standing.rank % standing.envelopeCount}`,
    basisCents,
    referenceCents,
    baselineCents,
    floorCents: Math.min(floorCents, mostCents),
    requestCents,
    usefulCents: draw.isOnceIn(10) ? Math.min(draw.between(2, 8) * 10_000, mostCents) : 0,
    totalCapCents,
    score,
    isCashEligible,
    isHoursEligible: !draw.isOnceIn(8),
    excludedCompanyIds: draw.isOnceIn(20) ? [`c${draw.between(0, standing.companyCount - 1)}`] : [],
  }
}

/** One to three skills of one company; one pool in ten serves any skill of its value class. */
function poolsOf(draw: Draw, companyId: string, place: Place, remoteShare: number): Pool[] {
  return Array.from({ length: draw.between(1, 3) }, (_, index) => {
    const valueClass = draw.of(valueClasses)
    const blockMinutes = draw.of([30, 60, 120, 210, 420])
    return {
      id: `${companyId}.${index}`,
      companyId,
      families: draw.isOnceIn(10) ? [...valueClass.families] : [draw.of(valueClass.families)],
      minutes: Math.ceil((draw.between(15, 120) * 60) / blockMinutes) * blockMinutes,
      blockMinutes,
      missionsMax: draw.isOnceIn(2) ? draw.between(2, 10) : null,
      reachMetres: draw.between(3, 18) * 1_000,
      ...circumstancesOf(draw, place, remoteShare),
    }
  })
}

/** None to four missions, semi-continuous: at least so long, at most so long, or not at all. */
function needsOf(draw: Draw, owner: Claimant, place: Place, remoteShare: number): Need[] {
  const count = draw.of([0, 1, 1, 2, 2, 2, 3, 3])
  return Array.from({ length: count }, (_, index) => {
    const minMinutes = draw.of([60, 120, 240, 420, 840])
    return {
      id: `${owner.id}.${index}`,
      associationId: owner.id,
      family: draw.of(families),
      minMinutes,
      maxMinutes: minMinutes + draw.between(0, 60) * 30,
      ...circumstancesOf(draw, place, remoteShare),
    }
  })
}

function circumstancesOf(draw: Draw, place: Place, remoteShare: number): Circumstances {
  const month = (least: number, most: number) => String(draw.between(least, most)).padStart(2, '0')
  const modality: Modality =
    draw.next() < remoteShare ? draw.of(['remote', 'hybrid'] as const) : 'on_site'
  return {
    place,
    modality,
    ...(draw.isOnceIn(3) ? { startsOn: `2027-${month(1, 7)}-15` } : {}),
    ...(draw.isOnceIn(3) ? { endsOn: `2027-${month(8, 12)}-15` } : {}),
  }
}

function envelopesOf(draw: Draw, claimants: Claimant[], count: number) {
  return Array.from({ length: count }, (_, rank) => {
    const inside = claimants.filter((_, index) => index % count === rank)
    const references = inside.reduce((sum, one) => sum + one.referenceCents, 0)
    return { id: `e${rank}`, cashCents: euros((references / 100) * (0.6 + 0.1 * draw.next())) }
  })
}

/** Whole euros, in cents. */
function euros(amount: number): number {
  return Math.round(amount) * 100
}

function drawOf(seed: number): Draw {
  const next = drawFrom(seed)
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    of(items) {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new Error('there is nothing to draw from')
      return item
    },
    isOnceIn: (times) => next() * times < 1,
  }
}
