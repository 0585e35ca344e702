import { addPiece, startApplication } from '#applications'
import { makeExecutory } from '#awards'
import {
  acceptCandidacy,
  answerEntries,
  applyToMission,
  prepareMissionAgreement,
  reportIncident,
  sendConfirmationLink,
} from '#missions'
import { checkCompleteness } from '#review'
import type { PersonKey } from './cast.ts'
import { computed, notified, proposed, reviewed, voted } from './council.ts'
import { playDemo } from './demo.ts'
import { enter as enterState, handedOver, openApplications, prepared } from './files.ts'
import { openHouse, type TestHouse } from './house.ts'
import {
  accounts,
  approved,
  enter,
  missionOf,
  published,
  running,
  terms,
  worked,
} from './missions.ts'
import { done, openSeason } from './season.ts'
import { world } from './world.ts'

/** A moment of the season at which some forms are shown, and who is shown them. */
export type Stage = {
  name: string
  /** In how many tests, where somebody is shown more forms than one has time for. */
  parts?: number
  people: PersonKey[]
  /** Where to look, beside every address of the commune. */
  addresses: string[]
  /** The same, where only the house that was opened knows them. */
  find?: (house: TestHouse) => Promise<string[]>
  open: () => Promise<TestHouse>
}

const january = () => new Date('2027-01-10T09:00:00Z')

export const stages: Stage[] = [
  {
    name: 'a season that ends while the next begins',
    parts: 4,
    people: ['claire', 'paul', 'jeanne', 'ines', 'amina', 'luc', 'eva'],
    addresses: ['/', '/sign-in', '/sign-in/a-link-never-sent', '/demo/calendar'],
    open: async () => {
      const house = await openHouse()
      await playDemo(house)
      return house
    },
  },
  {
    name: 'a file of pledges',
    people: ['claire', 'hugo'],
    addresses: [],
    open: async () => {
      const valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
      await openSeason(valmont)
      const claire = await valmont.browser('claire')
      const lines = ['SIRET;Compétence;Heures;À distance;Quantité']
      for (const hours of ['7', '14', 'beaucoup']) lines.push(`99999901400015;LEGAL;${hours};oui;3`)
      const file = new FormData()
      file.append('file', new File([lines.join('\n')], 'promesses.csv'))
      const put = await claire.post('/valmont/2027/pledges/files', file)
      await claire.post(put.headers.get('location') ?? '', { 'take-2': 'yes' })
      return valmont.house
    },
  },
  {
    name: 'a file being written',
    people: ['amina', 'luc'],
    addresses: ['/account', '/account/second-factor', '/account/colleagues', '/second-factor'],
    open: async () => {
      const valmont = await world(january)
      const campaign = await openApplications(valmont)
      const id = await prepared(valmont, 'amina', campaign)
      const content = new TextEncoder().encode('%PDF-1.7\n%%EOF')
      const piece = { kind: 'other', fileName: 'statuts.pdf', content }
      done(await valmont.as('amina', (place) => addPiece(place, id, piece)))
      await valmont.as('luc', (place) => startApplication(place, campaign))
      // A second telephone: its session is one more to end.
      await valmont.browser('amina')
      return valmont.house
    },
  },
  {
    name: 'files under review',
    people: ['claire', 'paul'],
    addresses: ['/valmont/campaigns/new'],
    open: async () => {
      const valmont = await world(january)
      await reviewed(valmont)
      const claire = await valmont.browser('claire')
      const file = new FormData()
      const csv = 'Exercice;Bénéficiaire;Objet;Montant\r\n2025;Amicale laïque;Kermesse;100,00 €'
      file.append('file', new File([csv], 'subventions.csv'))
      await claire.post('/valmont/baselines/imports', file)
      return valmont.house
    },
  },
  {
    name: 'pieces asked for',
    people: ['amina', 'claire'],
    addresses: [],
    open: async () => {
      const valmont = await world(january)
      const campaign = await openApplications(valmont)
      const id = await handedOver(valmont, 'amina', campaign)
      await enterState(valmont, campaign.id, 'reviewing')
      const missing = { missing: 'Le budget' }
      done(await valmont.as('claire', (place) => checkCompleteness(place, id, missing)))
      return valmont.house
    },
  },
  {
    name: 'a scenario computed',
    people: ['claire'],
    addresses: [],
    open: async () => {
      const valmont = await world(january)
      await computed(valmont)
      return valmont.house
    },
  },
  {
    name: 'the keys of organisations',
    people: ['amina', 'odile', 'luc'],
    addresses: ['/account/colleagues'],
    find: doorsOfOrganisations,
    open: async () => {
      const valmont = await world()
      const seats = `/account/organisations/${valmont.cast.organisations.foodBank}`
      const amina = await valmont.browser('amina')
      const invited = { email: valmont.cast.people.luc.email, role: 'association.reader' }
      await amina.post(`${seats}/invitations`, { kind: 'colleague', ...invited })
      return valmont.house
    },
  },
  {
    name: 'the council about to vote',
    people: ['claire'],
    addresses: [],
    open: async () => {
      const valmont = await world(january)
      await proposed(valmont)
      return valmont.house
    },
  },
  {
    name: 'the vote recorded',
    people: ['claire'],
    addresses: [],
    open: async () => {
      const valmont = await world(january)
      await voted(valmont)
      return valmont.house
    },
  },
  {
    name: 'the vote in force',
    people: ['claire'],
    addresses: [],
    open: async () => {
      const valmont = await world(january)
      const { deliberationId } = await voted(valmont)
      await valmont.as('claire', async (place) =>
        done(await makeExecutory(place, deliberationId, { executoryOn: place.today })),
      )
      return valmont.house
    },
  },
  {
    name: 'letters sent',
    people: ['claire', 'amina'],
    addresses: [],
    open: async () => {
      const valmont = await world(january)
      await notified(valmont)
      return valmont.house
    },
  },
  {
    name: 'missions looking for someone',
    people: ['ines', 'amina', 'hugo'],
    addresses: [],
    open: async () => (await published()).world.house,
  },
  {
    name: 'someone offers help',
    people: ['ines', 'amina'],
    addresses: [],
    open: async () => {
      const season = await published()
      const { id } = await missionOf(season, 'foodBank')
      const qualification = 'Comptable'
      done(await season.world.as('ines', (place) => applyToMission(place, id, { qualification })))
      const ines = await season.world.browser('ines')
      await ines.post('/valmont/missions/wishes', { occupation: 'M1203', rhythm: 'any' })
      await ines.post('/valmont/missions/calendar', {})
      return season.world.house
    },
  },
  {
    name: 'an absence to grant',
    people: ['hugo', 'amina', 'ines'],
    addresses: [],
    find: linksToAbsences,
    open: async () => {
      const season = await published()
      const { id } = await missionOf(season, 'foodBank')
      const employeeId = season.world.cast.people.ines.id
      const qualification = 'Comptable'
      done(await season.world.as('ines', (place) => applyToMission(place, id, { qualification })))
      done(await season.world.as('amina', (place) => acceptCandidacy(place, id, { employeeId })))
      return season.world.house
    },
  },
  {
    name: 'an agreement to sign',
    people: ['hugo', 'amina', 'ines'],
    addresses: [],
    open: async () => {
      const season = await published()
      const { id } = await missionOf(season, 'foodBank')
      await approved(season, id, accounts)
      season.goTo('2027-04-01T08:00:00Z')
      done(await season.world.as('hugo', (place) => prepareMissionAgreement(place, id, terms)))
      return season.world.house
    },
  },
  {
    name: 'hours waiting for a word',
    people: ['hugo', 'amina', 'ines'],
    addresses: [],
    open: async () => {
      const season = await published()
      const { id } = await missionOf(season, 'foodBank')
      await running(season, id, accounts)
      await enter(season, id, accounts, { day: '2027-05-04', hours: 3 })
      done(await season.world.as('ines', (place) => sendConfirmationLink(place, id)))
      return season.world.house
    },
  },
  {
    name: 'hours on every step of their way',
    people: ['hugo', 'amina', 'ines'],
    addresses: [],
    open: async () => {
      const season = await published()
      const { id } = await missionOf(season, 'foodBank')
      await running(season, id, accounts)
      await worked(season, id, accounts, { day: '2027-05-04', hours: 3 })
      const sure = await enter(season, id, accounts, { day: '2027-05-05', hours: 2 })
      const unsure = await enter(season, id, accounts, { day: '2027-05-06', hours: 2 })
      const answers = [
        { outcome: 'confirmed' as const, entryIds: [sure] },
        { outcome: 'disputed' as const, entryIds: [unsure], reason: 'Personne ce jour-là' },
      ]
      for (const answer of answers)
        done(await season.world.as('amina', (place) => answerEntries(place, id, answer)))
      return season.world.house
    },
  },
  {
    name: 'an accident, and a mission that is over',
    people: ['hugo', 'amina', 'ines'],
    addresses: [],
    open: async () => {
      const season = await published()
      const { id } = await missionOf(season, 'foodBank')
      await running(season, id, accounts)
      const happenedAt = new Date('2027-05-10T07:00:00Z')
      const accident = { kind: 'accident', words: 'Un carton est tombé', happenedAt }
      done(await season.world.as('ines', (place) => reportIncident(place, id, accident)))
      season.goTo('2027-11-02T08:00:00Z')
      return season.world.house
    },
  },
]

/** What the letters to line managers open. */
async function linksToAbsences({ db }: TestHouse): Promise<string[]> {
  const mails = await db.selectFrom('outbox').select('body').execute()
  return mails.flatMap(({ body }) => /\/valmont\/absences\/[\w-]+/.exec(body)?.[0] ?? [])
}

/** The pages of two keys, and the link of an invitation that waits. */
async function doorsOfOrganisations({ db }: TestHouse): Promise<string[]> {
  const idOf = async (name: string) => {
    const named = db.selectFrom('organisations').select('id').where('name', '=', name)
    return (await named.executeTakeFirstOrThrow()).id
  }
  const association = await idOf('Banque alimentaire de Valmont')
  const townHall = `/account/organisations/${await idOf('Commune de Valmont')}`
  const seats = `/account/organisations/${association}`
  const held = await db
    .selectFrom('memberships')
    .select(['personId', 'role'])
    .where('organisationId', '=', association)
    .execute()
  const mails = await db.selectFrom('outbox').select('body').execute()
  return [
    seats,
    `${seats}/invitations/new?kind=mandate`,
    ...held.map(({ personId, role }) => `${seats}/seats/${personId}/${role}`),
    `${townHall}/associations`,
    `${townHall}/associations/${association}/reopening`,
    ...mails.flatMap(({ body }) => /\/invitations\/\S+/.exec(body)?.[0] ?? []),
  ]
}
