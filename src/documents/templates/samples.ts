import { cents, day, minutes, parseSiren, type Siren } from '#kit'
import { sha256 } from '#platform'
import type { AwardNotice } from './award-notice.ts'
import type { DepositReceipt } from './deposit-receipt.ts'
import type { GiftReceipt } from './gift-receipt.ts'
import type { GrantAgreement } from './grant-agreement.ts'
import type { InKindNote } from './in-kind-note.ts'
import type { MissionAgreement } from './mission-agreement.ts'
import type { PledgeLetter } from './pledge-letter.ts'
import { association, campaign, commune, company, createdAt, issuer } from './sample-parties.ts'

export { councilPack } from './sample-council.ts'
export { createdAt } from './sample-parties.ts'

// Fictional papers of the cast, for tests and the bench.

function siren(text: string): Siren {
  const parsed = parseSiren(text)
  if (!parsed) throw new Error(`not a SIREN: ${text}`)
  return parsed
}

export const issuedReceipt: GiftReceipt = {
  cerfaVersion: '16216*03',
  association: {
    name: 'Le Panier de Valmont',
    identifier: 'RNA W751245606',
    address: { street: '4, rue des Tilleuls', postcode: '38730', town: 'Valmont' },
    purpose:
      'Collecter des denrées et les distribuer gratuitement aux personnes en difficulté du canton.',
    category: { kind: 'freeAid' },
  },
  company: {
    name: 'Boulangeries Martin & Fils',
    legalForm: 'SAS',
    siren: siren('732829320'),
    address: { street: '12, place du Marché', postcode: '38730', town: 'Valmont' },
  },
  inKind: {
    amountCents: cents(462_000),
    missions: [
      {
        title: 'Tenir une comptabilité simple',
        qualification: 'Contrôleur de gestion',
        workedMinutes: minutes(7_200),
        from: day('2026-05-04'),
        to: day('2026-11-27'),
        agreementReference: 'CM-2026-014',
      },
    ],
  },
  cash: { amountCents: cents(0), forms: [] },
  from: day('2026-01-01'),
  to: day('2026-12-31'),
  status: {
    state: 'issued',
    number: '2026-0003',
    signedOn: day('2027-02-12'),
    signatory: { name: 'Odile Perrin', role: 'présidente' },
  },
  verification: { address: 'metis.valmont.example/verifier', code: '7QK4-M2XA-9TFD' },
  createdAt,
}

export const missionAgreement: MissionAgreement = {
  reference: 'CM-2027-014',
  route: 'secondment',
  company,
  association,
  employee: { name: 'Samir Haddad', qualification: 'contrôleur de gestion' },
  costMode: 'free',
  purpose: 'qualification',
  title: 'Tenir une comptabilité simple',
  tasks: ['Mettre en place un plan de comptes', 'Former deux bénévoles à la saisie'],
  startsOn: day('2027-05-03'),
  endsOn: day('2027-11-26'),
  totalMinutes: minutes(7_200),
  places: '4, rue des Tilleuls, à Valmont, et à distance le mardi',
  schedule: 'une demi-journée par semaine, le mardi ou le jeudi',
  referents: { company: 'Léa Fontaine, responsable RSE', association: 'Paul Meunier, trésorier' },
  informed: { commune: issuer, campaign, award: 'crédit d’heures n° 2027-07' },
  signed: {},
  createdAt,
}

export const grantAgreement: GrantAgreement = {
  reference: 'CS-2027-007',
  issuer,
  commune,
  association,
  campaign,
  object:
    'la collecte et la distribution gratuite de denrées aux personnes en difficulté du canton',
  from: day('2027-01-01'),
  to: day('2027-12-31'),
  deliberation: { number: '2027-03-12', on: day('2027-03-25') },
  cash: {
    amountCents: cents(2_640_000),
    budgetLine: '65748',
    payments: [
      { when: 'À la signature', amountCents: cents(1_848_000) },
      { when: 'Le 1er octobre 2027, sur bilan intermédiaire', amountCents: cents(792_000) },
    ],
  },
  reportDueOn: day('2028-06-30'),
  hoursCredit: [
    { family: 'Finance, comptabilité, contrôle de gestion', minutes: minutes(7_200) },
    { family: 'Informatique et numérique', minutes: minutes(2_430) },
  ],
  signed: {},
  createdAt,
}

export const awardNotice: AwardNotice = {
  reference: 'N-2027-007',
  issuer,
  association: { name: association.name, address: association.address },
  campaign,
  writtenOn: day('2027-04-01'),
  deliberation: { number: '2027-03-12', on: day('2027-03-25') },
  cash: { askedCents: cents(3_000_000), grantedCents: cents(2_640_000) },
  hours: [
    {
      family: 'Finance, comptabilité, contrôle de gestion',
      askedMinutes: minutes(9_000),
      grantedMinutes: minutes(7_200),
    },
  ],
  reasons: [
    'L’enveloppe baisse de 12 % : toutes les associations de votre taille reçoivent au plus 88 % de l’an dernier.',
    'Les heures de comptabilité couvrent une part de la baisse ; vous aviez accepté cette solution.',
  ],
  algorithm: {
    purpose: 'proposer un partage équitable des euros et des heures entre les demandes',
    rulesAddress: 'metis.valmont.example/regles',
    contact: 'associations@valmont.example',
  },
  nextSteps: [
    'Signez la convention de subvention dans votre espace.',
    'Publiez vos besoins : les entreprises y répondent.',
  ],
  remedies: { authority: 'Madame la Maire', court: 'tribunal administratif de Grenoble' },
  signatory: { name: 'Claire Vidal', role: 'La maire' },
  createdAt,
}

export const depositReceipt: DepositReceipt = {
  reference: 'D-2027-031',
  issuer,
  service: {
    name: 'Vie associative',
    phone: '04 76 00 00 00',
    email: 'associations@valmont.example',
  },
  association: { name: association.name, identifier: association.identifier },
  campaign,
  depositedAt: new Date('2027-01-15T17:42:00Z'),
  askedCents: cents(3_000_000),
  askedMinutes: minutes(9_000),
  pieces: ['Comptes approuvés 2026', 'Rapport d’activité 2026', 'RIB'].map((name) => ({
    name,
    sha256: sha256(name),
  })),
  fetchedFrom: ['statuts et liste des dirigeants (RNA)', 'situation au répertoire Sirene'],
  court: 'tribunal administratif de Grenoble',
  verification: { address: 'https://metis.example/valmont/verify', code: 'ABCD-EFGH-JKMN-PQRS' },
}

export const pledgeLetter: PledgeLetter = {
  issuer,
  company,
  representative: company.representative,
  campaign,
  hours: [
    { family: 'Finance, comptabilité, contrôle de gestion', minutes: minutes(7_200) },
    { family: 'Informatique et numérique', minutes: minutes(2_430) },
  ],
  blockMinutes: minutes(210),
  from: day('2027-04-01'),
  to: day('2027-12-31'),
  createdAt,
}

export const inKindNote: InKindNote = {
  association: { name: 'Le Panier de Valmont', identifier: 'RNA W751245606' },
  from: day('2026-09-01'),
  to: day('2027-08-31'),
  accounts: [
    { number: '862', label: 'Prestations', side: 'debit' },
    { number: '871', label: 'Prestations en nature', side: 'credit' },
  ],
  companies: [
    {
      name: 'Boulangeries Martin & Fils',
      receiptsCount: 1,
      minutes: minutes(7_200),
      valueCents: cents(462_000),
    },
  ],
  receipts: [
    {
      number: '2026-003',
      company: 'Boulangeries Martin & Fils',
      mission: 'Tenir une comptabilité simple',
      minutes: minutes(7_200),
      valueCents: cents(462_000),
    },
  ],
  total: { receiptsCount: 1, minutes: minutes(7_200), valueCents: cents(462_000) },
  annex: ['L’association a reçu 120 h de travail.'],
  createdAt,
}
