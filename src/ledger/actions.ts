import { type Day, newId } from '#kit'
import { askedOnce, GENESIS, linkHash, type Tx, takeTurn } from '#platform'
import {
  type AccountKind,
  type Book,
  keyOf,
  type Line,
  linesOf,
  type Move,
  Overdraft,
} from './rules.ts'
import type { StatementEntry } from './statement.ts'
import {
  type Account,
  accountsOfCampaign,
  type Entry,
  entriesOfCampaign,
  entryById,
  insertEntry,
  isReversed,
  linesOfEntries,
  newAccount,
  takeLedgerTurn,
} from './store.ts'

export type Posting = {
  territoryId: string
  book: Book
  day: Day
  at: Date
  personId: string | undefined
  /** The deed that moved it: `pledge.confirmed`. */
  reason: string
  subjectId: string
  moves: Move[]
}

/**
 * Writes one entry: what leaves equals what arrives. Opens the accounts that it names. Throws
 * Overdraft, with nothing written, when an account would owe. Called once a fact by its caller,
 * whose own row is unique: the ledger does not know what a repetition is.
 */
export async function post(tx: Tx, { moves, ...posting }: Posting): Promise<{ id: string }> {
  const lines = linesOf(posting.book, moves)
  return write(tx, { ...posting, reversesId: null }, lines)
}

/** Answers an entry by its contrary; throws when that was done already. */
export async function reverse(
  tx: Tx,
  asked: Pick<Posting, 'territoryId' | 'day' | 'at' | 'personId' | 'reason'> & { entryId: string },
): Promise<{ id: string }> {
  const { entryId, ...act } = asked
  await takeTurn(tx, asked.territoryId)
  if (await isReversed(tx, asked.territoryId, entryId))
    throw new Error(`ledger entry ${entryId} was reversed already`)
  const reversed = await entryById(tx, asked.territoryId, entryId)
  if (!reversed) throw new Error(`no ledger entry ${entryId}`)
  const book = reversed.book as Book
  const written = await linesOfEntries(tx, asked.territoryId, [entryId])
  const lines = written.map(({ amount, kind, campaignId, subjectId, label }) => ({
    account: { book, kind: kind as AccountKind, campaignId, subjectId, label },
    amount: -amount,
  }))
  return write(tx, { ...act, book, subjectId: reversed.subjectId, reversesId: entryId }, lines)
}

async function write(
  tx: Tx,
  { personId, ...act }: Omit<Posting, 'moves'> & { reversesId: string | null },
  lines: Line[],
): Promise<{ id: string }> {
  const subjectIds = [...new Set(lines.map(({ account }) => account.subjectId))]
  const asked = { book: act.book, subjectIds }
  const { last, accounts } = await takeLedgerTurn(tx, act.territoryId, asked)
  const { open, opened } = heldAccounts(accounts, lines)
  for (const { account, amount } of open)
    if (!account.mayOwe && account.balance + amount < 0n)
      throw new Overdraft(account, -(account.balance + amount))
  const seq = (last?.seq ?? 0n) + 1n
  const entry: Entry = { ...act, id: newId(), seq, personId: personId ?? null }
  const previousHash = last?.hash ?? GENESIS
  const hash = linkHash(previousHash, sealedContent(entry, open))
  await insertEntry(tx, { ...entry, previousHash, hash }, { opened, lines: open })
  return { id: entry.id }
}

/** What a link of the chain seals: the entry, and each line with what its account is about. */
export function sealedContent(
  { territoryId, id, seq, book, day, at, personId, reason, subjectId, reversesId }: Entry,
  lines: Line<{ kind: string; campaignId: string; subjectId: string; label: string }>[],
) {
  return {
    territoryId,
    id,
    seq,
    book,
    day,
    at,
    personId,
    reason,
    subjectId,
    reversesId,
    lines: lines.map(({ amount, account: { kind, campaignId, subjectId, label } }) => ({
      amount,
      kind,
      campaignId,
      subjectId,
      label,
    })),
  }
}

/**
 * The accounts of these lines with what they hold; those not yet known are opened. No other writer of
 * this territory is at work: what is not there now will not come.
 */
function heldAccounts(
  known: Account[],
  lines: Line[],
): { open: Line<Account>[]; opened: Account[] } {
  const byKey = new Map(known.map((account) => [keyOf(account), account]))
  const missing = lines.map(({ account }) => account).filter((ref) => !byKey.has(keyOf(ref)))
  const opened = missing.map(newAccount)
  for (const account of opened) byKey.set(keyOf(account), account)
  const open = lines.map(({ account, amount }) => {
    const held = byKey.get(keyOf(account))
    if (!held) throw new Error(`account ${keyOf(account)} did not open`)
    return { account: held, amount }
  })
  return { open, opened }
}

export type Balance = Pick<Account, 'id' | 'book' | 'kind' | 'subjectId' | 'label'> & {
  amount: bigint
}

/** What every account of a campaign holds, hours first. */
export async function balances(
  tx: Tx,
  territoryId: string,
  campaignId: string,
): Promise<Balance[]> {
  const held = await askedOnce(tx, `accounts ${campaignId}`, () =>
    accountsOfCampaign(tx, territoryId, campaignId),
  )
  return held.map(({ id, book, kind, subjectId, label, balance }) => ({
    id,
    book,
    kind,
    subjectId,
    label,
    amount: balance,
  }))
}

/** Every entry of a campaign with its lines: for the statement. */
export async function statementOf(
  tx: Tx,
  territoryId: string,
  campaignId: string,
): Promise<StatementEntry[]> {
  const entries = await entriesOfCampaign(tx, territoryId, campaignId)
  const ids = entries.map(({ id }) => id)
  const lines = Map.groupBy(await linesOfEntries(tx, territoryId, ids), ({ entryId }) => entryId)
  return entries.map(({ id, seq, day, reason, hash }) => ({
    seq,
    day: day as Day,
    reason,
    hash,
    lines: (lines.get(id) ?? []).map(({ book, kind, subjectId, label, amount }) => ({
      book: book as Book,
      kind: kind as AccountKind,
      subjectId,
      label,
      amount,
    })),
  }))
}
