import type { Campaign } from '#campaigns'
import { day, minutes } from '#kit'
import {
  acceptCandidacy,
  answerEntries,
  applyToMission,
  approveAbsence,
  approveEntries,
  enterHours,
  type Mission,
  missionsOf,
  prepareMissionAgreement,
  publishMissions,
  signMissionAgreement,
  warningKinds,
} from '#missions'
import type { OrganisationKey, PersonKey } from './cast.ts'
import { type Asking, notified } from './council.ts'
import { done } from './season.ts'
import { type Players, type World, world } from './world.ts'

// The steps of a mission, each by its real actor, on a clock that the test moves.

export type Season = { world: World; campaign: Campaign; goTo: (instant: string) => void }
/** The same, of whoever plays the cast: a world, or a real server. */
export type Played = Omit<Season, 'world'> & { world: Players }

/** A season whose letters have left; its missions are published. */
export async function published(asking?: Asking): Promise<Season> {
  let now = new Date('2027-01-10T09:00:00Z')
  const valmont = await world(() => now)
  const { campaign } = await notified(valmont, asking)
  done(await valmont.as('claire', (place) => publishMissions(place, campaign)))
  return {
    world: valmont,
    campaign,
    goTo: (instant) => {
      now = new Date(instant)
    },
  }
}

export async function missionOf(season: Played, key: OrganisationKey): Promise<Mission> {
  const all = await season.world.as('claire', ({ tx }) => missionsOf(tx, season.campaign))
  const own = all.find(
    ({ associationId }) => associationId === season.world.cast.organisations[key],
  )
  if (!own) throw new Error(`no mission for ${key}`)
  return own
}

/** Who plays the three parties of a mission. */
export type Three = { employee: PersonKey; company: PersonKey; association: PersonKey }

export const accounts: Three = { employee: 'ines', company: 'hugo', association: 'amina' }

export async function approved({ world: valmont }: Played, id: string, who: Three): Promise<void> {
  const employeeId = valmont.cast.people[who.employee].id
  const qualification = 'Comptable'
  done(await valmont.as(who.employee, (place) => applyToMission(place, id, { qualification })))
  done(await valmont.as(who.association, (place) => acceptCandidacy(place, id, { employeeId })))
  done(await valmont.as(who.company, (place) => approveAbsence(place, id)))
}

export const terms = {
  route: 'secondment' as const,
  purpose: 'partnership' as const,
  tasks: ['Mettre à jour les comptes'],
  startsOn: day('2027-04-01'),
  endsOn: day('2027-10-31'),
  places: '4 rue des Halles, Valmont',
  schedule: 'le mardi',
  companyReferent: 'Hugo Aubry',
  associationReferent: 'Amina Diallo',
}

/** Agreed by the three, in force since 1 April 2027; it is now 10 May. */
export async function running(season: Played, id: string, who: Three): Promise<void> {
  const { world: valmont, goTo } = season
  await approved(season, id, who)
  goTo('2027-04-01T08:00:00Z')
  done(await valmont.as(who.company, (place) => prepareMissionAgreement(place, id, terms)))
  for (const person of [who.employee, who.association, who.company])
    done(
      await valmont.as(person, (place) => signMissionAgreement(place, id, { capacity: 'Gérant' })),
    )
  goTo('2027-05-10T08:00:00Z')
}

export async function enter(
  { world: valmont }: Played,
  id: string,
  who: Three,
  entry: { day: string; hours: number },
): Promise<string> {
  const entered = await valmont.as(who.employee, (place) =>
    enterHours(place, id, {
      day: day(entry.day),
      workedMinutes: minutes(entry.hours * 60),
      isAtNight: false,
      note: 'Comptes de l’année',
      acknowledged: [...warningKinds],
    }),
  )
  return done(entered).id
}

/** Entered, confirmed by the association, approved by the company. */
export async function worked(
  season: Season,
  id: string,
  who: Three,
  entry: { day: string; hours: number },
): Promise<string> {
  const entryId = await enter(season, id, who, entry)
  const entryIds = [entryId]
  const answer = { outcome: 'confirmed' as const, entryIds }
  const { world: valmont } = season
  done(await valmont.as(who.association, (place) => answerEntries(place, id, answer)))
  done(await valmont.as(who.company, (place) => approveEntries(place, id, { entryIds })))
  return entryId
}
