import {
  addMembership,
  addPerson,
  addTerritory,
  knownOrganisation,
  type OrganisationKind,
  type Role,
  takePart,
} from '#people'
import type { Db } from '#platform'

/** The fictional people of Valmont: tests, demo and screenshots all play with them. */
export const organisations = {
  valmont: {
    kind: 'municipality',
    name: 'Commune de Valmont',
    siret: '21760000600019',
    address: '1 place de la Mairie, 76999 Valmont',
  },
  bakery: {
    kind: 'company',
    name: 'Boulangerie Lenoir',
    siret: '99999900600011',
    address: '12 rue du Four, 76999 Valmont',
  },
  accountants: {
    kind: 'company',
    name: 'Cabinet Aubry Conseil',
    siret: '99999901400015',
    address: '3 quai des Tanneurs, 76999 Valmont',
  },
  studio: {
    kind: 'company',
    name: 'Studio Sorel Numérique',
    siret: '99999902200018',
    address: '8 rue des Filatures, 76999 Valmont',
  },
  foodBank: {
    kind: 'association',
    name: 'Banque alimentaire de Valmont',
    rna: 'W760000001',
    address: '4 rue des Halles, 76999 Valmont',
    purpose: 'Aide alimentaire aux habitants en difficulté',
  },
  band: {
    kind: 'association',
    name: 'Harmonie municipale',
    rna: 'W760000002',
    address: '2 rue du Kiosque, 76999 Valmont',
    purpose: 'Pratique et enseignement de la musique',
  },
  canoe: {
    kind: 'association',
    name: 'Club de canoë-kayak',
    rna: 'W760000003',
    address: 'Base nautique, 76999 Valmont',
    purpose: 'Sport nautique ouvert à tous',
  },
  homework: {
    kind: 'association',
    name: 'Aide aux devoirs Les Tilleuls',
    rna: 'W760000004',
    address: '15 allée des Tilleuls, 76999 Valmont',
    purpose: 'Accompagnement scolaire',
  },
  gardens: {
    kind: 'association',
    name: 'Jardins partagés',
    rna: 'W760000005',
    address: 'Chemin des Prés, 76999 Valmont',
    purpose: 'Jardinage, éducation à l’environnement',
  },
  theatre: {
    kind: 'association',
    name: 'Théâtre de la Vanne',
    rna: 'W760000006',
    address: '7 rue du Moulin, 76999 Valmont',
    purpose: 'Création théâtrale et ateliers',
  },
} as const satisfies Record<
  string,
  {
    kind: OrganisationKind
    name: string
    siret?: string
    rna?: string
    address: string
    purpose?: string
  }
>
export type OrganisationKey = keyof typeof organisations

export const people = {
  claire: { name: 'Claire Morel', of: 'valmont', role: 'municipality.agent' },
  odile: { name: 'Odile Renaud', of: 'valmont', role: 'municipality.admin' },
  yves: { name: 'Yves Collet', of: 'valmont', role: 'municipality.finance' },
  paul: { name: 'Paul Girard', of: 'valmont', role: 'municipality.elected' },
  nadia: { name: 'Nadia Benali', of: 'valmont', role: 'municipality.elected' },
  jeanne: { name: 'Jeanne Lenoir', of: 'bakery', role: 'company.csr' },
  hugo: { name: 'Hugo Aubry', of: 'accountants', role: 'company.csr' },
  ines: { name: 'Inès Caron', of: 'accountants', role: 'company.employee' },
  sarah: { name: 'Sarah Sorel', of: 'studio', role: 'company.csr' },
  tom: { name: 'Tom Petit', of: 'studio', role: 'company.employee' },
  amina: { name: 'Amina Diallo', of: 'foodBank', role: 'association.representative' },
  zoe: { name: 'Zoé Lambert', of: 'foodBank', role: 'association.reader' },
  luc: { name: 'Luc Fabre', of: 'band', role: 'association.representative' },
  eva: { name: 'Eva Martin', of: 'canoe', role: 'association.representative' },
  karim: { name: 'Karim Haddad', of: 'homework', role: 'association.representative' },
  rose: { name: 'Rose Tessier', of: 'gardens', role: 'association.representative' },
  marc: { name: 'Marc Vidal', of: 'theatre', role: 'association.representative' },
} as const satisfies Record<string, { name: string; of: OrganisationKey; role: Role }>
export type PersonKey = keyof typeof people

export type Cast = {
  territory: { id: string; slug: string; name: string; organisationId: string }
  organisations: Record<OrganisationKey, string>
  people: Record<PersonKey, { id: string; email: string }>
}

/**
 * Puts the cast in a commune of its own. In tests each call makes another commune (`slug`), with
 * its own organisations and people, so that files run side by side.
 */
export async function settle(db: Db, slug = 'valmont'): Promise<Cast> {
  const isFirst = slug === 'valmont'
  const ids: Partial<Record<OrganisationKey, string>> = {}
  for (const [key, organisation] of entriesOf(organisations))
    ids[key] = await knownOrganisation(db, {
      ...organisation,
      name: organisation.name,
      ...(isFirst ? {} : { siret: undefined, rna: undefined }),
    })
  const organisationIds = ids as Record<OrganisationKey, string>
  const name = isFirst ? 'Commune de Valmont' : `Commune de ${slug}`
  const territory = { slug, name, organisationId: organisationIds.valmont }
  const id = await addTerritory(db, { ...territory, inseeCode: '76999' })
  const persons: Partial<Record<PersonKey, { id: string; email: string }>> = {}
  for (const [key, person] of entriesOf(people)) {
    const email = emailOf(key, slug)
    const personId = await addPerson(db, { name: person.name, email })
    const organisationId = organisationIds[person.of]
    await addMembership(db, { personId, organisationId, role: person.role })
    persons[key] = { id: personId, email }
  }
  for (const [key, organisation] of entriesOf(organisations))
    if (organisation.kind !== 'municipality')
      await takePart(db, { territoryId: id, organisationId: organisationIds[key] })
  return {
    territory: { id, ...territory },
    organisations: organisationIds,
    people: persons as Cast['people'],
  }
}

/** `claire@exemple.org`; in another commune than Valmont, `claire@<slug>.exemple.org`. */
export function emailOf(key: string, slug = 'valmont'): string {
  return `${key}@${slug === 'valmont' ? '' : `${slug}.`}exemple.org`
}

function entriesOf<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]
}
