import { sql } from 'kysely'
import type { Tx } from '#platform'

const DEEDS_SHOWN = 500

/** What was done here in the name of this organisation by people who held a mandate, the latest first. */
export async function deedsByMandate(tx: Tx, territoryId: string, organisationId: string) {
  return tx
    .selectFrom('journal as j')
    .innerJoin('people as p', 'p.id', 'j.personId')
    .select(['j.at', 'j.action', 'p.name'])
    .where('j.territoryId', '=', territoryId)
    .where(sql<boolean>`j.details ->> 'byMandateOf' = ${organisationId}`)
    .orderBy('j.seq', 'desc')
    .limit(DEEDS_SHOWN)
    .execute()
}
