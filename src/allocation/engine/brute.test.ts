import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { allocate } from './allocate.ts'
import { type Best, bestByForce, type Level, levelOf } from './brute.fixture.ts'
import {
  type Claimant,
  modalities,
  type Need,
  type Pool,
  type Problem,
  problemFormat,
} from './format.ts'
import { drawFrom } from './generator.ts'

const SEASONS = 600

test('on seasons so small that every plan can be tried, none is fairer, then fuller, then simpler', async () => {
  for (let seed = 1; seed <= SEASONS; seed++) {
    const problem = tinyProblem(seed)
    expect(await worthOfResult(problem), `seed ${seed}`).toEqual(shown(bestByForce(problem)))
  }
})

async function worthOfResult(problem: Problem) {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error(JSON.stringify(result))
  const rows = new Map(problem.associations.map((row) => [row.id, row]))
  const companies = new Map(problem.pools.map(({ id, companyId }) => [id, companyId]))
  const given = result.lines.flatMap(({ associationId, hours }) =>
    hours.map(({ poolId, minutes }) => ({
      minutes,
      pair: `${associationId} ${companies.get(poolId)}`,
    })),
  )
  const levels = result.lines.map(({ associationId, totalCents }): Level => {
    const row = rows.get(associationId)
    if (!row) throw new Error(`a line for nobody: ${associationId}`)
    return levelOf(row, totalCents)
  })
  return shown({
    levels,
    minutes: given.reduce((sum, { minutes }) => sum + minutes, 0),
    pairs: new Set(given.map(({ pair }) => pair)).size,
    missions: given.length,
  })
}

/** Two splits in which other associations hold the same levels are as fair. */
function shown({ levels, ...thrift }: Best) {
  const ratios = levels.map(([stage, held, weight]) => {
    const common = divisorOf(held, weight)
    return `${stage} ${held / common}/${weight / common}`
  })
  return { ratios: ratios.sort(), ...thrift }
}

function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b)
}

const families = [
  { family: 'COMMS', hourlyValueCents: 4_000 },
  { family: 'HR', hourlyValueCents: 4_000 },
  { family: 'FINANCE', hourlyValueCents: 5_000 },
]
const skills = [['COMMS'], ['COMMS', 'HR'], ['HR'], ['FINANCE']]

/** Two to four associations and missions, blocks and units so large that few plans exist. */
function tinyProblem(seed: number): Problem {
  const draw = drawFrom(seed)
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1))
  const times = <Row>(count: number, row: (rank: number) => Row) =>
    Array.from({ length: count }, (_, rank) => row(rank))
  const envelopes = times(between(1, 2), (rank) => ({
    id: `e${rank}`,
    cashCents: between(0, 40) * 10_000,
  }))
  const associations = times(between(2, 4), (rank): Claimant => {
    const referenceCents = between(5, 30) * 10_000
    const totalCapCents = Math.floor((referenceCents * between(90, 160)) / 100)
    const requestCents = draw() < 0.2 ? 0 : Math.floor((referenceCents * between(30, 160)) / 100)
    const most = Math.min(requestCents, totalCapCents)
    return {
      id: `a${rank}`,
      envelopeId: `e${between(0, envelopes.length - 1)}`,
      referenceCents,
      baselineCents: referenceCents,
      floorCents: Math.min(most, draw() < 0.5 ? 0 : Math.floor(referenceCents * draw())),
      requestCents,
      usefulCents: draw() < 0.8 ? 0 : Math.min(most, between(1, 6) * 10_000),
      totalCapCents,
      score: between(0, 4) * 25,
      isCashEligible: requestCents > 0,
      isHoursEligible: draw() < 0.95,
      excludedCompanyIds: draw() < 0.15 ? ['c0'] : [],
    }
  })
  const pools = times(between(1, 3), (rank): Pool => {
    const blockMinutes = [60, 120, 210, 420][between(0, 3)] ?? 60
    return {
      id: `p${rank}`,
      companyId: `c${between(0, 1)}`,
      families: skills[Math.floor(draw() ** 2 * 4)] ?? [],
      minutes: blockMinutes * between(1, 8),
      blockMinutes,
      missionsMax: draw() < 0.3 ? between(0, 2) : null,
      ...(draw() < 0.3 ? { reachMetres: between(1, 9) * 1_000 } : {}),
      ...circumstances(),
    }
  })
  const needs = times(between(2, 5), (rank): Need => {
    const minMinutes = between(1, 4) * 60
    return {
      id: `n${rank}`,
      associationId: `a${between(0, associations.length - 1)}`,
      family: families[Math.floor(draw() ** 2 * 3)]?.family ?? '',
      minMinutes,
      maxMinutes: minMinutes + between(0, 6) * 120,
      ...circumstances(),
    }
  })
  return {
    format: problemFormat,
    cashUnitCents: 10_000,
    scoreWeights: [],
    families,
    envelopes,
    companies: times(2, (rank) => ({
      id: `c${rank}`,
      missionsMax: draw() < 0.3 ? between(0, 3) : null,
      excludedAssociationIds: draw() < 0.15 ? ['a1'] : [],
    })),
    pools,
    needs,
    associations,
    pins: { cash: [], hours: [] },
  }

  function circumstances() {
    const first = between(1, 6)
    return {
      ...(draw() < 0.3 ? { startsOn: `2027-0${first}-01` } : {}),
      ...(draw() < 0.3 ? { endsOn: `2027-0${between(first, 9)}-28` } : {}),
      ...(draw() < 0.4 ? { modality: modalities[between(0, 3)] ?? 'hybrid' } : {}),
      ...(draw() < 0.6
        ? { place: { eastMetres: between(0, 9_000), northMetres: between(0, 9_000) } }
        : {}),
    }
  }
}
