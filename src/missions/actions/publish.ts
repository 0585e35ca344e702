import { depositedApplications, type Need } from '#applications'
import { type Award, adoptedAwards } from '#awards'
import type { Campaign } from '#campaigns'
import { note } from '#journal'
import { newId, type Refused, refusal } from '#kit'
import { type Reader, tellPerson } from '#notices'
import { deed, inNameOf, type Place, recipientsOf } from '#people'
import { takeTurn } from '#platform'
import { holds } from '../access.ts'
import { linesOf, openingsFor, reasonsOf } from '../matching/index.ts'
import { matchingOf } from '../matching-of.ts'
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

/** How many of them a mail names: the page shows the rest. */
const MISSIONS_TOLD = 3

/** Each employee reads of the missions that suit them best, with the sentence why; of none, no mail. */
async function tellEmployees(place: Place, campaign: Campaign, published: NewMission[]) {
  const ids = new Set(published.map(({ id }) => id))
  const missions = (await missionsOf(place.tx, campaign)).filter(({ id }) => ids.has(id))
  const byId = new Map(missions.map((mission) => [mission.id, mission]))
  const employees = await employeesOf(place, missions)
  const personIds = employees.map(({ id }) => id)
  const matching = await matchingOf(place, campaign, { missions, personIds })
  const openings = missions.map(matching.openingOf)
  const link = `${place.url}/${campaign.year}/missions`
  for (const { id, companyId, ...person } of employees) {
    const seeker = matching.seekerOf(id, companyId)
    const best = openingsFor(seeker, openings, matching.rules, MISSIONS_TOLD)
    const lineOf = ({ one }: (typeof best)[number], reader: Reader) => {
      const why = reasonsOf(linesOf(seeker, one, matching.rules, reader)).join(' · ')
      const { title, associationName: association } = byId.get(one.id) ?? missing(one.id)
      return `— ${title}, ${association}${why && ` (${why})`}`
    }
    const lines = (reader: Reader) => best.map((one) => lineOf(one, reader)).join('\n')
    const values = { name: person.name, link, lines }
    if (best.length > 0) await tellPerson(place, person, 'missions:notice.published', values)
  }
}

async function employeesOf(place: Place, missions: Mission[]) {
  const companyIds = [...new Set(missions.map(({ companyId }) => companyId))]
  const { tx, today } = place
  const employees = []
  for (const companyId of companyIds) {
    const to = { organisationId: companyId, role: 'company.employee' as const, today }
    const people = await recipientsOf(tx, to)
    employees.push(...people.map((person) => ({ ...person, companyId })))
  }
  return employees
}

function missing(id: string): never {
  throw new Error(`mission ${id} was matched and never read`)
}
