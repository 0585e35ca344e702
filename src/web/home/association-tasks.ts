import { type Application, applicationsOfAssociation } from '#applications'
import { type Award, adoptedAwards } from '#awards'
import type { Campaign } from '#campaigns'
import { isLed, missionsOf, stateOf } from '#missions'
import type { Place } from '#people'
import { associationWatchOf } from '#review'
import { associationAfterVote } from './after-vote.ts'
import { counted, inState, isVoted, type Task } from './tasks.ts'
import { reviewsToWrite } from './words-awaited.ts'

/** What an association does now. */
export async function associationTasks(
  place: Place,
  campaign: Campaign | undefined,
): Promise<Task[]> {
  const { tx, path } = place
  const associationId = place.as?.organisation.id ?? ''
  if (!campaign) return []
  const season = `${path}/${campaign.year}`
  const files = await applicationsOfAssociation(tx, place.territory.id, associationId)
  const file = files.find(({ campaignId }) => campaignId === campaign.id)
  const awards = isVoted(campaign)
    ? (await adoptedAwards(tx, campaign)).filter((award) => award.associationId === associationId)
    : []
  // Missions come of the hours of an award.
  const own =
    awards.length === 0
      ? []
      : (await missionsOf(tx, campaign)).filter(
          (mission) => mission.associationId === associationId,
        )
  const missions = `${season}/missions`
  const applying: Task[] =
    campaign.state === 'applying' && !file?.deposit
      ? [{ key: file ? 'continueApplication' : 'startApplication', href: `${season}/applications` }]
      : []
  const followed: Task[] =
    file?.deposit && awards.length === 0
      ? [{ key: 'followApplication', href: `${season}/applications`, tone: 'waiting' }]
      : []
  return [
    ...applying,
    ...followed,
    ...(await askedTasks(place, file, files)),
    ...(await decisionTasks(place, campaign, awards)),
    ...own
      .filter((one) => one.isAskedToShare && place.as?.role === 'association.representative')
      .map(({ id }) => ({ key: 'answerSharing', href: `${path}/missions/${id}` })),
    // Of missions shared, the association that leads chooses for all.
    ...counted(
      'acceptCandidate',
      own.filter((one) => one.candidatesCount > 0 && stateOf(one) === 'open' && !isLed(one)).length,
      missions,
      'hours',
    ),
    ...counted('signAgreement', inState(own, 'signing'), missions),
    ...(await reviewsToWrite(place, own, 'association')),
    ...counted(
      'confirmHours',
      own.filter(({ waitingMinutes }) => waitingMinutes > 0n).length,
      missions,
      'hours',
    ),
    ...counted(
      'issueReceipt',
      own.filter(({ approvedMinutes }) => approvedMinutes > 0n).length,
      `${season}/receipts`,
    ),
    ...(awards.length > 0 && campaign.state === 'reporting'
      ? [{ key: 'report', href: `${season}/report` }]
      : []),
  ]
}

/** The commune waits for pieces, or wrote last. */
async function askedTasks(
  place: Place,
  file: Application | undefined,
  all: Application[],
): Promise<Task[]> {
  const sent = all.filter(({ deposit }) => deposit)
  const watch = await associationWatchOf(
    place,
    sent.map(({ id }) => id),
  )
  const own = file && watch.get(file.id)
  if (!own) return []
  const { isAsked, isWritten } = own
  const progress = `${place.path}/applications/${file.id}/progress`
  return [
    ...(isAsked ? [{ key: 'sendPieces', href: progress }] : []),
    ...(isWritten ? [{ key: 'answerMessage', href: `${progress}#messages` }] : []),
  ]
}

async function decisionTasks(place: Place, campaign: Campaign, awards: Award[]): Promise<Task[]> {
  if (!awards.some(({ notifiedAt }) => notifiedAt)) return []
  const waiting = await associationAfterVote(place, campaign)
  // Once its letter is to be taken, that line leads to the decision already.
  if (waiting.some(({ key }) => key === 'takeNote')) return waiting
  const href = `${place.path}/${campaign.year}/decisions`
  return [...waiting, { key: 'readAward', href, tone: 'waiting' }]
}
