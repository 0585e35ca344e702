import type { Tx } from '#platform'

export type InvitedCompany = { siren: string; invitedBy: string; invitedAt: Date }

export async function saveInvited(
  tx: Tx,
  territoryId: string,
  { siren, ...by }: InvitedCompany,
): Promise<void> {
  await tx
    .insertInto('invitedCompanies')
    .values({ territoryId, siren, ...by })
    .onConflict((conflict) => conflict.columns(['territoryId', 'siren']).doUpdateSet(by))
    .execute()
}

export async function deleteInvited(tx: Tx, territoryId: string, siren: string): Promise<void> {
  await tx
    .deleteFrom('invitedCompanies')
    .where('territoryId', '=', territoryId)
    .where('siren', '=', siren)
    .execute()
}

/** By SIREN. */
export async function invitedCompanies(
  tx: Tx,
  territoryId: string,
): Promise<Map<string, InvitedCompany>> {
  const rows = await tx
    .selectFrom('invitedCompanies')
    .select(['siren', 'invitedBy', 'invitedAt'])
    .where('territoryId', '=', territoryId)
    .execute()
  return new Map(rows.map((row) => [row.siren, row]))
}
