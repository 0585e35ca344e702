import { type Campaign, envelopesOf } from '#campaigns'
import { note } from '#journal'
import type { Refused } from '#kit'
import { actorOf, deed, organisationById, organisationOf, type Place } from '#people'
import { queueCheck } from './cerfa/registry/check.ts'
import { earlierFileOf, takeOver } from './reuse.ts'
import { refusalsForCalendar } from './rules.ts'
import { insertApplication } from './store.ts'

/**
 * Opens the association's file of the season, or answers the one that is open already. `reuses`: it
 * begins with what the association said in its last one.
 */
export async function startApplication(
  place: Place,
  campaign: Campaign,
  { reuses = false }: { reuses?: boolean } = {},
): Promise<{ id: string } | Refused> {
  const refusals = refusalsForCalendar({ campaign, today: place.today })
  if (refusals.length > 0) return { refusals }
  const [only, ...others] = await envelopesOf(place.tx, campaign)
  const { id, isNew } = await insertApplication(place.tx, campaign, {
    associationId: organisationOf(place).id,
    envelopeId: only && others.length === 0 ? only.id : null,
    at: place.now,
    personId: actorOf(place).personId,
  })
  if (!isNew) return { id }
  await note(place.tx, { ...deed(place), action: 'application.started', subjectId: id })
  const associationId = organisationOf(place).id
  const card = await organisationById(place.tx, associationId)
  const identifier = card?.siret ?? card?.rna
  if (identifier) await queueCheck(place, id, identifier)
  const earlier = reuses ? await earlierFileOf(place.tx, campaign, associationId) : undefined
  if (earlier) await takeOver(place, id, { campaign, earlier })
  return { id }
}
