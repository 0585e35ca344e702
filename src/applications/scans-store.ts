import type { Tx } from '#platform'

type Key = { territoryId: string; id: string }

/** Answers whether this is news: two workers may ask at once. */
export async function insertScan(
  tx: Tx,
  { territoryId, id: pieceId }: Key,
  scan: { outcome: 'clean' | 'infected'; virus: string; at: Date },
): Promise<boolean> {
  const { outcome, virus, at: scannedAt } = scan
  const made = await tx
    .insertInto('pieceScans')
    .values({ territoryId, pieceId, outcome, virus, scannedAt })
    .onConflict((conflict) => conflict.columns(['territoryId', 'pieceId']).doNothing())
    .returning('pieceId')
    .executeTakeFirst()
  return made !== undefined
}

/** The pieces that the antivirus has not seen, the oldest first. */
export async function waitingPieces(tx: Tx, territoryId: string, most: number) {
  return tx
    .selectFrom('applicationPieces as p')
    .innerJoin('applications as a', (join) =>
      join.onRef('a.territoryId', '=', 'p.territoryId').onRef('a.id', '=', 'p.applicationId'),
    )
    .leftJoin('pieceScans as s', (join) =>
      join.onRef('s.territoryId', '=', 'p.territoryId').onRef('s.pieceId', '=', 'p.id'),
    )
    .leftJoin('people as o', 'o.id', 'p.addedBy')
    .select(['p.id', 'p.applicationId', 'p.fileName', 'o.name', 'o.email', 'o.language'])
    .where('p.territoryId', '=', territoryId)
    .where('s.pieceId', 'is', null)
    .orderBy('p.addedAt')
    .limit(most)
    .execute()
}
