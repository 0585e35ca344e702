import { sql } from 'kysely'
import type { Tx, Typed } from '#platform'

type Key = { territoryId: string; applicationId: string; personId: string }

export function selectDraft(tx: Tx, key: Key) {
  return tx
    .selectFrom('reviewDrafts')
    .select(sql<Typed>`typed`.as('typed'))
    .where('territoryId', '=', key.territoryId)
    .where('applicationId', '=', key.applicationId)
    .where('personId', '=', key.personId)
}

/** The newest words replace the earlier ones; nothing typed is no draft. */
export async function saveDraftOf(
  tx: Tx,
  key: Key,
  draft: { typed: Typed; at: Date },
): Promise<void> {
  if (Object.keys(draft.typed).length === 0) {
    await tx
      .deleteFrom('reviewDrafts')
      .where('territoryId', '=', key.territoryId)
      .where('applicationId', '=', key.applicationId)
      .where('personId', '=', key.personId)
      .execute()
    return
  }
  const row = { typed: JSON.stringify(draft.typed), savedAt: draft.at }
  await tx
    .insertInto('reviewDrafts')
    .values({ ...key, ...row })
    .onConflict((conflict) =>
      conflict.columns(['territoryId', 'applicationId', 'personId']).doUpdateSet(row),
    )
    .execute()
}
