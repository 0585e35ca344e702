import { type Expression, type RawBuilder, sql } from 'kysely'
import { type Day, newId } from '#kit'
import { type Tx, writeUnread } from '#platform'
import { type AccountKind, type AccountRef, type Book, type Line, ringOf } from './rules.ts'

export type Account = AccountRef & {
  id: string
  mayOwe: boolean
  /** How many lines the account has, and what they left in it. */
  lineCount: bigint
  balance: bigint
}

export type Entry = {
  territoryId: string
  id: string
  seq: bigint
  book: Book
  day: Day
  at: Date
  personId: string | null
  reason: string
  subjectId: string
  reversesId: string | null
}

/** An account that the first entry to name it opens. */
export function newAccount({ book, kind, campaignId, subjectId, label }: AccountRef): Account {
  const ref = { book, kind, campaignId, subjectId, label }
  return { ...ref, id: newId(), mayOwe: kind === 'OUTSIDE', lineCount: 0n, balance: 0n }
}

/**
 * Waits for the turn of this territory's chains, as `takeTurn` does, then answers the last link and
 * the accounts about these subjects with what each holds, in one trip.
 */
export async function takeLedgerTurn(
  tx: Tx,
  territoryId: string,
  { book, subjectIds }: { book: Book; subjectIds: string[] },
): Promise<{ last: { seq: bigint; hash: string } | undefined; accounts: Account[] }> {
  const { rows } = await sql<TurnRow>`
    select * from take_ledger_turn(${territoryId}, ${book}, array[${sql.join(subjectIds)}]::uuid[])`.execute(
    tx,
  )
  const [first] = rows
  const last = first?.lastSeq != null && first.lastHash != null
  return {
    last: last ? { seq: first.lastSeq, hash: first.lastHash } : undefined,
    accounts: rows.flatMap((row) => (row.id === null ? [] : accountOf({ ...row, book }))),
  }
}

type TurnRow = AccountRow & { id: string | null } & (
    | { lastSeq: bigint; lastHash: string }
    | { lastSeq: null; lastHash: null }
  )

export async function accountsOfCampaign(
  tx: Tx,
  territoryId: string,
  campaignId: string,
): Promise<Account[]> {
  const rows = await accounts(tx, territoryId)
    .where('a.campaignId', '=', campaignId)
    .orderBy('a.book', 'desc')
    .orderBy('a.kind')
    .orderBy('a.label')
    .orderBy('a.id')
    .execute()
  return rows.map(accountOf)
}

/** What a subject's account of one kind holds, inside a question about that subject; null where it has none. */
export function heldBy({
  territoryId,
  subjectId,
  kind,
}: Record<'territoryId' | 'subjectId' | 'kind', Expression<string>>): RawBuilder<bigint | null> {
  return sql`(select l.balance_after
    from ledger_accounts a join ledger_lines l on l.territory_id = a.territory_id and l.account_id = a.id
    where a.territory_id = ${territoryId} and a.subject_id = ${subjectId} and a.kind = ${kind}
    order by l.account_rank desc limit 1)`
}

function accounts(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('ledgerAccounts as a')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('ledgerLines as l')
          .select(['l.accountRank', 'l.balanceAfter'])
          .whereRef('l.territoryId', '=', 'a.territoryId')
          .whereRef('l.accountId', '=', 'a.id')
          .orderBy('l.accountRank', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select(['a.id', 'a.book', 'a.kind', 'a.campaignId', 'a.subjectId', 'a.label', 'a.mayOwe'])
    .select(['last.accountRank', 'last.balanceAfter'])
    .where('a.territoryId', '=', territoryId)
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof accounts>['execute']>>[number]

function accountOf({ accountRank, balanceAfter, ...row }: AccountRow): Account {
  return {
    ...row,
    book: row.book as Book,
    kind: row.kind as AccountKind,
    lineCount: accountRank ?? 0n,
    balance: balanceAfter ?? 0n,
  }
}

/** The accounts that it opens, the entry and its lines, in one statement. */
export async function insertEntry(
  tx: Tx,
  entry: Entry & { previousHash: string; hash: string },
  { opened, lines }: { opened: Account[]; lines: Line<Account>[] },
): Promise<void> {
  const ring = ringOf(lines)
  const rows = lines.map(({ account, amount }, index) => ({
    territoryId: entry.territoryId,
    entryId: entry.id,
    rank: index + 1,
    book: entry.book,
    accountId: account.id,
    mayOwe: account.mayOwe,
    amount,
    accountRank: account.lineCount + 1n,
    previousRank: account.lineCount === 0n ? null : account.lineCount,
    balanceBefore: account.balance,
    balanceAfter: account.balance + amount,
    ...ring[index],
  }))
  const writing = tx.with('entry', (to) => to.insertInto('ledgerEntries').values(entry))
  if (opened.length === 0) {
    await writeUnread(tx, writing.insertInto('ledgerLines').values(rows))
    return
  }
  const accounts = opened.map(({ lineCount: _lines, balance: _balance, ...account }) => ({
    territoryId: entry.territoryId,
    ...account,
  }))
  await writeUnread(
    tx,
    writing
      .with('opened', (to) => to.insertInto('ledgerAccounts').values(accounts))
      .insertInto('ledgerLines')
      .values(rows),
  )
}

export async function entryById(tx: Tx, territoryId: string, id: string) {
  return tx
    .selectFrom('ledgerEntries')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function isReversed(tx: Tx, territoryId: string, entryId: string): Promise<boolean> {
  const reversal = await tx
    .selectFrom('ledgerEntries')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('reversesId', '=', entryId)
    .executeTakeFirst()
  return reversal !== undefined
}

export type RecordedLine = Awaited<ReturnType<typeof linesOfEntries>>[number]

/** The lines of these entries with what each is about, in the order written. */
export async function linesOfEntries(tx: Tx, territoryId: string, entryIds: string[]) {
  if (entryIds.length === 0) return []
  return selectLines(tx, territoryId)
    .select(['l.rank', 'l.accountId', 'l.balanceBefore', 'l.balanceAfter', 'l.accountRank'])
    .select('a.book')
    .where('l.entryId', 'in', entryIds)
    .execute()
}

/** What the chain seals of the lines of a whole stretch, its first and last entry included. */
export async function sealedLines(
  tx: Tx,
  territoryId: string,
  { from, to }: { from: bigint; to: bigint },
) {
  return selectLines(tx, territoryId)
    .innerJoin('ledgerEntries as e', (join) =>
      join.onRef('e.territoryId', '=', 'l.territoryId').onRef('e.id', '=', 'l.entryId'),
    )
    .where('e.seq', '>=', from)
    .where('e.seq', '<=', to)
    .execute()
}

function selectLines(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('ledgerLines as l')
    .innerJoin('ledgerAccounts as a', (join) =>
      join.onRef('a.territoryId', '=', 'l.territoryId').onRef('a.id', '=', 'l.accountId'),
    )
    .select(['l.entryId', 'l.amount', 'a.kind', 'a.campaignId', 'a.subjectId', 'a.label'])
    .where('l.territoryId', '=', territoryId)
    .orderBy('l.entryId')
    .orderBy('l.rank')
}

/** The entries that moved something in a campaign, in the order written. */
export async function entriesOfCampaign(tx: Tx, territoryId: string, campaignId: string) {
  return tx
    .selectFrom('ledgerEntries as e')
    .select(['e.id', 'e.seq', 'e.day', 'e.reason', 'e.hash'])
    .where('e.territoryId', '=', territoryId)
    .where('e.id', 'in', (from) =>
      from
        .selectFrom('ledgerLines as l')
        .innerJoin('ledgerAccounts as a', (join) =>
          join.onRef('a.territoryId', '=', 'l.territoryId').onRef('a.id', '=', 'l.accountId'),
        )
        .select('l.entryId')
        .where('l.territoryId', '=', territoryId)
        .where('a.campaignId', '=', campaignId),
    )
    .orderBy('e.seq')
    .execute()
}

/** The next entries of the chain, a page at a time so that memory stays flat. */
export async function entriesAfter(tx: Tx, territoryId: string, seq: bigint, limit: number) {
  return tx
    .selectFrom('ledgerEntries')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

export async function balanceOf(
  tx: Tx,
  territoryId: string,
  ref: Omit<AccountRef, 'label'>,
): Promise<bigint> {
  const row = await accounts(tx, territoryId)
    .where('a.book', '=', ref.book)
    .where('a.kind', '=', ref.kind)
    .where('a.campaignId', '=', ref.campaignId)
    .where('a.subjectId', '=', ref.subjectId)
    .executeTakeFirst()
  return row?.balanceAfter ?? 0n
}

/** What all accounts of this kind hold together. */
export async function totalOf(
  tx: Tx,
  territoryId: string,
  campaignId: string,
  book: Book,
  kind: AccountKind,
): Promise<bigint> {
  const { total } = await tx
    .selectFrom(accounts(tx, territoryId).as('held'))
    .select(sql<string>`coalesce(sum(balance_after), 0)`.as('total'))
    .where('held.campaignId', '=', campaignId)
    .where('held.book', '=', book)
    .where('held.kind', '=', kind)
    .executeTakeFirstOrThrow()
  return BigInt(total)
}

/** Entries whose lines do not cancel out, accounts whose thread does not add up. */
export async function faultySums(tx: Tx, territoryId: string): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    select 'ledger entry ' || seq || ' has lines that do not cancel out, or none' as fault
    from ledger_entries e
    where territory_id = ${territoryId}
      and coalesce((select sum(amount) from ledger_lines l
                    where l.territory_id = e.territory_id and l.entry_id = e.id), 1) <> 0
    union all
    select 'account ' || a.kind || ' of ' || a.label || ' (' || a.id || ') holds ' || t.last
           || ' and its lines add up to ' || t.total
    from ledger_accounts a
    join lateral (
      select coalesce(sum(amount), 0) as total, count(*) as lines,
             coalesce(max(account_rank), 0) as last_rank,
             coalesce((array_agg(balance_after order by account_rank desc))[1], 0) as last,
             coalesce(min(balance_after), 0) as least
      from ledger_lines l where l.territory_id = a.territory_id and l.account_id = a.id
    ) t on true
    where a.territory_id = ${territoryId}
      and (t.total <> t.last or t.lines <> t.last_rank or (t.least < 0 and a.kind <> 'OUTSIDE'))`.execute(
    tx,
  )
  return rows.map(({ fault }) => fault)
}
