import { expect, test } from 'vitest'
import { headerCoverage } from './header-report.ts'
import { proposeMapping } from './mapping.ts'

test.each([
  [
    'SCDL',
    [
      'nomAttribuant',
      'idAttribuant',
      'dateConvention',
      'referenceDecision',
      'nomBeneficiaire',
      'idBeneficiaire',
      'rnaBeneficiaire',
      'objet',
      'montant',
      'nature',
      'conditionsVersement',
      'datesPeriodeVersement',
      'idRAE',
      'notificationUE',
      'pourcentageSubvention',
      'dispositifAide',
    ],
    [
      'grantorName',
      'grantorId',
      'agreedOn',
      'decisionReference',
      'beneficiaryName',
      'beneficiarySiret',
      'beneficiaryRna',
      'purpose',
      'amountCents',
      'nature',
      'paymentConditions',
      'paymentPeriod',
      'aidRegisterId',
      'europeanNotice',
      'share',
      'scheme',
    ],
  ],
  [
    'all in small letters',
    ['nombeneficiaire', 'idattribuant', 'conditionsversement', 'datesperiodeversement'],
    ['beneficiaryName', 'grantorId', 'paymentConditions', 'paymentPeriod'],
  ],
  [
    'the shape COLL_/ATTRIB_',
    [
      'COLL_NOM',
      'COLL_SIRET',
      'ACTE_DATE',
      'ACTE_REF',
      'ATTRIB_NOM',
      'ATTRIB_SIRET',
      'SUB_OBJ',
      'SUB_MONTANT',
      'SUB_NATURE',
    ],
    [
      'grantorName',
      'grantorId',
      'agreedOn',
      'decisionReference',
      'beneficiaryName',
      'beneficiarySiret',
      'purpose',
      'amountCents',
      'nature',
    ],
  ],
  [
    'attributaire who gives',
    [
      'Nom attributaire*',
      "Identification de l'attributaire*",
      'Nom du bénéficiaire*',
      'Montant total de la subvention*',
    ],
    ['grantorName', 'grantorId', 'beneficiaryName', 'amountCents'],
  ],
  [
    'attributaire who receives',
    ['Attributaire', 'Numéro de SIRET (attributaire)', 'Montant voté'],
    ['beneficiaryName', 'beneficiarySiret', 'amountCents'],
  ],
  [
    'letters lost',
    ['Nom du b\ufffdn\ufffdficiaire', 'Rfrence de la dcision', 'Montant'],
    ['beneficiaryName', 'decisionReference', 'amountCents'],
  ],
  [
    'help in kind apart',
    [
      'Association',
      'Montant du prêt',
      'Montant de la garantie',
      'Détail des avantages en nature',
      'Estimation des avantages en nature',
      'Nature',
    ],
    [
      'beneficiaryName',
      'loanCents',
      'guaranteeCents',
      'inKindDescription',
      'inKindCents',
      'nature',
    ],
  ],
  [
    'asked and proposed',
    ['Structure', 'Montant demandé 2014', 'Montant proposé', 'Montant déjà attribué 2014', 'Etape'],
    ['beneficiaryName', 'requestedCents', 'proposedCents', 'alreadyAwardedCents', 'stage'],
  ],
  [
    'a budget',
    ['Libellé Fonction', 'Bénéficiaire', "Budget de l'année"],
    ['sector', 'beneficiaryName', 'amountCents'],
  ],
  [
    'an aggregator',
    ['association.name', 'association.siret', 'entity.name', 'amount', 'year', 'justification'],
    ['beneficiaryName', 'beneficiarySiret', 'grantorName', 'amountCents', 'year', 'purpose'],
  ],
])('headers of %s are understood', (_, headers, fields) => {
  expect(proposeMapping(headers).map(({ field }) => field)).toEqual(fields)
})

test('what the values contradict is not taken at its word', () => {
  const rows = Array.from({ length: 10 }, (_, rank) => [`Club ${rank}`, 200 + rank, '1 proposée'])
  const columns = proposeMapping(['Structure', 'Montant', 'proposée 2014'], rows)
  expect(columns.map(({ field }) => field)).toEqual(['beneficiaryName', 'amountCents', undefined])
})

test('a column without a known header is guessed from its values, and the guess is said', () => {
  const rows = Array.from({ length: 10 }, (_, rank) => [`Club ${rank}`, 45_000 + rank])
  const columns = proposeMapping(['Association', 'Colonne B'], rows)
  expect(columns[1]).toEqual({ header: 'Colonne B', field: 'amountCents', confidence: 0.3 })
})

test('of 504 real files, at least 490 say who and how much without help', () => {
  const coverage = headerCoverage('../shared/data/grants/header-corpus')
  expect(coverage).toMatchObject({ files: 504, headerRows: 243 })
  expect(coverage.filesWithNameAndAmount).toBeGreaterThanOrEqual(490)
  expect(coverage.headerRowsRead).toBeGreaterThanOrEqual(230)
})
