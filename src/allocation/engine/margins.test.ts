import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { indexOf, returnOf } from '../explanation/result-index.ts'
import { allocate } from './allocate.ts'
import { examplesOf } from './examples.fixture.ts'
import type { Problem, Result } from './format.ts'
import { smallProblems } from './small-problems.fixture.ts'

test('a thousand euros more in the envelope bring what the margins foretold, up to the rounding', async () => {
  let foretold = 0
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const before = await split(problem)
      for (const envelope of problem.envelopes) {
        const sharers = before.lines.filter(
          (line) =>
            line.margins.envelope && envelopeOf(problem, line.associationId) === envelope.id,
        )
        const more = stepUnder(problem, before, envelope.id)
        if (more <= 0) continue
        const after = await split(frozen(problem, before, { envelopeId: envelope.id, cents: more }))
        for (const line of sharers) {
          const share = numberOf(line.margins.envelope?.share ?? '0/1')
          const gain = (cashOf(after, line.associationId) ?? 0) - line.cashCents
          // A unit of its own, its share of everybody's, and what a request holds beyond whole units.
          const rounding = problem.cashUnitCents * (2 + share * sharers.length)
          expect(Math.abs(gain - share * more)).toBeLessThanOrEqual(rounding)
          foretold += 1
        }
      }
    }),
    { numRuns: 300 },
  )
  expect(foretold).toBeGreaterThan(100)
}, 60_000)

test('what ends the sharing and when is exact', async () => {
  const [cash] = examplesOf('ex1-uniform-rate-and-capped-request')
  const [floors] = examplesOf('ex5-envelopes-floors-infeasible')
  if (!cash || !floors) throw new Error('no example')
  const [first] = (await split(cash.problem)).lines
  expect(first?.margins.envelope).toEqual({
    share: '5/9',
    sharers: 1,
    untilCents: 200_000,
    event: { code: 'REQUEST_CAP', associationId: 'A1' },
  })
  const held = (await split(floors.problem)).lines.find(
    ({ associationId }) => associationId === 'S1',
  )
  expect(held?.margins.envelope).toEqual({
    share: '2/3',
    sharers: 1,
    untilCents: 60_000,
    event: { code: 'JOINS' },
  })
})

async function split(problem: Problem): Promise<Result> {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error(JSON.stringify(result))
  return result
}

function stepUnder(problem: Problem, result: Result, envelopeId: string): number {
  const unit = problem.cashUnitCents
  const line = result.lines.find(
    ({ margins, associationId }) =>
      margins.envelope && envelopeOf(problem, associationId) === envelopeId,
  )
  const back = returnOf(indexOf(problem, result), envelopeId, unit)
  const until = Math.min(
    line?.margins.envelope?.untilCents ?? 0,
    back ? back.cents - unit : Number.POSITIVE_INFINITY,
  )
  return Math.floor(Math.min(100_000, until) / unit) * unit
}

function frozen(
  problem: Problem,
  result: Result,
  more: { envelopeId: string; cents: number },
): Problem {
  const given = new Map(result.lines.flatMap(({ hours }) => hours.map((one) => [one.needId, one])))
  return {
    ...problem,
    envelopes: problem.envelopes.map((row) =>
      row.id === more.envelopeId ? { ...row, cashCents: row.cashCents + more.cents } : row,
    ),
    pins: {
      cash: problem.pins.cash,
      hours: problem.needs.map(({ id }) => {
        const hours = given.get(id)
        return { needId: id, poolId: hours?.poolId ?? null, minutes: hours?.minutes ?? 0 }
      }),
    },
  }
}

function envelopeOf(problem: Problem, id: string): string | undefined {
  return problem.associations.find((row) => row.id === id)?.envelopeId
}

function cashOf(result: Result, id: string): number | undefined {
  return result.lines.find(({ associationId }) => associationId === id)?.cashCents
}

function numberOf(fraction: string): number {
  const [top = 0, bottom = 1] = fraction.split('/').map(Number)
  return top / bottom
}
