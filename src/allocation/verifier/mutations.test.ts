import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { madeUpProblem } from '../engine/generator.ts'
import { allocate, type Problem, type Result } from '../engine/index.ts'
import { drawFrom } from '../engine/random.ts'
import { smallProblems } from '../engine/small-problems.fixture.ts'
import { verify } from './index.ts'

type Tree = { [field: string]: unknown }
type Site = { owner: Tree; field: string; path: string }

const seasons = [
  madeUpProblem({ seed: 1, associations: 30 }),
  madeUpProblem({ seed: 2, associations: 30 }),
  madeUpProblem({ seed: 5, associations: 60 }),
]

/** How it was computed, and advice: no part of the split. */
const beside =
  /^(engine|mode|problemSha256|notes|shortfall\.(cut|repairs)|lines\.\d+\.reasons\.\d+\.needId)/

test('a result that the engine gives is accepted, whatever the problem', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const result = await allocate(problem)
      if (!isRefused(result)) expect(verify(problem, result)).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('a result in which one thing is changed is refused, whatever the thing', async () => {
  const fields = new Set<string>()
  let refusedCount = 0
  for (const [index, problem] of seasons.entries()) {
    const result = await resultOf(problem)
    expect(verify(problem, result)).toBeUndefined()
    for (let seed = 0; seed < 700; seed += 1) {
      const damaged = structuredClone(result)
      const change = damage(damaged, drawFrom(seed))
      if (change === undefined) continue
      const witness = verify(problem, damaged)
      expect(witness, `season ${index}, seed ${seed}: ${change}`).toBeDefined()
      refusedCount += 1
      fields.add(kindOf(change.split(' ')[0] ?? ''))
    }
  }
  expect(refusedCount).toBeGreaterThan(1_500)
  expect(fields.size).toBeGreaterThan(45)
})

test('a unit of cash moved between two lines is refused even when all sums are done again', async () => {
  const problem = madeUpProblem({ seed: 3, associations: 30 })
  const result = await resultOf(problem)
  for (const [from, giver] of result.lines.entries())
    for (const to of result.lines.keys()) {
      if (from === to || giver.cashCents < 100) continue
      const moved = structuredClone(result)
      addCash(problem, moved, { rank: from, cents: -100 })
      addCash(problem, moved, { rank: to, cents: 100 })
      expect(verify(problem, moved), `${from} gives to ${to}`).toBeDefined()
    }
})

test('whatever is given instead of a result is refused in a word, never by a crash', () => {
  const [problem] = seasons
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(verify(problem, value)).toBeDefined()
    }),
  )
  const likeResult = fc.record({
    format: fc.constant('metis-allocation-result/2'),
    lines: fc.array(fc.anything()),
    levels: fc.anything(),
    relaxedHours: fc.anything(),
  })
  fc.assert(
    fc.property(likeResult, (value) => {
      expect(verify(problem, value)).toBeDefined()
    }),
  )
})

async function resultOf(problem: Problem): Promise<Result> {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error(JSON.stringify(result))
  return result
}

function addCash(
  problem: Problem,
  { lines }: Result,
  { rank, cents }: { rank: number; cents: number },
) {
  const line = lines[rank]
  const row = problem.associations.find(({ id }) => id === line?.associationId)
  if (!line || !row) throw new Error('no such line')
  line.cashCents += cents
  line.totalCents += cents
  line.stage = line.totalCents < row.floorCents ? 'floor' : 'reference'
  line.ratio = inLowestTerms(
    line.totalCents,
    line.stage === 'floor' ? row.floorCents : row.referenceCents,
  )
}

function inLowestTerms(above: number, below: number): string {
  const divisorOf = (a: number, b: number): number => (b === 0 ? a : divisorOf(b, a % b))
  const divisor = divisorOf(above, below) || 1
  return `${above / divisor}/${below / divisor}`
}

/** Changes one thing, and says which; nothing when the change would change nothing. */
function damage(result: Result, next: () => number): string | undefined {
  const sites = sitesOf(result)
  // Each kind of field as often as the others, however many times it is there.
  const kinds = Map.groupBy(sites, ({ path }) => kindOf(path))
  const site = oneOf(oneOf([...kinds.values()], next), next)
  const before = JSON.stringify(site.owner[site.field])
  const changed = changedValue(site, sites, next)
  if (JSON.stringify(changed) === before) return undefined
  // Which of the obstacles came closest is not recounted: only that no company could help at all.
  if (/reasons\.\d+\.code/.test(site.path) && [before, JSON.stringify(changed)].every(isObstacle))
    return undefined
  site.owner[site.field] = changed
  return `${site.path} from ${before.slice(0, 60)} to ${JSON.stringify(changed)?.slice(0, 60)}`
}

/** The same field in whatever row. */
function kindOf(path: string): string {
  return path.replace(/\d+/g, 'n')
}

const isObstacle = (code: string | undefined) =>
  /^"(NO_|EXCLUDED|TOO_FAR|BLOCK|TOTAL_CAP_HOURS)/.test(code ?? '')

function changedValue({ owner, field, path }: Site, sites: Site[], next: () => number): unknown {
  const value = owner[field]
  const odd = [null, undefined, 'x', {}, [], Number.NaN, -1, 0.5, true]
  if (next() < 0.2) return oneOf(odd, next)
  if (typeof value === 'number')
    return oneOf([value + 1, value - 1, -value, `${value}`, value * 2], next)
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return changedList(value, path, next)
  if (typeof value !== 'string') return oneOf(odd, next)
  const name = kindOf(path)
  const others = sites.filter((site) => kindOf(site.path) === name)
  const other = oneOf(others, next)
  return next() < 0.8 ? other.owner[other.field] : `${value}0`
}

/** Rows lost, doubled, or out of order where an order is promised. */
function changedList(list: unknown[], path: string, next: () => number): unknown[] {
  const at = Math.floor(next() * list.length)
  const isOrdered = path === 'lines' || path === 'relaxedHours' || path === 'levels'
  if (list.length === 0) return [{}]
  const isEmptyCut = (row: unknown) => (Object(row) as Tree).capacityCents === 0
  if (isOrdered && next() < 0.4) return [...list.slice(0, at), ...list.slice(at + 1), list[at]]
  if (next() < 0.5 && !isEmptyCut(list[at])) return list.filter((_, rank) => rank !== at)
  return [...list, list[at]]
}

function sitesOf(value: object, head = ''): Site[] {
  return Object.entries(value).flatMap(([field, inside]): Site[] => {
    const path = `${head}${field}`
    if (beside.test(path)) return []
    const own: Site = { owner: value as Tree, field, path }
    return Object(inside) === inside ? [own, ...sitesOf(inside, `${path}.`)] : [own]
  })
}

function oneOf<Item>(items: readonly Item[], next: () => number): Item {
  const item = items[Math.floor(next() * items.length)]
  if (item === undefined && items.length === 0) throw new Error('nothing to choose from')
  return item as Item
}
