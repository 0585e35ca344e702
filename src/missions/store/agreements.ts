import type { Tx } from '#platform'
import type { Agreement, Mission } from '../rules/index.ts'

/** Replaces what was prepared before, as long as it had not taken effect. */
export async function saveAgreement(
  tx: Tx,
  { territoryId, id, shared }: Mission,
  agreement: Omit<Agreement, 'effectiveAt'> & { at: Date },
): Promise<void> {
  const { at, ...rest } = agreement
  const leadMissionId = shared?.[0]?.id ?? null
  const prepared = { ...rest, leadMissionId, preparedAt: at }
  await tx
    .insertInto('missionAgreements')
    .values({ territoryId, missionId: id, ...prepared })
    .onConflict((conflict) =>
      conflict
        .columns(['territoryId', 'missionId'])
        .doUpdateSet(prepared)
        .where('missionAgreements.effectiveAt', 'is', null),
    )
    .execute()
}

export async function setEffective(tx: Tx, { territoryId, id }: Mission, at: Date): Promise<void> {
  await tx
    .updateTable('missionAgreements')
    .set({ effectiveAt: at })
    .where('territoryId', '=', territoryId)
    .where('missionId', '=', id)
    .where('effectiveAt', 'is', null)
    .execute()
}
