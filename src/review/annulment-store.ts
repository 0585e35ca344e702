import { sql } from 'kysely'
import { newId } from '#kit'
import type { Tx } from '#platform'
import type { Annulment, Finding } from './annulment.ts'
import { checkFromRow } from './store.ts'

/** Every finding on this file, the newest first, those that were annulled too. */
export async function findingsOf(
  tx: Tx,
  key: { territoryId: string; applicationId: string },
): Promise<Finding[]> {
  const rows = await tx
    .selectFrom('eligibilityChecks')
    .selectAll()
    .where('territoryId', '=', key.territoryId)
    .where('applicationId', '=', key.applicationId)
    .orderBy('checkedAt', 'desc')
    .orderBy('rank', 'desc')
    .execute()
  const asked = await tx
    .selectFrom('annulmentRequests as q')
    .leftJoin('annulmentAnswers as w', (join) =>
      join.onRef('w.territoryId', '=', 'q.territoryId').onRef('w.requestId', '=', 'q.id'),
    )
    .select(['q.id', 'q.subject', 'q.rank', 'q.reason', 'q.askedBy', 'q.askedAt'])
    .select(['w.isAnnulled', 'w.answeredAt'])
    .where('q.territoryId', '=', key.territoryId)
    .where('q.applicationId', '=', key.applicationId)
    .orderBy('q.askedAt')
    .orderBy('q.id')
    .execute()
  const latest = new Map(asked.map((row) => [`${row.subject} ${row.rank}`, annulmentFrom(row)]))
  return rows.map((row) => ({
    ...checkFromRow(row),
    rank: row.rank,
    annulment: latest.get(`${row.subject} ${row.rank}`),
  }))
}

type AskedRow = Omit<Annulment, 'answer'> & { isAnnulled: boolean | null; answeredAt: Date | null }

function annulmentFrom({ id, reason, askedBy, askedAt, isAnnulled, answeredAt }: AskedRow) {
  const answer =
    isAnnulled === null || answeredAt === null ? undefined : { isAnnulled, at: answeredAt }
  return { id, reason, askedBy, askedAt, answer }
}

export async function insertAnnulmentRequest(
  tx: Tx,
  key: { territoryId: string; applicationId: string; subject: string; rank: number },
  asked: { reason: string; askedBy: string; askedAt: Date },
): Promise<void> {
  await tx
    .insertInto('annulmentRequests')
    .values({ ...key, ...asked, id: newId() })
    .execute()
}

export async function insertAnnulmentAnswer(
  tx: Tx,
  row: {
    territoryId: string
    requestId: string
    isAnnulled: boolean
    answeredBy: string
    answeredAt: Date
  },
): Promise<void> {
  await tx.insertInto('annulmentAnswers').values(row).execute()
}

/** The files on which an administrator's second look is awaited. */
export async function annulmentsAwaited(tx: Tx, territoryId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('annulmentRequests as q')
    .select('q.applicationId')
    .where('q.territoryId', '=', territoryId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('annulmentAnswers as w')
            .select(sql.lit(1).as('one'))
            .whereRef('w.territoryId', '=', 'q.territoryId')
            .whereRef('w.requestId', '=', 'q.id'),
        ),
      ),
    )
    .orderBy('q.askedAt')
    .execute()
  return rows.map(({ applicationId }) => applicationId)
}
