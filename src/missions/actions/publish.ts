import { depositedApplications, type Need } from '#applications'
import { type Award, adoptedAwards } from '#awards'
import type { Campaign } from '#campaigns'
import { note } from '#journal'
import { newId, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { deed, inNameOf, type Place } from '#people'
import { takeTurn } from '#platform'
import { holds } from '../access.ts'
import type { Mission } from '../rules/index.ts'
import { insertMissions, missionsOf, type NewMission } from '../store/index.ts'

/**
 * Turns hours awarded into missions, one for each line of hours that the law lets through:
 * executory and notified (CGCT L.2131-1). The commune publishes all, an association its own.
 */
export async function publishMissions(
  place: Place,
  campaign: Campaign,
): Promise<{ publishedCount: number } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const missions = await awaitingMissions(place, campaign, await missionsOf(place.tx, campaign))
  if (missions.length === 0) return { refusals: [refusal('missions:refused.nothingToPublish')] }
  await insertMissions(place.tx, place.territory.id, missions, {
    personId: place.actor?.personId,
    at: place.now,
  })
  for (const { id, companyId, awardHoursId } of missions)
    await note(place.tx, {
      ...deed(place),
      action: 'mission.published',
      subjectId: id,
      details: { awardHoursId, companyId },
    })
  await tellEmployees(place, campaign, missions)
  return { publishedCount: missions.length }
}

/** Hours that could be published now by this person: read-only, so that a page may ask. */
export async function awaitingMissions(
  place: Place,
  campaign: Campaign,
  published: Mission[],
): Promise<NewMission[]> {
  if (!holds(place, [...publishers, 'association.representative'])) return []
  const known = new Set(published.map(({ awardHoursId }) => awardHoursId))
  const awards = await adoptedAwards(place.tx, campaign)
  const mine = awards.filter(
    (award) =>
      award.executoryOn !== undefined && award.notifiedAt !== undefined && mayPublish(place, award),
  )
  if (mine.every(({ hours }) => hours.every(({ id }) => known.has(id)))) return []
  const deposited = await depositedApplications(place.tx, campaign)
  const needs = new Map(deposited.flatMap(({ needs }) => needs).map((need) => [need.id, need]))
  return mine.flatMap((award) =>
    award.hours
      .filter(({ id }) => !known.has(id))
      .map((hours) => missionFrom(campaign, award, hours, needs)),
  )
}

const publishers = ['municipality.agent', 'operator.staff'] as const

function mayPublish(place: Place, { associationId }: Award): boolean {
  return (
    holds(place, publishers) ||
    inNameOf(place, associationId, ['association.representative']) !== undefined
  )
}

function missionFrom(
  campaign: Campaign,
  award: Award,
  hours: Award['hours'][number],
  needs: Map<string, Need>,
): NewMission {
  const need = needs.get(hours.needId)
  if (!need) throw new Error(`award hours ${hours.id} answer no deposited need`)
  return {
    id: newId(),
    campaignId: campaign.id,
    awardHoursId: hours.id,
    applicationId: award.applicationId,
    pledgeId: hours.pledgeId,
    associationId: award.associationId,
    companyId: hours.companyId,
    family: hours.family,
    title: need.deliverable,
    agreedMinutes: hours.minutes,
    modality: need.modality,
    startsOn: need.startsOn,
    endsOn: need.endsOn,
  }
}

async function tellEmployees(place: Place, campaign: Campaign, missions: NewMission[]) {
  const link = `${place.url}/${campaign.year}/missions`
  for (const organisationId of new Set(missions.map(({ companyId }) => companyId)))
    await tell(place, { organisationId, role: 'company.employee' }, 'missions:notice.published', {
      link,
    })
}
