import { addPiece, startApplication } from '#applications'
import { checkCompleteness, checkEligibility, type EligibilityInput } from '#review'
import { computed, reviewed } from '../council.ts'
import { playDemo } from '../demo.ts'
import { enter as enterState, handedOver, openApplications, prepared } from '../files.ts'
import { openHouse, type TestHouse } from '../house.ts'
import { done, openSeason } from '../season.ts'
import type { World } from '../world.ts'
import { euroStages } from './euros.ts'
import { missionStages } from './missions.ts'
import { inValmont, linkedFrom, mailed, press, type Stage } from './stage.ts'

export type { Stage } from './stage.ts'

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
  pledgesInAFile(),
  inValmont('a file being written', ['amina', 'luc'], fileBeingWritten, {
    addresses: ['/account', '/account/second-factor', '/account/colleagues', '/second-factor'],
  }),
  inValmont('files under review', ['claire', 'paul'], filesUnderReview, {
    addresses: ['/valmont/campaigns/new'],
  }),
  inValmont('a finding asked to be annulled', ['claire', 'odile'], findingAskedBack),
  inValmont('pieces, and an opinion, asked for', ['amina', 'claire'], askedFor, {
    find: mailed(/\/valmont\/opinions\/[\w-]+/),
  }),
  scenarioComputed(),
  inValmont('the keys of organisations', ['amina', 'odile', 'luc'], oneInvited, {
    addresses: ['/account/colleagues'],
    find: doorsOfOrganisations,
  }),
  ...euroStages,
  ...missionStages,
]

/** Two companies that the commune does not know, of which it has invited one. */
function pledgesInAFile(): Stage {
  const doors: string[] = []
  const play = async (valmont: World) => {
    await openSeason(valmont)
    const claire = await valmont.browser('claire')
    const lines = ['SIRET;Compétence;Heures;À distance;Quantité']
    for (const hours of ['7', '14', 'beaucoup']) lines.push(`99999901400015;LEGAL;${hours};oui;3`)
    for (const siret of ['99999911300015', '99999912100018']) lines.push(`${siret};LEGAL;7;oui;3`)
    const file = new FormData()
    file.append('file', new File([lines.join('\n')], 'promesses.csv'))
    const page =
      (await claire.post('/valmont/2027/pledges/files', file)).headers.get('location') ?? ''
    await claire.post(page, { 'take-2': 'yes' })
    const shape = /\/account\/organisations\/[^"]+\/invitation/g
    doors.push(...(await linkedFrom(valmont, 'claire', { page, shape })))
    await press(valmont, 'claire', doors[0] ?? '', { name: 'Lavoir', email: 'lavoir@exemple.org' })
  }
  const find = async () => doors
  return inValmont('a file of pledges', ['claire', 'hugo'], play, {
    from: '2026-11-24T10:00:00Z',
    find,
  })
}

async function fileBeingWritten(valmont: World): Promise<void> {
  const campaign = await openApplications(valmont)
  const id = await prepared(valmont, 'amina', campaign)
  const content = new TextEncoder().encode('%PDF-1.7\n%%EOF')
  const piece = { kind: 'other', fileName: 'statuts.pdf', content }
  done(await valmont.as('amina', (place) => addPiece(place, id, piece)))
  await valmont.as('luc', (place) => startApplication(place, campaign))
  // A second telephone: its session is one more to end.
  await valmont.browser('amina')
}

/** A deed on many files may still be taken back, and lines of last year wait for their association. */
async function filesUnderReview(valmont: World): Promise<void> {
  await reviewed(valmont)
  const claire = await valmont.browser('claire')
  const file = new FormData()
  const csv = 'Exercice;Bénéficiaire;Objet;Montant\r\n2025;Amicale laïque;Kermesse;100,00 €'
  file.append('file', new File([csv], 'subventions.csv'))
  await claire.post('/valmont/baselines/imports', file)
  const { id } = await valmont.house.db
    .selectFrom('applications')
    .select('id')
    .executeTakeFirstOrThrow()
  const assigned = { kind: 'assign', agentId: valmont.cast.people.claire.id, file: id }
  await press(valmont, 'claire', '/valmont/2027/review/bulk', assigned)
}

async function findingAskedBack(valmont: World): Promise<void> {
  const campaign = await openApplications(valmont)
  const id = await handedOver(valmont, 'amina', campaign)
  await enterState(valmont, campaign.id, 'reviewing')
  for (const subject of ['cash', 'hours'] as const) {
    const basis = subject === 'cash' ? 'no_local_interest' : 'ruling_refused'
    const input = { subject, basis, evidence: 'N° 12' } as EligibilityInput
    done(await valmont.as('claire', (place) => checkEligibility(place, id, input)))
  }
  const deed = `/valmont/applications/${id}/eligibility/cash/1/annulment`
  await press(valmont, 'claire', deed, { 'reason-cash-1': 'Autre dossier' })
}

async function askedFor(valmont: World): Promise<void> {
  const campaign = await openApplications(valmont)
  const id = await handedOver(valmont, 'amina', campaign)
  await enterState(valmont, campaign.id, 'reviewing')
  const missing = { missing: 'Le budget' }
  done(await valmont.as('claire', (place) => checkCompleteness(place, id, missing)))
  await press(valmont, 'claire', `/valmont/applications/${id}/outside-opinions`, {
    recipient: 'jeunesse@departement.example',
    recipientName: 'Odile Renard',
    capacity: 'Département',
    question: 'Cette distribution double-t-elle la vôtre ?',
    answerBy: '2027-01-29',
    showsProject: 'yes',
  })
}

function scenarioComputed(): Stage {
  const lines: string[] = []
  const play = async (valmont: World) => {
    const { scenarioId } = await computed(valmont)
    const page = `/valmont/2027/allocation/${scenarioId}`
    const shape = new RegExp(`${page}/lines/[0-9a-f-]+`, 'g')
    lines.push(...(await linkedFrom(valmont, 'claire', { page, shape })))
  }
  return inValmont('a scenario computed', ['claire'], play, { find: async () => lines })
}

async function oneInvited(valmont: World): Promise<void> {
  const seats = `/account/organisations/${valmont.cast.organisations.foodBank}`
  const invited = { email: valmont.cast.people.luc.email, role: 'association.reader' }
  await press(valmont, 'amina', `${seats}/invitations`, { kind: 'colleague', ...invited })
}

/** The pages of two keys, and the link of an invitation that waits. */
async function doorsOfOrganisations(house: TestHouse): Promise<string[]> {
  const { db } = house
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
  return [
    seats,
    `${seats}/invitations/new?kind=mandate`,
    ...held.map(({ personId, role }) => `${seats}/seats/${personId}/${role}`),
    `${townHall}/associations`,
    `${townHall}/associations/${association}/reopening`,
    ...(await mailed(/\/invitations\/\S+/)(house)),
  ]
}
