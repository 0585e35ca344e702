import type { Tx } from '#platform'

export type Link = {
  id: string
  /** One mission, or everything that waits for one association. */
  missionId: string | null
  associationId: string | null
  recipient: string
  recipientName: string
  recipientId: string | null
  madeAt: Date
  expiresAt: Date
}

export async function insertLink(
  tx: Tx,
  territoryId: string,
  link: Link & { secretSha256: string },
): Promise<void> {
  await tx
    .insertInto('confirmationLinks')
    .values({ territoryId, ...link })
    .execute()
}

/** Only a living link: one too old and one that never was look the same from outside. */
export async function livingLink(
  tx: Tx,
  territoryId: string,
  { secretSha256, now }: { secretSha256: string; now: Date },
): Promise<Link | undefined> {
  return linkRows(tx, territoryId)
    .where('secretSha256', '=', secretSha256)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
}

/** Living or not: whoever has an old one may ask for another, at the same mailbox. */
export async function linkBySecret(
  tx: Tx,
  territoryId: string,
  secretSha256: string,
): Promise<Link | undefined> {
  return linkRows(tx, territoryId).where('secretSha256', '=', secretSha256).executeTakeFirst()
}

/** When a link for this mission, or for this mailbox, last left. */
export async function lastLinkMadeAt(
  tx: Tx,
  territoryId: string,
  of: { missionId: string } | { recipient: string },
): Promise<Date | undefined> {
  const all = linkRows(tx, territoryId)
  const asked =
    'missionId' in of
      ? all.where('missionId', '=', of.missionId)
      : all.where('recipient', '=', of.recipient)
  return (await asked.orderBy('madeAt', 'desc').limit(1).executeTakeFirst())?.madeAt
}

function linkRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('confirmationLinks')
    .select(['id', 'missionId', 'associationId', 'recipient', 'recipientName', 'recipientId'])
    .select(['madeAt', 'expiresAt'])
    .where('territoryId', '=', territoryId)
}
