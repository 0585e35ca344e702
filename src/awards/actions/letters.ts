import { type Proposal, scenarioOf } from '#allocation'
import { depositedApplications } from '#applications'
import type { Campaign } from '#campaigns'
import { noticeDraftsPdf } from '#documents'
import { cents, type Refused, refusal } from '#kit'
import { actorOf, found, type Place } from '#people'
import { sayIn } from '#platform'
import { interestsOf, isRecused, unscoredFor } from '#review'
import { issuerOf, noticeFrom, reasonsFor } from '../papers.ts'

/**
 * Each letter as it would leave if the council voted what is proposed: reasons and the mention included. None of
 * an association that the reader is tied to, nor of a file whose score they may not see yet.
 */
export async function drawLetterDrafts(
  place: Place,
  campaign: Campaign,
  proposal: Proposal,
): Promise<Uint8Array | Refused> {
  const { tx, territory, now } = place
  const { personId } = actorOf(place)
  const interests = await interestsOf(tx, territory.id)
  const unscored = await unscoredFor(place, campaign)
  const lines = proposal.lines.filter(
    ({ associationId: id }) => !unscored.has(id) && !isRecused(interests, personId, id),
  )
  if (lines.length === 0) return { refusals: [refusal('awards:refused.noLetterYet')] }
  const scenario = await scenarioOf(tx, campaign, proposal.scenarioId)
  const deposited = await depositedApplications(tx, campaign)
  const deliberation = {
    number: sayIn('fr')('awards:draft.numberToCome'),
    heldOn: campaign.councilOn,
  }
  const letters = []
  for (const line of lines) {
    const isAdopted = line.cashCents > 0n || line.hours.length > 0
    const award = { ...line, isAdopted, cashCents: cents(line.cashCents), executoryOn: undefined }
    const request = found(deposited.find(({ id }) => id === line.applicationId))
    const reasons = reasonsFor(award, scenario)
    letters.push(await noticeFrom(place, campaign, deliberation, { award, request, reasons }))
  }
  return noticeDraftsPdf(await issuerOf(place), letters, now)
}
