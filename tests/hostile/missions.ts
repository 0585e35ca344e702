import {
  acceptCandidacy,
  answerDispute,
  answerEntries,
  applyToMission,
  decide,
  prepareMissionAgreement,
  reportIncident,
  sendConfirmationLink,
} from '#missions'
import { addMembership, addPerson } from '#people'
import { applicants } from '../council.ts'
import {
  accounts,
  approved,
  enter,
  missionOf,
  published,
  running,
  type Season,
  terms,
  worked,
} from '../missions.ts'
import { done } from '../season.ts'
import { mailed, onMission, type Stage } from './stage.ts'

const everyone = ['hugo', 'amina', 'ines'] as const

/** The life of an hour, from the search of somebody to the end of the mission. */
export const missionStages: Stage[] = [
  onMission('missions looking for someone', ['ines', 'amina', 'hugo'], ofSeveralSites),
  onMission('several people offer help', ['ines', 'amina'], async (season, id) => {
    await offer(season, id)
    await colleague(season, id)
    const ines = await season.world.browser('ines')
    await ines.post('/valmont/missions/wishes', { occupation: 'M1203', rhythm: 'any' })
    await ines.post('/valmont/missions/calendar', {})
  }),
  sharing('a mission to share', { isAsked: false }),
  sharing('a mission asked to be shared', { isAsked: true }),
  onMission('an absence to grant', [...everyone], accepted, {
    find: mailed(/\/valmont\/absences\/[\w-]+/),
  }),
  onMission('an agreement to sign', [...everyone], async (season, id) => {
    await approved(season, id, accounts)
    season.goTo('2027-04-01T08:00:00Z')
    done(await season.world.as('hugo', (place) => prepareMissionAgreement(place, id, terms)))
  }),
  onMission('hours waiting for a word', [...everyone], async (season, id) => {
    await running(season, id, accounts)
    await enter(season, id, accounts, { day: '2027-05-04', hours: 3 })
    done(await season.world.as('ines', (place) => sendConfirmationLink(place, id)))
  }),
  onMission('hours on every step of their way', [...everyone], async (season, id) => {
    await running(season, id, accounts)
    await worked(season, id, accounts, { day: '2027-05-04', hours: 3 })
    await confirmed(season, id, '2027-05-05')
    await disputed(season, id, '2027-05-06')
  }),
  onMission('disputes, an old link, a week to take over', ['claire', ...everyone], inDispute),
  onMission('an accident, and a mission that is over', [...everyone], async (season, id) => {
    await running(season, id, accounts)
    const happenedAt = new Date('2027-05-10T07:00:00Z')
    const accident = { kind: 'accident', words: 'Un carton est tombé', happenedAt }
    done(await season.world.as('ines', (place) => reportIncident(place, id, accident)))
    season.goTo('2027-11-02T08:00:00Z')
  }),
]

async function ofSeveralSites({ world: { house, cast } }: Season, id: string) {
  const { pledgeId } = await house.db
    .selectFrom('missions')
    .select('pledgeId')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const causes = { preferredCauses: [], excludedCauses: [] }
  await house.db
    .insertInto('pledgeConditions')
    .values({ territoryId: cast.territory.id, pledgeId, sites: 'Siège ; Atelier', ...causes })
    .execute()
}

const qualification = 'Comptable'

async function offer({ world }: Season, id: string) {
  done(await world.as('ines', (place) => applyToMission(place, id, { qualification })))
}

/** Somebody else of the same company, so that there is an order to give. */
async function colleague({ world: { house, cast } }: Season, missionId: string) {
  const person = { name: 'Léa Roux', email: 'lea@exemple.org' }
  const employeeId = await addPerson(house.db, person)
  const organisationId = cast.organisations.accountants
  const role = 'company.employee' as const
  await addMembership(house.db, { personId: employeeId, organisationId, role })
  const appliedAt = new Date('2027-01-11T09:00:00Z')
  const row = { territoryId: cast.territory.id, missionId, employeeId, qualification, appliedAt }
  await house.db.insertInto('candidacies').values(row).execute()
}

async function accepted(season: Season, id: string) {
  await offer(season, id)
  const employeeId = season.world.cast.people.ines.id
  done(await season.world.as('amina', (place) => acceptCandidacy(place, id, { employeeId })))
}

/** The band needs the same skill as the food bank, which may ask it to share. */
function sharing(name: string, { isAsked }: { isAsked: boolean }): Stage {
  const open = async () => {
    const season = await published((campaign) => {
      const { foodBank, band, ...rest } = applicants(campaign)
      if (!foodBank || !band) throw new Error('the two associations apply')
      return { ...rest, foodBank, band: { ...band, draft: foodBank.draft } }
    })
    const [bank, music] = [await missionOf(season, 'foodBank'), await missionOf(season, 'band')]
    const amina = await season.world.browser('amina')
    const asked = { [`with-${music.id}`]: 'yes' }
    if (isAsked) await amina.post(`/valmont/missions/${bank.id}/sharing`, asked)
    return season.world.house
  }
  return { name, people: ['luc'], addresses: [], open }
}

async function confirmed(season: Season, id: string, day: string) {
  const entryIds = [await enter(season, id, accounts, { day, hours: 2 })]
  const answer = { outcome: 'confirmed' as const, entryIds }
  done(await season.world.as('amina', (place) => answerEntries(place, id, answer)))
}

async function disputed(season: Season, id: string, day: string): Promise<string> {
  const entry = await enter(season, id, accounts, { day, hours: 2 })
  const answer = { outcome: 'disputed' as const, entryIds: [entry], reason: 'Personne ce jour-là' }
  done(await season.world.as('amina', (place) => answerEntries(place, id, answer)))
  return entry
}

/** One that waits for the association, one for a mediator; a link that died; days of last week. */
async function inDispute(season: Season, id: string) {
  const { world, goTo } = season
  await running(season, id, accounts)
  await enter(season, id, accounts, { day: '2027-05-04', hours: 3 })
  done(await world.as('ines', (place) => sendConfirmationLink(place, id)))
  goTo('2027-08-10T09:00:00Z')
  for (const [day, isMaintained] of [
    ['2027-08-05', false],
    ['2027-08-06', true],
  ] as const) {
    const entryId = await disputed(season, id, day)
    const answer = { entryId, kind: 'answered' as const, words: 'J’y étais' }
    done(await world.as('ines', (place) => answerDispute(place, id, answer)))
    const word = { entryId, kind: 'maintained' as const, words: 'Non' }
    if (isMaintained) done(await world.as('amina', (place) => decide(place, id, word)))
  }
  await enter(season, id, accounts, { day: '2027-08-03', hours: 1 })
  done(await world.as('ines', (place) => sendConfirmationLink(place, id)))
}
