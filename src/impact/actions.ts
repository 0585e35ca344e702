import { adoptedAwards } from '#awards'
import type { Campaign } from '#campaigns'
import { note } from '#journal'
import { cents, isRefused, type Refused, refusal, sumCents } from '#kit'
import { actorOf, deed, organisationOf, type Place } from '#people'
import type { Typed } from '#platform'
import { reportFrom } from './rules.ts'
import { insertReport, reportsOf } from './store.ts'

/** The association accounts for its year: written once, a correction is a conversation. */
export async function submitReport(
  place: Place,
  campaign: Campaign,
  typed: Typed,
): Promise<{ id: string } | Refused> {
  const associationId = organisationOf(place).id
  const awards = (await adoptedAwards(place.tx, campaign)).filter(
    (award) => award.associationId === associationId,
  )
  if (awards.length === 0) return { refusals: [refusal('impact:refused.noAward')] }
  const reports = await reportsOf(place.tx, campaign)
  const input = reportFrom(typed, {
    cashCents: cents(sumCents(awards.map((award) => award.cashCents))),
    isReported: reports.some((report) => report.associationId === associationId),
  })
  if (isRefused(input)) return input
  const id = await insertReport(place.tx, campaign, {
    ...input,
    associationId,
    submittedBy: actorOf(place).personId,
    submittedAt: place.now,
  })
  await note(place.tx, { ...deed(place), action: 'report.submitted', subjectId: id })
  return { id }
}
