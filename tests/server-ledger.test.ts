import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenJournalRow, note } from '#journal'
import { day, newId } from '#kit'
import { type AccountKind, balanceOf, balances, brokenLedgerRow, Overdraft, post } from '#ledger'
import {
  inTerritory,
  isCollision,
  migrate,
  type Opened,
  once,
  openDatabase,
  writeUnread,
} from '#platform'
import { type Cast, settle } from './cast.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

// Many writers at once, on a real server: the embedded database has but one connection.

const WRITERS = 50
let server: PostgresServer | undefined
let whyNoServer = ''
let opened: Opened
let valmont: Cast
let ailleurs: Cast
beforeAll(async () => {
  try {
    server = await startPostgres()
  } catch (error) {
    whyNoServer = `no PostgreSQL server starts here: ${error instanceof Error ? error.message : error}`
    return
  }
  opened = await openDatabase({ databaseUrl: await server.createDatabase('ledger'), dataDir: '' })
  await migrate(opened.db)
  valmont = await settle(opened.db)
  ailleurs = await settle(opened.db, 'ailleurs')
})
afterAll(async () => {
  await opened?.close()
  await server?.stop()
})

const campaignId = newId()
const hours = (kind: AccountKind, subjectId = campaignId) => ({
  book: 'hours' as const,
  kind,
  campaignId,
  subjectId,
  label: kind.toLowerCase(),
})

function move(cast: Cast, from: AccountKind, to: AccountKind, amount: bigint): Promise<unknown> {
  const territoryId = cast.territory.id
  return inTerritory(opened.db, { territoryId }, async (tx) => {
    const act = { territoryId, at: new Date(), personId: undefined, subjectId: campaignId }
    const moves = [{ from: hours(from), to: hours(to), amount }]
    // Some write the journal first, some the ledger: they never wait for each other in a ring.
    if (amount % 2n === 0n) await note(tx, { ...act, action: 'pledge.confirmed' })
    await post(tx, { ...act, book: 'hours', day: day('2027-02-01'), reason: 'r', moves })
    if (amount % 2n === 1n) await note(tx, { ...act, action: 'pledge.confirmed' })
  })
}

const inside = <Result>(cast: Cast, work: Parameters<typeof inTerritory<Result>>[2]) =>
  inTerritory(opened.db, { territoryId: cast.territory.id }, work)

test(`${WRITERS} writers in two communes: no posting is lost, doubled or mixed`, async ({
  skip,
}) => {
  if (!server) return skip(whyNoServer)
  const amounts = Array.from({ length: WRITERS }, (_, rank) => BigInt(rank + 1))
  const startedAt = performance.now()
  await Promise.all(
    amounts.flatMap((amount) => [
      move(valmont, 'OUTSIDE', 'CONFIRMED', amount),
      move(ailleurs, 'OUTSIDE', 'CONFIRMED', amount * 2n),
    ]),
  )
  const rate = Math.round((2 * WRITERS * 1000) / (performance.now() - startedAt))
  process.stdout.write(
    `ledger on a server, ${WRITERS} writers at once: ${rate} postings a second\n`,
  )
  const sum = amounts.reduce((total, amount) => total + amount, 0n)
  for (const [cast, expected] of [
    [valmont, sum],
    [ailleurs, 2n * sum],
  ] as const) {
    const { id } = cast.territory
    await inside(cast, async (tx) => {
      expect(await balanceOf(tx, id, hours('CONFIRMED'))).toBe(expected)
      expect(await brokenLedgerRow(tx, id)).toBeUndefined()
      expect(await brokenJournalRow(tx, id)).toBeUndefined()
    })
  }
})

test('the last hours are given once, however many ask for them together', async ({ skip }) => {
  if (!server) return skip(whyNoServer)
  const { id } = valmont.territory
  const held = await inside(valmont, (tx) => balanceOf(tx, id, hours('CONFIRMED')))
  const each = held / 10n
  const asked = await Promise.allSettled(
    Array.from({ length: WRITERS }, () => move(valmont, 'CONFIRMED', 'ALLOCATED', each)),
  )
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  for (const outcome of asked)
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Overdraft)
  const left = await inside(valmont, (tx) => balances(tx, id, campaignId))
  expect(Object.fromEntries(left.map(({ kind, amount }) => [kind, amount]))).toEqual({
    OUTSIDE: -held,
    CONFIRMED: held - 10n * each,
    ALLOCATED: 10n * each,
  })
})

test('a neighbour sees none of it', async ({ skip }) => {
  if (!server) return skip(whyNoServer)
  const seen = await inside(ailleurs, (tx) =>
    tx.selectFrom('ledgerEntries').select('territoryId').distinct().execute(),
  )
  expect(seen).toEqual([{ territoryId: ailleurs.territory.id }])
})

test('what leaves with the commit is refused by the commit, and nothing of it stays', async ({
  skip,
}) => {
  if (!server) return skip(whyNoServer)
  const territoryId = valmont.territory.id
  const asked = { territoryId, key: newId(), payload: {} }
  const twice = inside(valmont, async (tx) => {
    await once(tx, asked, async () => ({ id: 'first' }))
    const row = { territoryId, key: asked.key, payloadSha256: '', answer: '{}' }
    await writeUnread(tx, tx.insertInto('idempotencyKeys').values(row))
  })
  const refused = await twice.catch((error: unknown) => error)
  expect(isCollision(refused)).toBe(true)
  const answer = await inside(valmont, (tx) => once(tx, asked, async () => ({ id: 'second' })))
  expect(answer).toEqual({ id: 'second' })
})

test('a transaction given up has written nothing, and its connection serves the next', async ({
  skip,
}) => {
  if (!server) return skip(whyNoServer)
  const asked = { territoryId: valmont.territory.id, key: newId(), payload: {} }
  const fail = () => {
    throw new Error('given up')
  }
  for (const isLate of [false, true]) {
    const failed = inside(valmont, async (tx) => {
      if (isLate) await once(tx, asked, async () => ({ id: 'lost' }))
      fail()
    })
    await expect(failed).rejects.toThrow('given up')
  }
  const answer = await inside(valmont, (tx) => once(tx, asked, async () => ({ id: 'kept' })))
  expect(answer).toEqual({ id: 'kept' })
})
