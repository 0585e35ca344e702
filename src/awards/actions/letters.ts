import { type Proposal, scenarioOf } from '#allocation'
import { depositedApplications } from '#applications'
import type { Campaign } from '#campaigns'
import { noticeDraftsPdf } from '#documents'
import { cents } from '#kit'
import { found, type Place } from '#people'
import { sayIn } from '#platform'
import { issuerOf, noticeFrom, reasonsFor } from '../papers.ts'

/** Each letter as it would leave if the council voted what is proposed: reasons and the mention included. */
export async function drawLetterDrafts(
  place: Place,
  campaign: Campaign,
  proposal: Proposal,
): Promise<Uint8Array> {
  const { tx, now } = place
  const scenario = await scenarioOf(tx, campaign, proposal.scenarioId)
  const deposited = await depositedApplications(tx, campaign)
  const deliberation = {
    number: sayIn('fr')('awards:draft.numberToCome'),
    heldOn: campaign.councilOn,
  }
  const letters = []
  for (const line of proposal.lines) {
    const isAdopted = line.cashCents > 0n || line.hours.length > 0
    const award = { ...line, isAdopted, cashCents: cents(line.cashCents), executoryOn: undefined }
    const request = found(deposited.find(({ id }) => id === line.applicationId))
    const reasons = reasonsFor(award, scenario)
    letters.push(await noticeFrom(place, campaign, deliberation, { award, request, reasons }))
  }
  return noticeDraftsPdf(await issuerOf(place), letters, now)
}
