import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { allocate, type Claimant, type Problem, type Result } from '../engine/index.ts'
import { smallProblems } from '../engine/small-problems.fixture.ts'
import { explain } from '../explain.ts'

test('what is said of a higher request is what comes of it, hours as they are', async () => {
  let tried = 0
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const result = await split(problem)
      for (const { associationId, cashCents } of result.lines) {
        const sentences = explain(problem, result, associationId, 'en')
        const helps = sentences.some((one) => one.startsWith('Only its request limits it'))
        const isTold = helps || sentences.includes('Asking for more cash would change nothing.')
        if (!isTold) continue
        const asked = changed(frozen(problem, result), associationId, ({ requestCents }) => ({
          requestCents: 3 * requestCents + 1_000,
        }))
        const gain = (lineOf(await split(asked), associationId)?.cashCents ?? 0) - cashCents
        expect(Math.sign(gain)).toBe(helps ? 1 : 0)
        tried += 1
      }
    }),
    { numRuns: 150 },
  )
  expect(tried).toBeGreaterThan(100)
}, 60_000)

test('an hour more of a skill raises the even target by what is said at least', async () => {
  let tried = 0
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const result = await split(problem)
      for (const { associationId, relaxedCents, level } of result.lines) {
        const sentence = explain(problem, result, associationId, 'en').find((one) =>
          one.startsWith('If hours could be divided'),
        )
        const gain = sentence?.match(/about €([\d.,]+) at least/)?.[1]
        if (gain === undefined) continue
        const cut = result.levels[level]?.cut ?? []
        // Whichever pool of its cut can help: of all those, the one that helps most.
        const gains = cut.map(async ({ kind, id }) =>
          kind === 'pool' ? await relaxedWith(problem, id, associationId) : 0,
        )
        const most = Math.max(...(await Promise.all(gains))) - relaxedCents
        // Half an hour is added, as the problem counts; each total is known to the cent.
        expect(most).toBeGreaterThanOrEqual((Number(gain.replace(',', '')) * 100) / 2 - 2)
        tried += 1
      }
    }),
    { numRuns: 300 },
  )
  expect(tried).toBeGreaterThan(5)
}, 60_000)

async function relaxedWith(
  problem: Problem,
  poolId: string,
  associationId: string,
): Promise<number> {
  const pools = problem.pools.map((row) =>
    row.id === poolId ? { ...row, minutes: row.minutes + 30 } : row,
  )
  return lineOf(await split({ ...problem, pools }), associationId)?.relaxedCents ?? 0
}

async function split(problem: Problem): Promise<Result> {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error(JSON.stringify(result))
  return result
}

function frozen(problem: Problem, result: Result): Problem {
  const given = new Map(result.lines.flatMap(({ hours }) => hours.map((one) => [one.needId, one])))
  const hours = problem.needs.map(({ id }) => {
    const { poolId = null, minutes = 0 } = given.get(id) ?? {}
    return { needId: id, poolId, minutes }
  })
  return { ...problem, pins: { ...problem.pins, hours } }
}

function changed(
  problem: Problem,
  id: string,
  change: (row: Claimant) => Partial<Claimant>,
): Problem {
  const associations = problem.associations.map((row) =>
    row.id === id ? { ...row, ...change(row) } : row,
  )
  return { ...problem, associations }
}

function lineOf({ lines }: Result, id: string) {
  return lines.find(({ associationId }) => associationId === id)
}
