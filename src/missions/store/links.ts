import type { Tx } from '#platform'
import type { Mission } from '../rules/index.ts'

export type Link = {
  id: string
  missionId: string
  recipientName: string
  expiresAt: Date
}

export async function insertLink(
  tx: Tx,
  { territoryId, id }: Mission,
  link: {
    id: string
    secretSha256: string
    recipient: string
    recipientName: string
    madeAt: Date
    expiresAt: Date
  },
): Promise<void> {
  await tx
    .insertInto('confirmationLinks')
    .values({ territoryId, missionId: id, ...link })
    .execute()
}

/** Only a living link: one too old and one that never was look the same from outside. */
export async function livingLink(
  tx: Tx,
  territoryId: string,
  { secretSha256, now }: { secretSha256: string; now: Date },
): Promise<Link | undefined> {
  return tx
    .selectFrom('confirmationLinks')
    .select(['id', 'missionId', 'recipientName', 'expiresAt'])
    .where('territoryId', '=', territoryId)
    .where('secretSha256', '=', secretSha256)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
}

export async function lastLinkMadeAt(
  tx: Tx,
  { territoryId, id }: Mission,
): Promise<Date | undefined> {
  const last = await tx
    .selectFrom('confirmationLinks')
    .select('madeAt')
    .where('territoryId', '=', territoryId)
    .where('missionId', '=', id)
    .orderBy('madeAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.madeAt
}
