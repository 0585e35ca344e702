import { sql } from 'kysely'
import type { Tx } from '#platform'

/** What a reviewer had given before they gave it again. */
export type Revision = {
  reviewerId: string
  marks: Record<string, number>
  comment: string
  gridVersion: number
  givenAt: Date
  reason: string
  revisedAt: Date
}

export function selectRevisions(tx: Tx, territoryId: string, applicationId: string) {
  return tx
    .selectFrom('markRevisions')
    .select(['reviewerId', 'comment', 'gridVersion', 'givenAt', 'reason', 'revisedAt'])
    .select(sql<Record<string, number>>`marks`.as('marks'))
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', applicationId)
    .orderBy('reviewerId')
    .orderBy('rank')
}

export async function insertRevision(
  tx: Tx,
  key: { territoryId: string; applicationId: string },
  revision: Revision & { nextGridVersion: number },
): Promise<void> {
  const { past } = await tx
    .selectFrom('markRevisions')
    .select((select) => select.fn.max('rank').as('past'))
    .where('territoryId', '=', key.territoryId)
    .where('applicationId', '=', key.applicationId)
    .where('reviewerId', '=', revision.reviewerId)
    .executeTakeFirstOrThrow()
  const row = { ...key, ...revision, marks: JSON.stringify(revision.marks) }
  await tx
    .insertInto('markRevisions')
    .values({ ...row, rank: (past ?? 0) + 1 })
    .execute()
}
