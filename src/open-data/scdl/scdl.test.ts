import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { cents, day, minutes, parseRna, parseSiret } from '#kit'
import { root } from '#platform'
import {
  type Finding,
  hoursCsv,
  isPublishable,
  type PublishedGrant,
  scdlCsv,
  validateScdl,
} from './index.ts'

function official(name: string): Finding[] {
  const folder = `${root}/../shared/data/schemas/exemples-subventions`
  return validateScdl(readFileSync(`${folder}/${name}.csv`, 'utf8'))
}

function errorsOf(findings: Finding[]): string[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ line, column, code }) => [line, column, code].filter(Boolean).join(' '))
}

describe('the official examples', () => {
  test('the valid file is valid to the last cell', () => {
    expect(official('exemple_valide')).toEqual([])
  })

  test('the valid file of version 2.0 only lacks the optional columns of 2.1', () => {
    const findings = official('v2.0_exemple-valide')
    expect(errorsOf(findings)).toEqual([])
    expect(findings.map(({ column }) => column)).toEqual(['rnaBeneficiaire', 'dispositifAide'])
  })

  test.each([
    '2 pourcentageSubvention range',
    '5 dateConvention date',
    '5 rnaBeneficiaire pattern',
    '6 montant number',
    '6 notificationUE boolean',
    '6 idBeneficiaire siret',
    '7 idAttribuant pattern',
    '7 idAttribuant siret',
    '8 datesPeriodeVersement pattern',
    '8 notificationUE boolean',
    '9 idBeneficiaire one-of-required',
    '9 pourcentageSubvention number',
    '10 montant required',
    '12 rnaBeneficiaire pattern',
    '16 nature enum',
  ])('in the file with wrong cells: %s', (expected) => {
    expect(errorsOf(official('exemple_invalide_erreurs_cellules'))).toContain(expected)
  })

  test('in the file with wrong cells, a good cell is never accused', () => {
    const errors = errorsOf(official('exemple_invalide_erreurs_cellules'))
    const accused = new Set(errors.map((error) => error.split(' ')[1]))
    for (const column of [
      'nomAttribuant',
      'referenceDecision',
      'nomBeneficiaire',
      'objet',
      'idRAE',
    ])
      expect(accused).not.toContain(column)
    expect(errors.filter((error) => error.startsWith('29 '))).toEqual(['29 idAttribuant siret'])
  })

  test('in the file with wrong columns, a missing, an unknown and two misplaced columns are named', () => {
    const findings = official('exemple_invalide_erreurs_colonnes')
    const named = findings
      .filter(({ line }) => line === 1)
      .map((one) => `${one.code} ${one.column}`)
    expect(named).toContain('column-missing nomBeneficiaire')
    expect(named).toContain('column-unknown NOM_Beneficiaire')
    expect(named).toContain('column-order idAttribuant')
    expect(isPublishable(findings)).toBe(false)
  })

  test.each([
    ['exemple-duplicate-column', 'encoding'],
    ['v1.1_exemple_arrete', '4 montant number'],
    ['etalab-format-1.1.0_exemple', '2 datesPeriodeVersement pattern'],
    ['v2.0_erreurs_cellules', '5 dateConvention date'],
    ['v2.0_erreurs_colonnes', '1 nomBeneficiaire column-missing'],
  ])('%s is refused: %s', (name, expected) => {
    expect(errorsOf(official(name))).toContain(expected)
  })
})

test('a column given twice is an error even when the file is in UTF-8', () => {
  expect(errorsOf(validateScdl('objet,objet\na,b'))).toContain('1 objet column-doubled')
})

test('a file with semicolons is refused with one plain reason', () => {
  expect(errorsOf(validateScdl('nomAttribuant;idAttribuant\na;b'))).toEqual(['1 separator'])
})

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the test itself is wrong')
  return value
}

const issuer = { name: 'Commune de Valmont', siret: known(parseSiret('21060004500392')) }
const foodBank = {
  name: 'Le Panier de Valmont, « tous ensemble »',
  siret: known(parseSiret('73282932000074')),
  rna: known(parseRna('W751245606')),
}

const grant: PublishedGrant = {
  issuer,
  agreedOn: day('2027-04-12'),
  decisionReference: '2027-03-12',
  beneficiary: foodBank,
  object: 'Collecte,\net distribution de denrées',
  amountCents: cents(2_640_050),
  payment: { kind: 'instalments', from: day('2027-04-30'), to: day('2027-10-01') },
  isStateAidNotified: false,
}

test('what METIS publishes passes the official schema, to the last cell', () => {
  const corsican = known(parseRna('W2A1001234'))
  const published = scdlCsv([
    grant,
    { ...grant, beneficiary: { name: 'Les Planches', rna: known(parseRna('W381000456')) } },
    { ...grant, beneficiary: { ...foodBank, rna: corsican }, object: 'x'.repeat(400) },
    { ...grant, payment: { kind: 'once', on: day('2027-05-02') }, ownAgentsCents: cents(100_000) },
  ])
  expect(validateScdl(published)).toEqual([])
  const rows: Record<string, string>[] = parse(published, { columns: true })
  expect(rows.map(({ montant }) => montant)).toEqual([
    '26400.50',
    '26400.50',
    '26400.50',
    '27400.50',
  ])
  expect(rows.map(({ nature }) => nature).at(-1)).toBe('aide en numéraire;aide en nature')
  expect(rows[0]?.objet).toBe('Collecte, et distribution de denrées')
})

test('a name that looks like a formula is not run by the reader’s spreadsheet', () => {
  const published = scdlCsv([{ ...grant, beneficiary: { ...foodBank, name: '=HYPERLINK("x")' } }])
  expect(published).toContain(`"'=HYPERLINK(""x"")"`)
})

test('the hours of companies are published apart, without persons, and name only who agreed', () => {
  const published = hoursCsv([
    {
      issuer,
      beneficiary: foodBank,
      family: 'Finance',
      grantedMinutes: minutes(7_200),
      doneMinutes: minutes(2_410),
      companies: [
        { name: 'Boulangeries Martin & Fils', agreesToBeNamed: true },
        { name: 'Discrète SA', agreesToBeNamed: false },
      ],
    },
  ])
  const [row]: Record<string, string>[] = parse(published, { columns: true })
  expect(row?.heuresAttribuees).toBe('120.00')
  expect(row?.heuresRealisees).toBe('40.17')
  expect(row?.nombreEntreprises).toBe('2')
  expect(row?.entreprisesNommees).toBe('Boulangeries Martin & Fils')
})
