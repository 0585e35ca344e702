import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, newId } from '#kit'
import { inTerritory, type Tx } from '#platform'
import { type World, world } from '../../tests/world.ts'
import {
  type AccountKind,
  type AccountRef,
  balanceOf,
  balances,
  brokenLedgerRow,
  type Move,
  Overdraft,
  post,
  reverse,
  totalOf,
} from './index.ts'

let valmont: World
beforeAll(async () => {
  valmont = await world()
})
afterAll(() => valmont.house.close())

const at = new Date('2027-02-01T09:00:00Z')

function season() {
  const campaignId = newId()
  const territoryId = valmont.cast.territory.id
  const personId = valmont.cast.people.claire.id
  const hours = (kind: AccountKind, label: string): AccountRef => ({
    book: 'hours',
    kind,
    campaignId,
    subjectId: subjectOf(label),
    label,
  })
  const subjects = new Map<string, string>()
  function subjectOf(label: string): string {
    const known = subjects.get(label) ?? newId()
    subjects.set(label, known)
    return known
  }
  const outside = hours('OUTSIDE', 'campaign')
  const inside = <Result>(work: (tx: Tx) => Promise<Result>) =>
    inTerritory(valmont.house.db, { territoryId }, work)
  const move = (reason: string, ...moves: Move[]) =>
    inside((tx) =>
      post(tx, {
        territoryId,
        book: 'hours',
        day: day('2027-02-01'),
        at,
        personId,
        reason,
        subjectId: campaignId,
        moves,
      }),
    )
  const takeBack = (entryId: string) =>
    inside((tx) =>
      reverse(tx, {
        territoryId,
        entryId,
        day: day('2027-02-02'),
        at,
        personId,
        reason: 'mistake',
      }),
    )
  const held = (ref: AccountRef) => inside((tx) => balanceOf(tx, territoryId, ref))
  return { campaignId, territoryId, hours, outside, inside, move, takeBack, held }
}

test('hours follow their road from the promise to the receipt', async () => {
  const { hours, outside, inside, move, territoryId, campaignId } = season()
  const bakery = { pledged: hours('PLEDGED', 'bakery'), confirmed: hours('CONFIRMED', 'bakery') }
  const shelter = hours('ALLOCATED', 'food bank, accounts')
  const mission = { committed: hours('COMMITTED', 'm'), done: hours('DONE', 'm') }
  const road: [string, AccountRef, AccountRef, bigint][] = [
    ['submitted', outside, bakery.pledged, 2400n],
    ['confirmed', bakery.pledged, bakery.confirmed, 2400n],
    ['reduced', bakery.confirmed, outside, 600n],
    ['awarded', bakery.confirmed, shelter, 1200n],
    ['agreed', shelter, mission.committed, 1200n],
    ['approved', mission.committed, mission.done, 450n],
    ['receipted', mission.done, hours('RECEIPTED', 'receipt 1'), 450n],
  ]
  for (const [reason, from, to, amount] of road) await move(reason, { from, to, amount })
  const left = await inside((tx) => balances(tx, territoryId, campaignId))
  expect(Object.fromEntries(left.map(({ kind, amount }) => [kind, amount]))).toEqual({
    OUTSIDE: -1800n,
    PLEDGED: 0n,
    CONFIRMED: 600n,
    ALLOCATED: 0n,
    COMMITTED: 750n,
    DONE: 0n,
    RECEIPTED: 450n,
  })
  const confirmed = await inside((tx) => totalOf(tx, territoryId, campaignId, 'hours', 'CONFIRMED'))
  expect(confirmed).toBe(600n)
  expect(await inside((tx) => brokenLedgerRow(tx, territoryId))).toBeUndefined()
})

test('a company cannot give more hours than it confirmed, and nothing is written', async () => {
  const { hours, outside, move, held } = season()
  const confirmed = hours('CONFIRMED', 'bakery')
  await move('confirmed', { from: outside, to: confirmed, amount: 60n })
  const tooMuch = move('awarded', { from: confirmed, to: hours('ALLOCATED', 'band'), amount: 75n })
  await expect(tooMuch).rejects.toBeInstanceOf(Overdraft)
  await expect(tooMuch).rejects.toMatchObject({ missing: 15n, account: { label: 'bakery' } })
  expect(await held(confirmed)).toBe(60n)
  expect(await held(hours('ALLOCATED', 'band'))).toBe(0n)
})

test('a mistake is answered by its contrary, once', async () => {
  const { hours, outside, move, takeBack, held } = season()
  const pledged = hours('PLEDGED', 'bakery')
  const { id } = await move('submitted', { from: outside, to: pledged, amount: 90n })
  await takeBack(id)
  expect(await held(pledged)).toBe(0n)
  await expect(takeBack(id)).rejects.toThrow('reversed already')
})

test('hours already used further on cannot be reversed under them', async () => {
  const { hours, outside, move, takeBack } = season()
  const pledged = hours('PLEDGED', 'bakery')
  const { id } = await move('submitted', { from: outside, to: pledged, amount: 90n })
  await move('confirmed', { from: pledged, to: hours('CONFIRMED', 'bakery'), amount: 60n })
  await expect(takeBack(id)).rejects.toBeInstanceOf(Overdraft)
})

test('one entry may share one pledge between several missions', async () => {
  const { hours, outside, move, held } = season()
  const confirmed = hours('CONFIRMED', 'bakery')
  await move('confirmed', { from: outside, to: confirmed, amount: 100n })
  const [band, canoe] = [hours('ALLOCATED', 'band'), hours('ALLOCATED', 'canoe')]
  await move(
    'awarded',
    { from: confirmed, to: band, amount: 30n },
    { from: confirmed, to: canoe, amount: 70n },
  )
  expect([await held(confirmed), await held(band), await held(canoe)]).toEqual([0n, 30n, 70n])
})

test.each([
  ['nothing at all', 0n],
  ['less than nothing', -5n],
])('a move of %s is a bug', async (_, amount) => {
  const { hours, outside, move } = season()
  await expect(
    move('submitted', { from: outside, to: hours('PLEDGED', 'x'), amount }),
  ).rejects.toThrow(/takes something/)
})

test('hours never become euros', async () => {
  const { hours, outside, move } = season()
  const paid: AccountRef = { ...hours('PLEDGED', 'x'), book: 'cash', kind: 'PAID' }
  await expect(move('paid', { from: outside, to: paid, amount: 1n })).rejects.toThrow(
    /left the book/,
  )
})
