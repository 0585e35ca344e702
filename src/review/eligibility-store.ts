import { sql } from 'kysely'
import { day } from '#kit'
import type { Tx } from '#platform'
import type { HoursCheck, Outcome } from './eligibility.ts'

/** Every reader of findings asks this of each: one that was annulled was never found. */
export function notAnnulled(finding: 'k' | 'eligibility_checks') {
  const of = sql.raw(finding)
  return sql<boolean>`not exists (
    select from annulment_requests q
    join annulment_answers w on w.territory_id = q.territory_id and w.request_id = q.id
    where q.territory_id = ${of}.territory_id and q.application_id = ${of}.application_id
      and q.subject = ${of}.subject and q.rank = ${of}.rank and w.is_annulled)`
}

/** All that was found about the right of these associations to receive hours, oldest first, on any file. */
export async function hoursChecksOf(
  tx: Tx,
  territoryId: string,
  associationIds: string[],
): Promise<Map<string, HoursCheck[]>> {
  if (associationIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('eligibilityChecks as k')
    .innerJoin('applications as a', (join) =>
      join.onRef('a.territoryId', '=', 'k.territoryId').onRef('a.id', '=', 'k.applicationId'),
    )
    .select(['a.associationId', 'k.outcome', 'k.checkedAt', 'k.expiresOn'])
    .where('k.territoryId', '=', territoryId)
    .where('k.subject', '=', 'hours')
    .where(notAnnulled('k'))
    .where('a.associationId', 'in', associationIds)
    .orderBy('k.checkedAt')
    .orderBy('k.rank')
    .execute()
  const checks = rows.map(({ associationId, outcome, checkedAt, expiresOn }) => ({
    associationId,
    outcome: outcome as Outcome,
    checkedAt,
    expiresOn: expiresOn === null ? null : day(expiresOn),
  }))
  return Map.groupBy(checks, ({ associationId }) => associationId)
}
