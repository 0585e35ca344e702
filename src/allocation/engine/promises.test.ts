import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { allocate } from './allocate.ts'
import { shareCash } from './cash.ts'
import { sealOf } from './digest.ts'
import { inOrder, type Problem, type Result } from './format.ts'
import { bestOfEveryPlan, compareWorth, everyPlanIsFew, worthOf } from './hours-every-plan.ts'
import { searchedPlan } from './hours-search.ts'
import { levelsOf } from './levels.ts'
import { networkOf } from './network.ts'
import { compareLevels, hoursCentsOf, levelOf } from './plan.ts'
import { brokenPromises } from './promises.ts'
import { smallProblems } from './small-problems.fixture.ts'

const runs = { numRuns: 60 }

test('no envelope, request, cap, pledge or eligibility is ever passed, and cash comes in whole units', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      expect(brokenPromises(problem, await split(problem))).toEqual([])
    }),
    runs,
  )
})

test('euros stay in an envelope only when each of its associations has all it may have', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const { lines } = await split(problem)
      for (const envelope of problem.envelopes) {
        const inside = problem.associations.filter(({ envelopeId }) => envelopeId === envelope.id)
        const lineOf = (id: string) => lines.find(({ associationId }) => associationId === id)
        const spent = inside.reduce((sum, { id }) => sum + (lineOf(id)?.cashCents ?? 0), 0)
        if (envelope.cashCents - spent < problem.cashUnitCents) continue
        for (const { id } of inside)
          expect(['CASH_LEVEL', 'FLOOR_STAGE', 'NO_CASH_LEFT']).not.toContain(
            lineOf(id)?.reasons[0]?.code,
          )
      }
    }),
    runs,
  )
})

test('no euro moved from one association to another of the envelope would make the split fairer', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const { lines } = await split(problem)
      const network = networkOf(inOrder(problem))
      network.claimants.forEach((giver, from) => {
        network.claimants.forEach((taker, to) => {
          const given = lines[from]
          const taken = lines[to]
          if (!given || !taken || from === to || giver.envelope !== taker.envelope) return
          const canGive = given.cashCents - 100 >= giver.leastCents
          const canTake =
            taken.cashCents + 100 <= taker.mostCents &&
            taken.totalCents + 100 <= taker.row.totalCapCents
          if (!canGive || !canTake) return
          const after = levelOf(given.totalCents - 100, giver.row)
          expect(compareLevels(levelOf(taken.totalCents, taker.row), after)).toBeGreaterThanOrEqual(
            0,
          )
        })
      })
    }),
    runs,
  )
})

test('with the same hours, more cash in the envelopes makes nobody lose', () => {
  fc.assert(
    fc.property(smallProblems, fc.integer({ min: 1, max: 500 }), (problem, more) => {
      const network = networkOf(inOrder(withoutUsefulCash(problem)))
      const hours = hoursCentsOf(network, searchedPlan(network))
      const richer = {
        ...network,
        envelopeCents: network.envelopeCents.map((cash) => cash + more * 100),
      }
      const before = shareCash(network, hours)
      shareCash(richer, hours).forEach((cash, rank) => {
        expect(cash).toBeGreaterThanOrEqual(before[rank] ?? 0)
      })
    }),
    runs,
  )
})

test('asking for more cash than one would get changes nothing for anyone', () => {
  fc.assert(
    fc.property(smallProblems, (problem) => {
      const network = networkOf(inOrder(problem))
      const hours = hoursCentsOf(network, searchedPlan(network))
      const before = shareCash(network, hours)
      const inflated = {
        ...network,
        claimants: network.claimants.map((one, rank) =>
          (before[rank] ?? 0) + 100 <= one.mostCents
            ? { ...one, mostCents: one.mostCents * 10 }
            : one,
        ),
      }
      expect(shareCash(inflated, hours)).toEqual(before)
    }),
    runs,
  )
})

test('asking for less never brings more', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (given) => {
      const problem = withoutUsefulCash(given)
      const [first] = problem.associations
      if (!first?.isCashEligible) return
      const halved = { ...first, requestCents: Math.floor(first.requestCents / 2), floorCents: 0 }
      const same = { ...first, floorCents: 0 }
      const before = await totalsOf({
        ...problem,
        associations: [same, ...problem.associations.slice(1)],
      })
      const after = await totalsOf({
        ...problem,
        associations: [
          { ...halved, isCashEligible: halved.requestCents > 0 },
          ...problem.associations.slice(1),
        ],
      })
      expect(after[0]).toBeLessThanOrEqual((before[0] ?? 0) + 2)
    }),
    runs,
  )
})

test('when every floor can be met, each is met', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (given) => {
      const problem = withoutUsefulCash({ ...given, needs: [] })
      const { lines } = await split(problem)
      for (const { id, cashCents } of problem.envelopes) {
        const inside = problem.associations.filter(({ envelopeId }) => envelopeId === id)
        // Whole euros: a floor with cents takes the euro above.
        const floors = inside.reduce((sum, one) => sum + Math.ceil(one.floorCents / 100) * 100, 0)
        if (floors > cashCents) continue
        for (const one of inside) {
          const line = lines.find(({ associationId }) => associationId === one.id)
          const inUnits = Math.floor(Math.min(one.requestCents, one.totalCapCents) / 100) * 100
          expect(line?.totalCents).toBeGreaterThanOrEqual(Math.min(one.floorCents, inUnits))
        }
      }
    }),
    runs,
  )
})

test('two associations alike in all get the same, within one euro', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (given) => {
      const [first] = given.associations
      if (!first) return
      const twin = { ...first, id: `${first.id} twin`, usefulCents: 0 }
      const problem = {
        ...given,
        needs: [],
        associations: [{ ...first, usefulCents: 0 }, twin, ...given.associations.slice(1)],
      }
      const { lines } = await split(problem)
      const [one, other] = [first.id, twin.id].map((id) =>
        lines.find(({ associationId }) => associationId === id),
      )
      expect(Math.abs((one?.cashCents ?? 0) - (other?.cashCents ?? 0))).toBeLessThanOrEqual(100)
    }),
    runs,
  )
})

test('in a currency three times smaller, the split is three times bigger', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const plain = await split(problem)
      const tripled = await split(tripleMoney(problem))
      expect(tripled.lines.map(({ cashCents }) => cashCents)).toEqual(
        plain.lines.map(({ cashCents }) => cashCents * 3),
      )
    }),
    runs,
  )
})

test('the order of the rows does not matter: same problem, same result, same digests', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const shuffled: Problem = {
        ...problem,
        families: problem.families.toReversed(),
        envelopes: problem.envelopes.toReversed(),
        pools: problem.pools.toReversed(),
        needs: problem.needs.toReversed(),
        associations: problem.associations.toReversed(),
      }
      expect(await sealOf(await split(shuffled))).toBe(await sealOf(await split(problem)))
    }),
    runs,
  )
})

test('the search never beats the best of all plans, and equals it most of the time', () => {
  const seen = { same: 0, all: 0 }
  fc.assert(
    fc.property(smallProblems, (problem) => {
      const network = networkOf(inOrder(problem))
      if (!everyPlanIsFew(network)) return
      const best = worthOf(network, bestOfEveryPlan(network))
      const order = compareWorth(best, worthOf(network, searchedPlan(network)))
      expect(order).toBeGreaterThanOrEqual(0)
      seen.all += 1
      if (order === 0) seen.same += 1
    }),
    { numRuns: 150, seed: 2027 },
  )
  expect(seen.same / seen.all).toBeGreaterThan(0.8)
})

test('the theoretical levels give no more than there is, nor more than each may have', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const network = networkOf(inOrder(problem))
      const { totals, notes } = await levelsOf(network)
      expect(notes).toEqual([])
      const cash = network.envelopeCents.reduce((sum, one) => sum + one, 0)
      const hours = network.pools.reduce((sum, one) => sum + one.row.minutes * one.minuteValue, 0)
      expect(totals.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(cash + hours + 1)
      totals.forEach((total, rank) => {
        expect(total).toBeLessThanOrEqual((network.claimants[rank]?.row.totalCapCents ?? 0) + 1)
      })
    }),
    runs,
  )
})

async function split(problem: Problem): Promise<Result> {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error(JSON.stringify(result.refusals))
  return result
}

async function totalsOf(problem: Problem): Promise<number[]> {
  return (await levelsOf(networkOf(inOrder(problem)))).totals
}

function withoutUsefulCash(problem: Problem): Problem {
  return {
    ...problem,
    associations: problem.associations.map((one) => ({ ...one, usefulCents: 0 })),
  }
}

function tripleMoney(problem: Problem): Problem {
  return {
    ...problem,
    cashUnitCents: problem.cashUnitCents * 3,
    families: problem.families.map((one) => ({
      ...one,
      hourlyValueCents: one.hourlyValueCents * 3,
    })),
    envelopes: problem.envelopes.map((one) => ({ ...one, cashCents: one.cashCents * 3 })),
    associations: problem.associations.map((one) => ({
      ...one,
      referenceCents: one.referenceCents * 3,
      baselineCents: one.baselineCents * 3,
      floorCents: one.floorCents * 3,
      requestCents: one.requestCents * 3,
      usefulCents: one.usefulCents * 3,
      totalCapCents: one.totalCapCents * 3,
    })),
  }
}
