import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, newId } from '#kit'
import { type AccountKind, type AccountRef, type Book, brokenLedgerRow, post } from '#ledger'
import { inTerritory, type Tx } from '#platform'
import { type World, world } from './world.ts'

// What the database refuses by itself, when someone writes to it without passing by the ledger's door.

let valmont: World
let territoryId: string
const campaignId = newId()
const at = new Date('2027-02-01T09:00:00Z')
const ref = (book: Book, kind: AccountKind): AccountRef => ({
  book,
  kind,
  campaignId,
  subjectId: kind === 'OUTSIDE' ? campaignId : newId(),
  label: kind.toLowerCase(),
})
const outside = ref('hours', 'OUTSIDE')
const pledged = ref('hours', 'PLEDGED')
let entryId: string

beforeAll(async () => {
  valmont = await world()
  territoryId = valmont.cast.territory.id
  const moves = [{ from: outside, to: pledged, amount: 60n }]
  entryId = await posted('hours', moves)
  await posted('hours', moves)
  await posted('cash', [{ from: ref('cash', 'OUTSIDE'), to: ref('cash', 'VOTED'), amount: 5n }])
})
afterAll(() => valmont.house.close())

async function posted(book: Book, moves: Parameters<typeof post>[1]['moves']): Promise<string> {
  const act = { book, day: day('2027-02-01'), at, personId: undefined, reason: 'pledge.submitted' }
  const { id } = await inside((tx) =>
    post(tx, { ...act, territoryId, subjectId: campaignId, moves }),
  )
  return id
}

const inside = <Result>(work: (tx: Tx) => Promise<Result>) =>
  inTerritory(valmont.house.db, { territoryId }, work)
const said = (statement: RawBuilder<unknown>) => inside((tx) => statement.execute(tx))

async function entryWith(
  tx: Tx,
  given: { reversesId?: string; book?: Book } = {},
): Promise<string> {
  const id = newId()
  const { rows } = await sql<{ seq: bigint; hash: string }>`
    select seq, hash from ledger_entries order by seq desc limit 1`.execute(tx)
  const hash = id.replaceAll('-', '').padEnd(64, '0')
  await sql`insert into ledger_entries (territory_id, id, seq, book, day, at, reason, subject_id, reverses_id, previous_hash, hash)
    values (${territoryId}, ${id}, ${(rows[0]?.seq ?? 0n) + 1n}, ${given.book ?? 'hours'}, '2027-02-01', now(), 'forged',
            ${campaignId}, ${given.reversesId ?? null}, ${rows[0]?.hash ?? ''}, ${hash})`.execute(
    tx,
  )
  return id
}

type Forged = {
  kind?: AccountKind
  book?: Book
  amount: bigint
  before?: bigint
  after?: bigint
  skip?: bigint
  /** Its place in the ring of its entry, and the sums there. */
  ring?: { after: number; from: bigint; to: bigint | null }
}

async function lineOf(tx: Tx, entry: string, rank: number, line: Forged): Promise<void> {
  const { kind = 'PLEDGED', book = 'hours', amount, skip = 0n } = line
  const { rows } = await sql<{ id: string; last: bigint; held: bigint; owes: boolean }>`
    select a.id, l.account_rank as last, l.balance_after as held, a.may_owe as owes
    from ledger_accounts a join ledger_lines l on l.account_id = a.id
    where a.kind = ${kind} order by l.account_rank desc limit 1`.execute(tx)
  const account = rows[0]
  if (!account) throw new Error(`no account of ${kind}`)
  const before = line.before ?? account.held
  const ring = line.ring ?? { after: null, from: null, to: null }
  await sql`insert into ledger_lines (territory_id, entry_id, rank, book, account_id, may_owe, amount,
                                      account_rank, previous_rank, balance_before, balance_after,
                                      after_rank, sum_before, sum_after)
    values (${territoryId}, ${entry}, ${rank}, ${book}, ${account.id}, ${account.owes}, ${amount},
            ${account.last + 1n + skip}, ${account.last + skip}, ${before}, ${line.after ?? before + amount},
            ${ring.after}, ${ring.from}, ${ring.to})`.execute(tx)
}

describe('the database by itself refuses', () => {
  const forged: [string, Forged[], RegExp][] = [
    ['hours from nowhere', [{ amount: 60n }], /does not balance/],
    [
      'an account that owes',
      [{ amount: -121n }, { kind: 'OUTSIDE', amount: 121n }],
      /no_overdraft/,
    ],
    ['hours turned into euros', [{ amount: -5n }, { kind: 'VOTED', amount: 5n }], /foreign key/],
    ['euros called hours', [{ kind: 'VOTED', book: 'cash', amount: 5n }], /foreign key/],
    ['a balance that does not add up', [{ amount: 10n, after: 1000n }], /thread_adds_up/],
    [
      'a line that starts from a balance of its own',
      [{ amount: 10n, before: 900n }],
      /foreign key/,
    ],
    ['a line that leaps over another', [{ amount: 10n, skip: 1n }], /foreign key/],
    ['a line that comes twice', [{ amount: 10n, skip: -1n, before: 60n }], /unique|foreign key/],
    [
      'lines that leave something over',
      [
        { amount: 9n, ring: { after: 2, from: 0n, to: 9n } },
        { kind: 'OUTSIDE', amount: -5n, ring: { after: 1, from: 9n, to: 4n } },
      ],
      /balanced_ring/,
    ],
    [
      'a line after those that cancel out',
      [
        { amount: 5n, ring: { after: 2, from: 0n, to: 5n } },
        { kind: 'OUTSIDE', amount: -5n, ring: { after: 1, from: 5n, to: 0n } },
        { amount: 7n, ring: { after: 2, from: 0n, to: 7n } },
      ],
      /after_rank/,
    ],
    [
      'a line that hides its sum',
      [{ amount: 5n, ring: { after: 1, from: 0n, to: null } }],
      /ring_adds_up/,
    ],
    [
      'a sum that does not add up',
      [{ amount: 5n, ring: { after: 1, from: 0n, to: 0n } }],
      /ring_adds_up/,
    ],
  ]
  test.each(forged)('%s', async (_, lines, reason) => {
    const forgery = inside(async (tx) => {
      const entry = await entryWith(tx)
      for (const [index, line] of lines.entries()) await lineOf(tx, entry, index + 1, line)
    })
    await expect(forgery).rejects.toThrow(reason)
  })

  test('a line added later to an old entry', async () => {
    const late = inside((tx) => lineOf(tx, entryId, 3, { amount: 10n }))
    await expect(late).rejects.toThrow(/does not balance/)
  })

  test('an entry reversed twice', async () => {
    await inside((tx) => entryWith(tx, { reversesId: entryId }))
    await expect(inside((tx) => entryWith(tx, { reversesId: entryId }))).rejects.toThrow(
      /reversed_once/,
    )
  })

  test('an entry reversed in the other book', async () => {
    const crossed = inside((tx) => entryWith(tx, { reversesId: entryId, book: 'cash' }))
    await expect(crossed).rejects.toThrow(/foreign key|reversed_once/)
  })

  test('a second entry after the same one', async () => {
    const fork = inside((tx) =>
      sql`insert into ledger_entries select territory_id, ${newId()}::uuid, seq + 1000, book, day, at, person_id,
            reason, subject_id, null, previous_hash, hash from ledger_entries where seq = 2`.execute(
        tx,
      ),
    )
    await expect(fork).rejects.toThrow(/previous_hash/)
  })

  test.each(['ledger_accounts', 'ledger_entries', 'ledger_lines'])(
    'a change in %s',
    async (table) => {
      for (const deed of [
        sql`update ${sql.table(table)} set territory_id = territory_id`,
        sql`delete from ${sql.table(table)}`,
        sql`truncate ${sql.table(table)} cascade`,
      ])
        await expect(said(deed)).rejects.toThrow(/permission denied/)
      const { db } = valmont.house
      await expect(sql`delete from ${sql.table(table)}`.execute(db)).rejects.toThrow(
        /written once|foreign key/,
      )
      await expect(
        sql`update ${sql.table(table)} set territory_id = territory_id`.execute(db),
      ).rejects.toThrow(/written once/)
    },
  )
})

test('an account of an unknown kind does not open', async () => {
  const forgery = said(sql`insert into ledger_accounts values
    (${territoryId}, ${newId()}, 'cash', 'PLEDGED', ${campaignId}, ${campaignId}, 'x', false)`)
  await expect(forgery).rejects.toThrow(/known_kind/)
})

describe('what the owner of the database alters behind its back is found', () => {
  const tamperings: [string, RawBuilder<unknown>, bigint][] = [
    [
      'an amount',
      sql`update ledger_lines set amount = amount * 2, balance_after = balance_after + amount, sum_before = sum_before * 2, sum_after = sum_after * 2 where entry_id in (select id from ledger_entries where seq = 3)`,
      3n,
    ],
    ['a reason', sql`update ledger_entries set reason = 'gift' where seq = 2`, 2n],
    [
      'the name of an account',
      sql`update ledger_accounts set label = 'bakery' where kind = 'PLEDGED'`,
      1n,
    ],
    ['an entry taken out', sql`delete from ledger_entries where seq = 2`, 3n],
  ]
  test.each(tamperings)('%s', async (_, tampering, broken) => {
    const fresh = await world()
    const { db } = fresh.house
    const own = fresh.cast.territory.id
    try {
      const write = (moves: Parameters<typeof post>[1]['moves']) =>
        inTerritory(db, { territoryId: own }, (tx) =>
          post(tx, {
            territoryId: own,
            book: 'hours',
            day: day('2027-02-01'),
            at,
            personId: undefined,
            reason: 'r',
            subjectId: campaignId,
            moves,
          }),
        )
      for (let turn = 0; turn < 3; turn++)
        await write([{ from: outside, to: pledged, amount: 60n }])
      await db.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx)
        await tampering.execute(tx)
      })
      const found = await inTerritory(db, { territoryId: own }, (tx) => brokenLedgerRow(tx, own))
      expect(found).toBe(broken)
    } finally {
      await fresh.house.close()
    }
  })
})
