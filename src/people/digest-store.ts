import { journalHead } from '#journal'
import { addDays, type Day, dayOf } from '#kit'
import {
  type Db,
  GENESIS,
  inTerritory,
  linkHash,
  merkleRoot,
  type Tx,
  takeTurn,
  tryAgain,
} from '#platform'
import { allTerritories } from './store.ts'

/** Where the two chains of a commune stood on the night after that day. */
export type Digest = {
  day: Day
  journalSeq: bigint
  journalHash: string
  ledgerSeq: bigint
  ledgerHash: string
  /** Root of the tree of the entries since the digest before; digests of earlier versions have none. */
  ledgerRoot: string | null
  sealedAt: Date
  digest: string
}

/** Each night, the day that ends: every commune once, however often this runs. */
export async function sealYesterday(db: Db, now: Date): Promise<void> {
  for (const { id: territoryId } of await allTerritories(db))
    await tryAgain(() => inTerritory(db, { territoryId }, (tx) => sealDay(tx, territoryId, now)))
}

async function sealDay(tx: Tx, territoryId: string, now: Date): Promise<void> {
  await takeTurn(tx, territoryId)
  const day = addDays(dayOf(now), -1)
  const [last] = await digestsOf(tx, territoryId, 1)
  // A calendar that went back seals nothing: the next day will.
  if (last && last.day >= day) return
  const journal = await journalHead(tx, territoryId)
  const ledger = await ledgerHead(tx, territoryId)
  const row = {
    territoryId,
    day,
    journalSeq: journal.seq,
    journalHash: journal.hash,
    ledgerSeq: ledger.seq,
    ledgerHash: ledger.hash,
    ledgerRoot: await rootUpTo(tx, territoryId, ledger.seq),
    sealedAt: now,
  }
  const previousDigest = last?.digest ?? GENESIS
  const digest = linkHash(previousDigest, sealedDigest(row))
  await tx
    .insertInto('journalDigests')
    .values({ ...row, previousDigest, digest })
    .execute()
}

/** What a digest seals: those from before the trees keep the content that they had. */
export function sealedDigest<Row extends { ledgerRoot: string | null }>({
  ledgerRoot,
  ...row
}: Row) {
  return ledgerRoot === null ? row : { ...row, ledgerRoot }
}

async function rootUpTo(tx: Tx, territoryId: string, toSeq: bigint): Promise<string> {
  const last = await tx
    .selectFrom('journalDigests')
    .select('ledgerSeq')
    .where('territoryId', '=', territoryId)
    .where('ledgerRoot', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  const fromSeq = last?.ledgerSeq ?? 0n
  return merkleRoot(await entryHashes(tx, territoryId, { fromSeq, toSeq }))
}

/** The leaves of a tree: the hashes of the entries after the first number, up to the second. */
export async function entryHashes(
  tx: Tx,
  territoryId: string,
  { fromSeq, toSeq }: { fromSeq: bigint; toSeq: bigint },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('ledgerEntries')
    .select('hash')
    .where('territoryId', '=', territoryId)
    .where('seq', '>', fromSeq)
    .where('seq', '<=', toSeq)
    .orderBy('seq')
    .execute()
  return rows.map(({ hash }) => hash)
}

/** From the first digest whose tree holds this entry to the latest, in order; where that tree starts. */
export async function digestsSealing(
  tx: Tx,
  territoryId: string,
  seq: bigint,
): Promise<{ fromSeq: bigint; digests: (Digest & { previousDigest: string })[] }> {
  const rows = await tx
    .selectFrom('journalDigests')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .orderBy('day')
    .execute()
  const first = rows.findIndex(
    ({ ledgerRoot, ledgerSeq }) => ledgerRoot !== null && ledgerSeq >= seq,
  )
  const before = rows.slice(0, Math.max(first, 0)).findLast(({ ledgerRoot }) => ledgerRoot !== null)
  const digests = first < 0 ? [] : rows.slice(first).map((row) => ({ ...row, day: row.day as Day }))
  return { fromSeq: before?.ledgerSeq ?? 0n, digests }
}

/** The latest first. */
export async function digestsOf(tx: Tx, territoryId: string, most: number): Promise<Digest[]> {
  const rows = await tx
    .selectFrom('journalDigests')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .orderBy('day', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({ ...row, day: row.day as Day }))
}

async function ledgerHead(tx: Tx, territoryId: string): Promise<{ seq: bigint; hash: string }> {
  const last = await tx
    .selectFrom('ledgerEntries')
    .select(['seq', 'hash'])
    .where('territoryId', '=', territoryId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { seq: 0n, hash: GENESIS }
}

/** Each night where a chain no longer passes through the place it was seen at, named by its day. */
export async function digestFaults(tx: Tx, territoryId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('journalDigests as d')
    .leftJoin('journal as j', (join) =>
      join
        .onRef('j.territoryId', '=', 'd.territoryId')
        .onRef('j.seq', '=', 'd.journalSeq')
        .onRef('j.hash', '=', 'd.journalHash'),
    )
    .leftJoin('ledgerEntries as l', (join) =>
      join
        .onRef('l.territoryId', '=', 'd.territoryId')
        .onRef('l.seq', '=', 'd.ledgerSeq')
        .onRef('l.hash', '=', 'd.ledgerHash'),
    )
    .selectAll('d')
    .select(['j.seq as journalFound', 'l.seq as ledgerFound'])
    .where('d.territoryId', '=', territoryId)
    .orderBy('d.day')
    .execute()
  const faults: string[] = []
  let previous = GENESIS
  let fromSeq = 0n
  for (const { journalFound, ledgerFound, digest, previousDigest, ...row } of rows) {
    if (previousDigest !== previous || digest !== linkHash(previous, sealedDigest(row)))
      faults.push(`digest of ${row.day} does not fit in the chain`)
    if (row.ledgerRoot !== null) {
      const leaves = await entryHashes(tx, territoryId, { fromSeq, toSeq: row.ledgerSeq })
      if (merkleRoot(leaves) !== row.ledgerRoot)
        faults.push(`ledger entries up to ${row.ledgerSeq} are not those sealed on ${row.day}`)
      fromSeq = row.ledgerSeq
    }
    if (row.journalSeq > 0n && journalFound === null)
      faults.push(`journal row ${row.journalSeq} is not the one sealed on ${row.day}`)
    if (row.ledgerSeq > 0n && ledgerFound === null)
      faults.push(`ledger entry ${row.ledgerSeq} is not the one sealed on ${row.day}`)
    previous = digest
  }
  return faults
}
