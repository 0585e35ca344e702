import { addMonths, type Day, dayOf, yearOf } from '#kit'
import { addMembership, addPerson, addTerritory, deed, knownOrganisation, takePart } from '#people'
import { importGrants } from '#territory'
import type { House } from '#web'
import { type Cast, type OrganisationKey, settle } from './cast.ts'
import { openNextSeason, playPastSeason } from './demo-seasons.ts'
import { done } from './season.ts'
import { actAs, type Players } from './world.ts'

/** The demo's company of players, with a clock that each step moves forward. */
export type Stage = Players & { goTo: (day: Day) => void; today: Day }

/**
 * The demo is the cast playing through the same actions as everyone: last season to its receipts,
 * the next one up to the first applications. Days count back from today, so that it never grows old.
 */
export async function playDemo(house: House): Promise<void> {
  const today = dayOf(house.now())
  const cast = await settle(house.db)
  await settleNeighbour(house)
  const stage = stageOf(house, cast, today)
  const year = yearOf(addMonths(today, -5))
  await importLastGrants(stage, year - 1)
  await playPastSeason(stage, year)
  stage.goTo(today)
  await importGrantsVoted(stage, year)
  await openNextSeason(stage, year + 1)
}

function stageOf(house: House, cast: Cast, today: Day): Stage {
  let instant = morningOf(addMonths(today, -9))
  // A minute goes by between two deeds, as between people.
  const now = () => {
    instant += 60_000
    return new Date(instant)
  }
  const clocked = { ...house, now }
  return {
    cast,
    today,
    as: (person, work) => actAs(clocked, cast, person, work),
    goTo: (day) => {
      instant = Math.max(instant, morningOf(day))
    },
  }
}

function morningOf(day: Day): number {
  return Date.parse(`${day}T07:00:00Z`)
}

const grantsBefore: [OrganisationKey, string, number][] = [
  ['foodBank', 'Banque alimentaire de Valmont', 18_000],
  ['canoe', 'Club de canoë-kayak', 14_200],
  ['theatre', 'Théâtre de la Vanne', 11_000],
  ['band', 'Harmonie municipale', 9_500],
  ['homework', 'Aide aux devoirs Les Tilleuls', 7_800],
  ['gardens', 'Jardins partagés', 4_200],
]

/** Last year's grants come as a real file does: with its own headers, and a line that cannot be read. */
async function importLastGrants(stage: Stage, year: number): Promise<void> {
  const lines = grantsBefore.map(
    ([, name, euros]) => `${year};${name};Fonctionnement ${year};${euros},00 €`,
  )
  const file = [
    'Exercice;Bénéficiaire;Objet;Montant',
    ...lines,
    `${year};Amicale laïque;Kermesse;à voir`,
  ]
  await importFile(stage, `subventions-${year}.csv`, file.join('\r\n'))
}

/** What the council voted in the season that ends is the baseline of the next. */
async function importGrantsVoted(stage: Stage, year: number): Promise<void> {
  const lines = grantsBefore.map(
    ([, name, euros]) => `${year};${name};Subvention METIS ${year};${Math.round(euros * 0.8)},00 €`,
  )
  await importFile(
    stage,
    `subventions-${year}.csv`,
    ['Exercice;Bénéficiaire;Objet;Montant', ...lines].join('\r\n'),
  )
}

async function importFile(stage: Stage, fileName: string, text: string): Promise<void> {
  await stage.as('claire', async (place) => {
    const { territoryId, at, personId } = deed(place)
    const scope = { tx: place.tx, territoryId, at, personId, today: place.today }
    done(await importGrants(scope, { fileName, bytes: new TextEncoder().encode(text) }))
  })
}

/** A second commune, so that one can see that neither sees the other. */
async function settleNeighbour(house: House): Promise<void> {
  const organisationId = await knownOrganisation(house.db, {
    kind: 'municipality',
    name: 'Commune de Rochebrune',
    siret: '21760000200017',
    address: '1 rue Haute, 76998 Rochebrune',
  })
  const territoryId = await addTerritory(house.db, {
    slug: 'rochebrune',
    name: 'Commune de Rochebrune',
    inseeCode: '76998',
    organisationId,
  })
  const personId = await addPerson(house.db, { name: 'Denis Roche', email: 'denis@exemple.org' })
  await addMembership(house.db, { personId, organisationId, role: 'municipality.agent' })
  const libraryId = await knownOrganisation(house.db, {
    kind: 'association',
    name: 'Bibliothèque de Rochebrune',
    rna: 'W760000011',
    address: '3 rue Haute, 76998 Rochebrune',
    purpose: 'Lecture publique',
  })
  const leaderId = await addPerson(house.db, { name: 'Lise Adam', email: 'lise@exemple.org' })
  await addMembership(house.db, {
    personId: leaderId,
    organisationId: libraryId,
    role: 'association.representative',
  })
  await takePart(house.db, { territoryId, organisationId: libraryId })
}
