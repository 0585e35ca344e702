import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { expect, test } from 'vitest'
import { cents, day, sumCents } from '#kit'
import { readTable } from '#platform'
import type { AcceptedLine, LineOutcome } from './grant.ts'
import { readGrantLines } from './read-lines.ts'
import { proposeGrantMapping } from './sheets.ts'

const DATA = '../shared/data/grants'
const today = day('2026-11-24')

// The cash was summed apart, by other tools, for the files of the Loire, Vendée, Toulouse, Rennes and Poitiers.
test.each([
  // file, lines taken, of which with a warning, refused, passed over, cash in euros
  [
    'paysdelaloire/44-Loire-Atlantique__224400028_subventions-aux-associations-du-departement-de-loire-atlantique.csv',
    18147,
    100,
    1,
    0,
    472221540.88,
  ],
  ['paysdelaloire/72-Sarthe___old__sub_asso_2018_Sarthe.csv', 1623, 0, 2, 0, 7616647.12],
  ['paysdelaloire/72-Sarthe__subvention_progos_2018.xls', 24, 3, 0, 0, 1778125],
  [
    'paysdelaloire/72-Sarthe__subventions_associations_2017-converti.xlsx',
    1657,
    0,
    0,
    4,
    7868853.94,
  ],
  [
    'paysdelaloire/72-Sarthe__subventions_versees_aux_associations_en_2018-converti.xlsx',
    1623,
    0,
    2,
    0,
    7616647.12,
  ],
  [
    'paysdelaloire/85-Vendee__2017_Publication_données_Open_data_Subventions_Conventions.csv',
    23,
    23,
    0,
    0,
    1721009.54,
  ],
  [
    'paysdelaloire/85-Vendee__2018_Publication_données_Open_data_Subventions_Conventions.csv',
    114,
    114,
    0,
    0,
    14232562.49,
  ],
  [
    'paysdelaloire/85-Vendee__201903_Publication_données_Open_data_Subventions_Conventions.csv',
    47,
    47,
    0,
    0,
    6969345,
  ],
  [
    'paysdelaloire/85-Vendee__201907_Publication_données_Open_data_Subventions_Conventions.csv',
    8,
    8,
    0,
    0,
    673456.08,
  ],
  ['scdl-exemples/DEP_Aube_Donnees_essentielles_conventions_subvention.xlsx', 7, 2, 0, 0, 2580600],
  ['scdl-exemples/DEP_Lot_Subventions_2017_DONNEES.xlsx_pour_exemple.csv', 13, 0, 0, 0, 878205],
  [
    'scdl-exemples/DEP_Vendée_Publication_données_Open_data_Subventions_Conventions.xlsx',
    4,
    0,
    0,
    0,
    2367625,
  ],
  [
    'scdl-exemples/SCDL_COM_Poitiers_citoyennete-subventions-directes-attribuees-aux-associations-2017-ville-de-poiti.csv',
    562,
    562,
    0,
    0,
    11548359.23,
  ],
  ['scdl-exemples/SCDL_DEP_Haute_Garonne_datalocale-subvention.csv', 68, 0, 1, 0, 351558.85],
  ['villes/montpellier_AttribSub_2014.xls', 1189, 9, 2, 47, 5566104],
  ['villes/rennes_bp-2019-subventions-aux-associations.csv', 361, 1, 1, 0, 50189932],
  ['villes/toulouse_subventions_2022.csv', 396, 396, 0, 0, 88789356.48],
  ['villes/toulouse_subventions_2023.csv', 551, 551, 0, 0, 117719667.87],
  ['datasubvention-fixtures/DILCRAH_2019.csv', 4, 4, 0, 0, 110000],
  ['datasubvention-fixtures/SCDL.xlsx', 10, 10, 0, 0, 5562017],
  ['datasubvention-fixtures/SCDL_WITH_EXERCICE_ALT.xlsx', 3, 3, 0, 0, 17500],
  [
    'datasubvention-fixtures/cd11_donneesessentiellessubventions23k.csv-errors.csv',
    534,
    37,
    1,
    0,
    34647839.42,
  ],
  [
    'datasubvention-fixtures/donneesessentielles2019_publiINTERNET.xls-errors.csv',
    8,
    0,
    0,
    0,
    317172,
  ],
  ['datasubvention-fixtures/helios.fixture.ods', 7, 6, 0, 0, 8417],
  ['datasubvention-fixtures/le-compte-asso-export-tests.csv', 0, 0, 0, 0, 0],
  ['agregateur-wald52/agglo-grand-chambery.json', 507, 12, 0, 0, 10576953.37],
  ['agregateur-wald52/agglo-lorient.json', 365, 6, 0, 9, 41652000.68],
  ['agregateur-wald52/commune-la-nouaye.json', 39, 39, 0, 0, 316499],
  ['agregateur-wald52/communes-pays-loire.json', 1147, 12, 3, 0, 2793209.99],
  ['agregateur-wald52/ville-manosque-2025.json', 13, 13, 0, 0, 7322589],
  ['agregateur-wald52/ville-nantes.json', 10327, 366, 0, 0, 323388529.23],
  ['../deliberations/lisle-en-dodon_2017_TRANSCRIT.csv', 32, 0, 0, 0, 25220],
])(
  '%s: %i lines taken, %i of them with a warning, %i refused, %i passed over',
  async (file, taken, warned, refused, passedOver, euros) => {
    const outcomes = await readFile(file)
    const lines = accepted(outcomes)
    expect({
      taken: lines.length,
      warned: lines.filter(({ warnings }) => warnings.length > 0).length,
      refused: outcomes.filter((outcome) => 'refusals' in outcome).length,
      passedOver: outcomes.filter((outcome) => 'skipped' in outcome).length,
      euros: Number(cashOf(lines)) / 100,
    }).toEqual({ taken, warned, refused, passedOver, euros })
  },
)

test('Montpellier 2014: 1 051 requests with a proposal, and a detail sheet that is not counted twice', async () => {
  const lines = accepted(await readFile('villes/montpellier_AttribSub_2014.xls'))
  const requests = lines
    .map(({ grant }) => grant)
    .filter(
      ({ requestedCents, proposedCents }) =>
        requestedCents !== undefined && proposedCents !== undefined,
    )
  expect(requests).toHaveLength(1051)
  expect(sumCents(requests.map(({ requestedCents }) => requestedCents ?? cents(0)))).toBe(
    810_530_500n,
  )
  expect(sumCents(requests.map(({ proposedCents }) => proposedCents ?? cents(0)))).toBe(
    296_232_400n,
  )
  expect(requests.filter(({ proposedCents }) => proposedCents === 0n)).toHaveLength(438)
  expect(requests.filter(({ isUndecided }) => isUndecided)).toHaveLength(438)
})

test('Roques is 40 lines of a file that says another name', async () => {
  const outcomes = await readFile('scdl-exemples/SCDL_DEP_Haute_Garonne_datalocale-subvention.csv')
  expect(outcomes).toHaveLength(69)
  expect(
    accepted(outcomes).filter(({ grant }) => grant.grantorName === 'COMMUNE DE ROQUES'),
  ).toHaveLength(40)
})

test('Loire-Atlantique: help in kind, loans and guarantees stand beside the cash', async () => {
  const grants = accepted(
    await readFile(
      'paysdelaloire/44-Loire-Atlantique__224400028_subventions-aux-associations-du-departement-de-loire-atlantique.csv',
    ),
  ).map(({ grant }) => grant)
  const count = (test: (grant: (typeof grants)[number]) => boolean) => grants.filter(test).length
  expect(count(({ inKindCents }) => inKindCents !== undefined)).toBe(35)
  expect(count(({ loanCents }) => loanCents !== undefined)).toBe(20)
  expect(count(({ guaranteeCents }) => guaranteeCents !== undefined)).toBe(28)
  expect(count(({ beneficiarySiren }) => beneficiarySiren === undefined)).toBe(95)
})

test('no SIRET that Data.Subvention rejects in the Aude is taken as it stands, and its line is kept', async () => {
  const file = 'datasubvention-fixtures/cd11_donneesessentiellessubventions23k.csv-errors.csv'
  const lines = new Map(accepted(await readFile(file)).map((line) => [line.line, line]))
  const records = createReadStream(`${DATA}/${file}`).pipe(
    parse({ columns: true, bom: true, info: true }),
  )
  let line = 2
  let checked = 0
  for await (const { record, info } of records) {
    if (record.field === 'idBeneficiaire') {
      checked += 1
      const taken = lines.get(line)
      expect(taken?.grant.beneficiaryName, record.value).toBe(record.nomBeneficiaire)
      const isMended = taken?.warnings.some(({ code }) => code === 'siret-zero-added')
      expect(isMended || taken?.grant.beneficiarySiret === undefined, record.value).toBe(true)
    }
    line = info.lines + 1
  }
  expect(checked).toBe(18)
})

function accepted(outcomes: LineOutcome[]): AcceptedLine[] {
  return outcomes.filter((outcome) => 'grant' in outcome)
}

function cashOf(lines: AcceptedLine[]): bigint {
  return sumCents(lines.map(({ grant }) => grant.amountCents ?? cents(0)))
}

async function readFile(file: string): Promise<LineOutcome[]> {
  const table = await readTable(`${DATA}/${file}`)
  if ('refusals' in table) throw new Error(table.refusals[0]?.code)
  const outcomes: LineOutcome[] = []
  for await (const outcome of readGrantLines(table, await proposeGrantMapping(table), { today }))
    outcomes.push(outcome)
  return outcomes
}
