import type { Tx } from '#platform'

export type AbsenceLink = {
  id: string
  missionId: string
  employeeId: string
  managerId: string
}

export async function insertAbsenceLink(
  tx: Tx,
  link: AbsenceLink & { territoryId: string; secretSha256: string; madeAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.insertInto('absenceLinks').values(link).execute()
}

/** Only a living link: one too old and one that never was look the same from outside. */
export async function livingAbsenceLink(
  tx: Tx,
  territoryId: string,
  { secretSha256, now }: { secretSha256: string; now: Date },
): Promise<AbsenceLink | undefined> {
  return tx
    .selectFrom('absenceLinks')
    .select(['id', 'missionId', 'employeeId', 'managerId'])
    .where('territoryId', '=', territoryId)
    .where('secretSha256', '=', secretSha256)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
}
