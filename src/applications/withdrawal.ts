import { note } from '#journal'
import { type Refusal, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, type Place } from '#people'
import { ownApplicationToWrite } from './access.ts'
import { campaignOf } from './actions.ts'
import type { Application } from './rules.ts'
import { insertWithdrawal } from './store.ts'

/** Signs that a reason may hold. */
const REASON_MOST = 2_000

/** The association asks for nothing any more: its file stays to be read, and counts nowhere. */
export async function withdrawApplication(
  place: Place,
  id: string,
  { reason }: { reason: string },
): Promise<{ id: string } | Refused> {
  const application = await ownApplicationToWrite(place, id, ['association.representative'])
  if (application.withdrawnAt) return { id }
  const campaign = await campaignOf(place, application)
  const refusals = refusalsToWithdraw(application, campaign.state, reason)
  if (refusals.length > 0 || !application.deposit) return { refusals }
  const { number } = application.deposit
  const withdrawn = { reason: reason.trim(), at: place.now, personId: actorOf(place).personId }
  await insertWithdrawal(place.tx, { territoryId: place.territory.id, id }, withdrawn)
  const details = { number, reason: withdrawn.reason }
  await note(place.tx, { ...deed(place), action: 'application.withdrawn', subjectId: id, details })
  const values = { number, association: application.association.name }
  const { organisationId } = place.territory
  const agents = { organisationId, role: 'municipality.agent' } as const
  await tell(place, agents, 'applications:mail.withdrawn', values)
  return { id }
}

/** Until the council deliberates; from then on the commune is told in writing, by other means. */
export function mayWithdraw({ deposit, withdrawnAt }: Application, state: string): boolean {
  return deposit !== undefined && !withdrawnAt && ['applying', 'reviewing'].includes(state)
}

function refusalsToWithdraw(application: Application, state: string, reason: string): Refusal[] {
  if (!application.deposit) return [refusal('applications:refused.notDeposited')]
  if (!mayWithdraw(application, state)) return [refusal('applications:refused.tooLateToWithdraw')]
  const count = reason.trim().length
  return count > REASON_MOST
    ? [refusal('applications:refused.tooLong', { field: 'reason', most: REASON_MOST, count })]
    : []
}
