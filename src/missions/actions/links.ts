import { randomBytes } from 'node:crypto'
import { newId } from '#kit'
import type { Place } from '#people'
import { sha256 } from '#platform'
import { LINK_DAYS } from '../rules/index.ts'
import { insertLink } from '../store/index.ts'

const SECRET_BYTES = 32
const DAY_MILLISECONDS = 24 * 3600 * 1000

export type Recipient = { id: string; name: string; email: string }

/** The secret of a new link: it is in the mail alone, the house keeps its digest. */
export async function makeLink(
  { tx, territory, now }: Pick<Place, 'tx' | 'now'> & { territory: { id: string } },
  of: { missionId: string | null; associationId: string | null; to: Recipient },
): Promise<string> {
  const { to, missionId, associationId } = of
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  await insertLink(tx, territory.id, {
    id: newId(),
    missionId,
    associationId,
    secretSha256: sha256(secret),
    recipient: to.email,
    recipientName: to.name,
    recipientId: to.id,
    madeAt: now,
    expiresAt: new Date(now.getTime() + LINK_DAYS * DAY_MILLISECONDS),
  })
  return secret
}
