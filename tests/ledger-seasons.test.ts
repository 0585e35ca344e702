import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, newId } from '#kit'
import {
  type AccountKind,
  type AccountRef,
  balances,
  brokenLedgerRow,
  Overdraft,
  post,
  reverse,
} from '#ledger'
import { inTerritory, type Tx } from '#platform'
import { type World, world } from './world.ts'

// Seasons nobody planned: whatever is asked, in whatever order, the ledger keeps its promises.

let valmont: World
let territoryId: string
beforeAll(async () => {
  valmont = await world()
  territoryId = valmont.cast.territory.id
})
afterAll(() => valmont.house.close())

const inside = <Result>(work: (tx: Tx) => Promise<Result>) =>
  inTerritory(valmont.house.db, { territoryId }, work)
const act = {
  day: day('2027-02-01'),
  at: new Date('2027-02-01T09:00:00Z'),
  personId: undefined,
  reason: 'r',
}

const road: AccountKind[] = ['OUTSIDE', 'PLEDGED', 'CONFIRMED', 'ALLOCATED', 'COMMITTED', 'DONE']
const steps = fc.array(
  fc.oneof(
    fc.record({
      does: fc.constant('move' as const),
      moves: fc.array(
        fc.record({
          from: fc.nat(road.length - 1),
          to: fc.nat(road.length - 1),
          whose: fc.nat(1),
          minutes: fc.bigInt(1n, 600n),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    fc.record({ does: fc.constant('reverse' as const), which: fc.nat(11) }),
  ),
  { minLength: 1, maxLength: 12 },
)
type Step =
  typeof steps extends fc.Arbitrary<infer Steps>
    ? Steps extends (infer One)[]
      ? One
      : never
    : never

test('any season: what leaves arrives, nobody owes, each sum is the sum of what was written', async () => {
  await fc.assert(fc.asyncProperty(steps, playAndRecount), { numRuns: 60 })
  expect(await inside((tx) => brokenLedgerRow(tx, territoryId))).toBeUndefined()
})

async function playAndRecount(season: Step[]): Promise<void> {
  const campaignId = newId()
  const subjects = [newId(), newId()]
  const expected = new Map<string, bigint>()
  const written: { id: string; deltas: Map<string, bigint>; isReversed: boolean }[] = []
  const refOf = (rank: number, whose: number): AccountRef => {
    const kind = road[rank] ?? 'OUTSIDE'
    const subjectId = kind === 'OUTSIDE' ? campaignId : (subjects[whose] ?? campaignId)
    return { book: 'hours', kind, campaignId, subjectId, label: `${kind} ${whose}` }
  }
  const keyOf = ({ kind, subjectId }: { kind: string; subjectId: string }) => `${kind} ${subjectId}`
  const wouldOwe = (deltas: Map<string, bigint>) =>
    [...deltas].some(
      ([key, delta]) => !key.startsWith('OUTSIDE') && (expected.get(key) ?? 0n) + delta < 0n,
    )

  for (const step of season) {
    const deltas = new Map<string, bigint>()
    let deed: () => Promise<{ id: string }>
    const target = step.does === 'reverse' ? written[step.which] : undefined
    if (step.does === 'reverse') {
      if (!target) continue
      for (const [key, delta] of target.deltas) deltas.set(key, -delta)
      deed = () => inside((tx) => reverse(tx, { ...act, territoryId, entryId: target.id }))
    } else {
      const moves = step.moves.map(({ from, to, whose, minutes }) => ({
        from: refOf(from, whose),
        to: refOf(to, whose),
        amount: minutes,
      }))
      for (const { from, to, amount } of moves) {
        deltas.set(keyOf(from), (deltas.get(keyOf(from)) ?? 0n) - amount)
        deltas.set(keyOf(to), (deltas.get(keyOf(to)) ?? 0n) + amount)
      }
      deed = () =>
        inside((tx) =>
          post(tx, { ...act, territoryId, book: 'hours', subjectId: campaignId, moves }),
        )
    }
    if (target?.isReversed) await expect(deed()).rejects.toThrow('reversed already')
    else if ([...deltas.values()].every((delta) => delta === 0n))
      await expect(deed()).rejects.toThrow('moves something')
    else if (wouldOwe(deltas)) await expect(deed()).rejects.toBeInstanceOf(Overdraft)
    else {
      const { id } = await deed()
      for (const [key, delta] of deltas) expected.set(key, (expected.get(key) ?? 0n) + delta)
      if (target) target.isReversed = true
      written.push({ id, deltas, isReversed: false })
    }
  }

  const held = await inside((tx) => balances(tx, territoryId, campaignId))
  expect(held.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
  for (const account of held) {
    expect(account.amount).toBe(expected.get(keyOf(account)) ?? 0n)
    if (account.kind !== 'OUTSIDE') expect(account.amount).toBeGreaterThanOrEqual(0n)
  }
}
