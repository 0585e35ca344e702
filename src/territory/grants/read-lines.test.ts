import { expect, test } from 'vitest'
import { cents, day, sumCents } from '#kit'
import { readTable, sayIn } from '#platform'
import type { AcceptedLine, LineOutcome, LineRemark } from './grant.ts'
import { readGrantLines } from './read-lines.ts'
import { refusalsCsv } from './refusals-csv.ts'
import { proposeGrantMapping } from './sheets.ts'

const FIXTURES = 'tests/fixtures/grants'
const today = day('2026-11-24')

test('good lines of a file are kept, each bad one is given back with its place and its reason', async () => {
  const outcomes = await readFile(`${FIXTURES}/hard-cases.csv`)
  const refusals = outcomes.flatMap((outcome) => ('refusals' in outcome ? outcome.refusals : []))
  expect(refusals.map(placeOf)).toEqual([
    "7 Nom de l'association  name-missing",
    '8 Montant douze amount-unreadable',
    '9 Montant 1,500 amount-ambiguous',
  ])
  expect(accepted(outcomes).map(({ line, grant }) => [line, grant.amountCents])).toEqual([
    [2, 150_000n],
    [3, 225_050n],
    [4, 5_000_000n],
    [5, 30_000n],
    [6, 40_000n],
    [10, 20_000n],
    [11, 150_000n],
  ])
})

test('what is doubtful is said, and never kept as if it were sure', async () => {
  const lines = accepted(await readFile(`${FIXTURES}/hard-cases.csv`))
  expect(lines.flatMap(({ warnings }) => warnings.map(placeOf))).toEqual([
    '3 N° SIRET 7,17E+13 siret-cut-by-spreadsheet',
    '4 N° SIRET 73282932000000.0 siret-office-unknown',
    '5 Année 4435 year-impossible',
    '6 Année 16 year-impossible',
  ])
  expect(lines.map(({ grant }) => grant.year)).toEqual([
    2024,
    2024,
    2024,
    undefined,
    undefined,
    2024,
    2024,
  ])
  expect(lines.find(({ line }) => line === 10)?.grant.isNaturalPerson).toBe('likely')
})

test('headers and totals inside the table are passed over and counted', async () => {
  const outcomes = await readFile(`${FIXTURES}/hard-cases.csv`)
  expect(
    outcomes.flatMap((outcome) => ('skipped' in outcome ? [[outcome.line, outcome.skipped]] : [])),
  ).toEqual([
    [12, 'repeated-header'],
    [13, 'total'],
  ])
})

test('the same file read twice gives the same keys, and two identical lines stay two', async () => {
  const keys = accepted(await readFile(`${FIXTURES}/hard-cases.csv`)).map(({ lineKey }) => lineKey)
  const again = accepted(await readFile(`${FIXTURES}/hard-cases.csv`)).map(({ lineKey }) => lineKey)
  expect(again).toEqual(keys)
  expect(new Set(keys).size).toBe(keys.length)
})

test('a row cut at its unquoted commas is put together again, and says so', async () => {
  const lines = accepted(await readFile(`${FIXTURES}/unquoted-commas-cp1252.csv`))
  expect(lines.map(({ grant }) => [grant.purpose, grant.amountCents, grant.nature])).toEqual([
    ['Festival, 9e edition', 2_497_500n, 'cash'],
    ['Stage', 50_000n, 'cash'],
  ])
  expect(lines[0]?.warnings.map(({ code }) => code)).toEqual(['row-realigned', 'year-missing'])
})

test('the refused lines can be downloaded with reasons and remedies in words', async () => {
  const outcomes = await readFile(`${FIXTURES}/hard-cases.csv`)
  const refusals = outcomes.flatMap((outcome) => ('refusals' in outcome ? outcome.refusals : []))
  let text = ''
  for await (const chunk of refusalsCsv(refusals, sayIn('fr'))) text += chunk
  const [, , row = ''] = text.split('\r\n')
  expect(row.replaceAll('\u00a0', ' ')).toBe(
    "hard-cases.csv;8;Montant;douze;« douze » n'est pas un montant.;Gardez seulement le nombre, par exemple 1500,50.",
  )
})

test.each([
  ['at the next quote', 'Club;12;bal"\nVélo;13;tour\n', [2, 5]],
  ['a million signs further', `${'Club;12;bal\n'.repeat(100_000)}Vélo;13;tour"\n`, [2]],
])('a quote that closes %s hides no line in silence', async (_, rest, taken) => {
  const outcomes = await readText(
    `Association;Montant;Objet\nChorale;10;fête\nFoot;11;"ouvert\n${rest}`,
  )
  expect(accepted(outcomes).map(({ line }) => line)).toEqual(taken)
  const refusals = outcomes.flatMap((outcome) => ('refusals' in outcome ? outcome.refusals : []))
  expect(refusals.map(placeOf)).toEqual(['3   row-unreadable'])
})

test('a loan, a guarantee and help in kind are not cash', async () => {
  const text =
    'Association;Montant;Nature;Montant du prêt;Avantages en nature\nA;100;aide en nature;;\nB;;;5000;\nC;50;;;salle\nD;70;prêt;;\n'
  const grants = accepted(await readText(text)).map(({ grant }) => grant)
  expect(grants.map(({ nature }) => nature)).toEqual(['inKind', 'loan', 'mixed', 'loan'])
  expect(sumCents(grants.map(({ amountCents }) => amountCents ?? cents(0)))).toBe(5_000n)
})

function placeOf({ line, column, value, code }: LineRemark): string {
  return `${line} ${column} ${value} ${code}`
}

function accepted(outcomes: LineOutcome[]): AcceptedLine[] {
  return outcomes.filter((outcome) => 'grant' in outcome)
}

async function readText(text: string): Promise<LineOutcome[]> {
  return readFile({ fileName: 'a.csv', bytes: Buffer.from(text) })
}

async function readFile(source: Parameters<typeof readTable>[0]): Promise<LineOutcome[]> {
  const table = await readTable(source)
  if ('refusals' in table) throw new Error(table.refusals[0]?.code)
  const outcomes: LineOutcome[] = []
  for await (const outcome of readGrantLines(table, await proposeGrantMapping(table), { today }))
    outcomes.push(outcome)
  return outcomes
}
