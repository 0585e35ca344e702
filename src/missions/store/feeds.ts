import type { Day } from '#kit'
import { newId } from '#kit'
import type { Role } from '#people'
import type { Tx } from '#platform'

type Owner = { territoryId: string; personId: string }

/** A new address; the one before opens no more. */
export async function replaceFeed(
  tx: Tx,
  owner: Owner,
  { secretSha256, at }: { secretSha256: string; at: Date },
): Promise<void> {
  await revokeFeed(tx, owner, at)
  await tx
    .insertInto('calendarFeeds')
    .values({ ...owner, id: newId(), secretSha256, madeAt: at })
    .execute()
}

/** Whether there was one to revoke. */
export async function revokeFeed(tx: Tx, owner: Owner, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calendarFeeds')
    .set({ revokedAt: at })
    .where('territoryId', '=', owner.territoryId)
    .where('personId', '=', owner.personId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function feedMadeAt(tx: Tx, owner: Owner): Promise<Date | undefined> {
  const feed = await tx
    .selectFrom('calendarFeeds')
    .select('madeAt')
    .where('territoryId', '=', owner.territoryId)
    .where('personId', '=', owner.personId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
  return feed?.madeAt
}

/** Whose calendar a secret opens; nobody's once revoked. */
export async function ownerOfFeed(
  tx: Tx,
  territoryId: string,
  secretSha256: string,
): Promise<string | undefined> {
  const feed = await tx
    .selectFrom('calendarFeeds')
    .select('personId')
    .where('territoryId', '=', territoryId)
    .where('secretSha256', '=', secretSha256)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
  return feed?.personId
}

/** In whose name the person may answer that day: a calendar is read without signing in. */
export async function seatsOfPerson(
  tx: Tx,
  personId: string,
  today: Day,
): Promise<{ organisationId: string; role: Role }[]> {
  const rows = await tx
    .selectFrom('memberships')
    .select(['organisationId', 'role'])
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .where((where) =>
      where.or([
        where('mandateUntil', 'is', null),
        where.and([where('mandateFrom', '<=', today), where('mandateUntil', '>=', today)]),
      ]),
    )
    .execute()
  return rows.map(({ organisationId, role }) => ({ organisationId, role: role as Role }))
}
