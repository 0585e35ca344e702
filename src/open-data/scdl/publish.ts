import { stringify } from 'csv-stringify/sync'
import type { Cents, Day, Minutes, Rna, Siret } from '#kit'
import { scdlSchema } from './schema.ts'

/** An organisation by its register: a natural person has neither number, and is never published. */
export type PublishedOrganisation = { name: string } & (
  | { siret: Siret; rna?: Rna }
  | { siret?: undefined; rna: Rna }
)

export type PublishedGrant = {
  issuer: { name: string; siret: Siret }
  /** The day of the agreement, or of the decision where no agreement is needed. */
  agreedOn: Day
  decisionReference?: string
  beneficiary: PublishedOrganisation
  object: string
  /** Cash; hours of companies are no grant of the commune and go to `hoursCsv`. */
  amountCents: Cents
  /** The commune's own agents' hours, valued: they are a municipal grant in kind. */
  ownAgentsCents?: Cents
  payment: { kind: 'once'; on: Day } | { kind: 'instalments'; from: Day; to: Day }
  isStateAidNotified: boolean
  /** The aid scheme's identifier in the schema `dispositif-aide`. */
  schemeId?: string
}

/** The sixteen columns of SCDL Subventions 2.1.1, one row per beneficiary. */
export type ScdlRow = Record<string, string>

export function scdlRows(grants: PublishedGrant[]): ScdlRow[] {
  return grants.map(scdlRow)
}

/** UTF-8, comma, decimal point. */
export function scdlCsv(grants: PublishedGrant[]): string {
  return csv(
    scdlSchema.fields.map(({ name }) => name),
    scdlRows(grants),
  )
}

function scdlRow(grant: PublishedGrant): ScdlRow {
  const { issuer, beneficiary, payment, ownAgentsCents = 0n } = grant
  return {
    nomAttribuant: issuer.name,
    idAttribuant: issuer.siret,
    dateConvention: grant.agreedOn,
    referenceDecision: grant.decisionReference ?? '',
    nomBeneficiaire: beneficiary.name,
    idBeneficiaire: beneficiary.siret ?? '',
    rnaBeneficiaire: publishedRna(beneficiary),
    objet: shortened(grant.object),
    montant: pointed(grant.amountCents + ownAgentsCents),
    nature: ownAgentsCents > 0n ? 'aide en numéraire;aide en nature' : 'aide en numéraire',
    conditionsVersement: payment.kind === 'once' ? 'unique' : 'échelonné',
    datesPeriodeVersement: payment.kind === 'once' ? payment.on : `${payment.from}/${payment.to}`,
    idRAE: '',
    notificationUE: grant.isStateAidNotified ? 'oui' : 'non',
    pourcentageSubvention: '1',
    dispositifAide: grant.schemeId ?? '',
  }
}

// The schema knows only W and nine digits; Corsica's W2A… and older numbers exist. With a SIRET, such a
// number is left out; alone, it is the only true identity, and the validator will say what it thinks.
function publishedRna({ siret, rna }: PublishedOrganisation): string {
  if (rna === undefined) return ''
  return siret === undefined || /^W\d{9}$/.test(rna) ? rna : ''
}

const OBJECT_SIGNS_MAX = 256

function shortened(object: string): string {
  const signs = [...object.replace(/\s+/g, ' ').trim()]
  if (signs.length <= OBJECT_SIGNS_MAX) return signs.join('')
  return `${signs.slice(0, OBJECT_SIGNS_MAX - 1).join('')}…`
}

function pointed(value: bigint): string {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`
}

export type PublishedHours = {
  issuer: { name: string; siret: Siret }
  beneficiary: PublishedOrganisation
  family: string
  grantedMinutes: Minutes
  doneMinutes: Minutes
  companies: { name: string; agreesToBeNamed: boolean }[]
}

const HOURS_COLUMNS = [
  'nomAttribuant',
  'idAttribuant',
  'nomBeneficiaire',
  'idBeneficiaire',
  'rnaBeneficiaire',
  'familleCompetences',
  'heuresAttribuees',
  'heuresRealisees',
  'nombreEntreprises',
  'entreprisesNommees',
]

/** `metis_heures.csv`: hours offered by companies. No person; a company's name only if it agreed. */
export function hoursCsv(lines: PublishedHours[]): string {
  return csv(HOURS_COLUMNS, lines.map(hoursRow))
}

function hoursRow(line: PublishedHours): ScdlRow {
  const named = line.companies.filter((company) => company.agreesToBeNamed)
  return {
    nomAttribuant: line.issuer.name,
    idAttribuant: line.issuer.siret,
    nomBeneficiaire: line.beneficiary.name,
    idBeneficiaire: line.beneficiary.siret ?? '',
    rnaBeneficiaire: line.beneficiary.rna ?? '',
    familleCompetences: line.family,
    heuresAttribuees: decimalHours(line.grantedMinutes),
    heuresRealisees: decimalHours(line.doneMinutes),
    nombreEntreprises: String(line.companies.length),
    entreprisesNommees: named.map((company) => company.name).join(';'),
  }
}

/** Hours with two decimals; a third of a minute at most is lost, half a hundredth goes up. */
function decimalHours(value: Minutes): string {
  return pointed((value * 100n + 30n) / 60n)
}

function csv(columns: string[], rows: ScdlRow[]): string {
  // A name that starts like a formula must not run in the reader's spreadsheet.
  return stringify(rows, { header: true, columns, escape_formulas: true })
}
