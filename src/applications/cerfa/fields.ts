// DOMAIN 4.5: what form 12156*06 asks, page by page. Sub-fields marked there are still to be checked on the form.
import { budgetFields } from './budget.ts'

export const cerfaSections = [
  'identity',
  'contacts',
  'relations',
  'means',
  'budget',
  'request',
  'details',
  'resources',
  'project-budget',
  'attestations',
] as const
export type CerfaSection = (typeof cerfaSections)[number]

export type Kind =
  | 'line'
  | 'words'
  | 'count'
  /** Full-time equivalents, in hundredths. */
  | 'fullTime'
  | 'cents'
  | 'day'
  | 'choice'
  | 'siret'
  | 'rna'
  | 'email'

export type Field = {
  name: string
  kind: Kind
  /** Signs that it may hold, where it is text. */
  most: number
  choices: readonly string[]
  /** A sentence of help stands under its label. */
  hasHint: boolean
  /** Fields of one group stand in one frame with a title. */
  group: string | undefined
}

type Given = Partial<Pick<Field, 'most' | 'choices' | 'hasHint' | 'group'>>

const longest: Record<Kind, number> = {
  line: 200,
  words: 3000,
  count: 20,
  fullTime: 20,
  cents: 30,
  day: 20,
  choice: 30,
  siret: 30,
  rna: 30,
  email: 254,
}

function field(name: string, kind: Kind = 'line', given: Given = {}): Field {
  return {
    name,
    kind,
    most: longest[kind],
    choices: [],
    hasHint: false,
    group: undefined,
    ...given,
  }
}

function choice(name: string, choices: readonly string[], given: Given = {}): Field {
  return field(name, 'choice', { choices, ...given })
}

const yesNo = ['yes', 'no'] as const
const hint = { hasHint: true }

function personFields(who: 'representative' | 'contact'): Field[] {
  const given = { group: who }
  return [
    field(`${who}LastName`, 'line', given),
    field(`${who}FirstName`, 'line', given),
    field(`${who}Role`, 'line', given),
    field(`${who}Phone`, 'line', { ...given, most: 30 }),
    field(`${who}Email`, 'email', given),
  ]
}

function approvalFields(rank: number): Field[] {
  const given = { group: `approval${rank}` }
  return [
    field(`approval${rank}Kind`, 'line', given),
    field(`approval${rank}By`, 'line', given),
    field(`approval${rank}On`, 'day', given),
  ]
}

function amounts(budget: 'association' | 'project'): Field[] {
  return budgetFields(budget).map((name) => field(name, 'cents'))
}

export const fields: Record<CerfaSection, readonly Field[]> = {
  identity: [
    field('legalName', 'line', { most: 300 }),
    field('acronym', 'line', { most: 60 }),
    field('siret', 'siret', hint),
    field('rna', 'rna', hint),
    field('localRegister', 'line', hint),
    field('website'),
    field('createdOn', 'day'),
    field('purpose', 'words', hint),
    field('seatAddress', 'line', { group: 'seat', most: 300 }),
    field('seatPostcode', 'line', { group: 'seat', most: 12 }),
    field('seatTown', 'line', { group: 'seat' }),
    field('seatFormerTown', 'line', { group: 'seat', ...hint }),
    field('postalAddress', 'line', { group: 'postal', most: 300 }),
    field('postalPostcode', 'line', { group: 'postal', most: 12 }),
    field('postalTown', 'line', { group: 'postal' }),
  ],
  contacts: [...personFields('representative'), ...personFields('contact')],
  relations: [
    choice('publicUtility', yesNo),
    field('publicUtilityOn', 'day', hint),
    choice('commercialTaxes', yesNo, hint),
    field('networks', 'words', { ...hint, most: 1000 }),
    field('memberBodies', 'words', { ...hint, most: 1000 }),
    ...[1, 2, 3].flatMap(approvalFields),
  ],
  means: [
    field('volunteers', 'count', hint),
    field('civicService', 'count'),
    field('members', 'count'),
    field('employees', 'count', { group: 'staff' }),
    field('permanentContracts', 'count', { group: 'staff' }),
    field('fixedTermContracts', 'count', { group: 'staff' }),
    field('aidedContracts', 'count', { group: 'staff' }),
    field('staffFullTime', 'fullTime', { group: 'staff', ...hint }),
    field('lentStaff', 'count', { group: 'staff', ...hint }),
  ],
  budget: [field('budgetFrom', 'day'), field('budgetTo', 'day'), ...amounts('association')],
  request: [
    choice('aidForm', ['cash', 'inKind', 'both'], hint),
    field('inKindWished', 'words', { ...hint, most: 1000 }),
    choice('frequency', ['first', 'renewal']),
    choice('scope', ['functioning', 'project']),
    choice('duration', ['yearly', 'multiYear']),
    field('wantedYears', 'line', hint),
  ],
  details: [
    field('objectives', 'words', hint),
    field('beneficiariesCount', 'count', { group: 'audience' }),
    field('beneficiariesAges', 'line', { group: 'audience' }),
    choice('beneficiariesGender', ['all', 'women', 'men'], { group: 'audience' }),
    field('area', 'words', { ...hint, most: 1000 }),
    field('projectFrom', 'day', { group: 'period' }),
    field('projectTo', 'day', { group: 'period' }),
    field('evaluation', 'words', hint),
    field('moreInformation', 'words'),
  ],
  resources: [
    field('materialMeans', 'words', hint),
    field('projectVolunteers', 'count', { group: 'people' }),
    field('projectEmployees', 'count', { group: 'people' }),
    field('projectCivicService', 'count', { group: 'people' }),
    field('projectFullTime', 'fullTime', { group: 'people', ...hint }),
    choice('hiringPlanned', yesNo, { group: 'hiring' }),
    field('hiringFullTime', 'fullTime', { group: 'hiring', ...hint }),
  ],
  'project-budget': [
    ...amounts('project'),
    field('indirectRule', 'words', { ...hint, most: 1000 }),
  ],
  attestations: [
    choice('publicAid', ['upTo', 'above'], hint),
    field('publicAidList', 'words', hint),
    field('mandate', 'words', { ...hint, most: 1000 }),
  ],
}

const byName = new Map(
  cerfaSections.flatMap((section) =>
    fields[section].map((one) => [one.name, { section, field: one }] as const),
  ),
)

export function fieldNamed(name: string): { section: CerfaSection; field: Field } | undefined {
  return byName.get(name)
}

export function isCerfaSection(name: string): name is CerfaSection {
  return cerfaSections.some((section) => section === name)
}
