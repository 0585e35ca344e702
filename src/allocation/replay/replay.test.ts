import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runReplay } from './command.ts'
import type { ReplayReport } from './report.ts'

const DATA = '../shared/data'
const GRANTS = `${DATA}/grants`
const OURS = [
  'tests/fixtures/replay/grants.csv',
  '--cut',
  '10%',
  '--pledges',
  'examples/pledges-simulated.csv',
  '--needs',
  'examples/needs-simulated.csv',
]

test('supplied pledges and needs are shared out, and a line that is wrong costs only itself', async () => {
  const { report, code } = await replayed(...OURS)
  expect(code).toBe(1)
  expect(report.refusals.map(({ line, column, value }) => [line, column, value])).toEqual([
    [8, expect.any(String), 'douze'],
    [6, 'association', 'Club inconnu'],
  ])
  const given = report.lines.flatMap(({ name, hours }) =>
    hours.map(({ company, minutes }) => [name, company, minutes / 60]),
  )
  expect(given).toEqual([
    ['Secours alimentaire', 'Cabinet Genêt (fictif)', 42],
    ['Harmonie de Valmont', 'Boulangerie Épi (fictif)', 21],
    ['Jardins partagés', 'Studio Iris (fictif)', 14],
  ])
  const cash = report.lines.reduce((sum, { cashCents }) => sum + cashCents, 0)
  expect(cash).toBe(4_131_000)
})

test('each figure says whether it is real, supplied, simulated or computed', async () => {
  const { report } = await replayed('tests/fixtures/replay/grants.csv', '--cut', '10%')
  const origins = new Map(report.facts.map(({ name, origin }) => [name, origin]))
  expect(origins.get('baseline')).toBe('real')
  expect(origins.get('cut')).toBe('supplied')
  expect(origins.get('pledged')).toBe('simulated')
  expect(origins.get('compensated')).toBe('simulated')
})

test('a natural person is counted, never named, and help in kind is not cash', async () => {
  const page = join(tmpdir(), `replay-${process.pid}.html`)
  const { text } = await replayed(...OURS, '--html', page)
  const html = await readFile(page, 'utf8')
  await rm(page)
  for (const shown of [text, html]) expect(shown).not.toMatch(/Durand/)
  expect(html.match(/<svg class="chart" role="img"/g)).toHaveLength(3)
  expect(html.match(/<table>/g)?.length).toBeGreaterThanOrEqual(3)
  expect(html).not.toMatch(/(?:src|href)="(?!#)/)
})

test('the same replay twice gives the same digests', async () => {
  const once = await replayed('tests/fixtures/replay/grants.csv', '--cut', '10%')
  const again = await replayed('tests/fixtures/replay/grants.csv', '--cut', '10%', '--lang', 'en')
  expect(again.report.resultSha256).toBe(once.report.resultSha256)
})

test.each([
  ['no file', [], 2],
  ['no cut', ['tests/fixtures/replay/grants.csv'], 2],
  ['a cut above all there is', ['tests/fixtures/replay/grants.csv', '--cut', '99999999'], 2],
  [
    'a year that is not there',
    ['tests/fixtures/replay/grants.csv', '--cut', '5%', '--year', '1999'],
    2,
  ],
  ['a file that does not exist', ['nowhere.csv', '--cut', '5%'], 2],
  [
    'pledges that are no pledges',
    ['tests/fixtures/replay/grants.csv', '--cut', '5%', '--pledges', 'README.md'],
    2,
  ],
  ['help', ['--help'], 0],
])('%s: a sentence and the right exit code', async (_, argv, expected) => {
  const { code, text, errors } = await run(argv)
  expect(code).toBe(expected)
  expect(text + errors).toMatch(/\S.{15,}/)
})

test('Montpellier 2014: 1 051 requests, 8.1 M€ asked, 2.96 M€ proposed', async () => {
  const { report } = await replayed(
    `${GRANTS}/villes/montpellier_AttribSub_2014.xls`,
    '--cut',
    '12%',
  )
  const texts = new Map(report.facts.map(({ name, text }) => [name, text.replace(/\s/g, '')]))
  expect(texts.get('requests')).toBe('1051')
  expect(texts.get('asked')).toBe('8105305€')
  expect(texts.get('proposed')).toBe('2962324€')
  for (const { cashCents, requestedCents } of report.lines)
    expect(cashCents).toBeLessThanOrEqual(requestedCents ?? 0)
})

test('a file of two granting bodies asks which one, then replays Roques alone', async () => {
  const file = `${GRANTS}/scdl-exemples/SCDL_DEP_Haute_Garonne_datalocale-subvention.csv`
  const unsure = await run([file, '--cut', '12%'])
  expect(unsure.code).toBe(2)
  expect(unsure.errors).toMatch(/ROQUES.*SICOVAL/)
  const { report } = await replayed(file, '--cut', '12%', '--grantor', 'roques')
  expect(report.lines).toHaveLength(20)
})

test('La Nouaye, whose file has no readable year, is replayed and says so', async () => {
  const { report } = await replayed(
    `${GRANTS}/agregateur-wald52/commune-la-nouaye.json`,
    '--cut',
    '12%',
  )
  expect(report.title).toMatch(/année inconnue/)
  expect(report.notes.join(' ')).toMatch(/année lisible/)
})

test("L'Isle-en-Dodon, 32 associations and 25 220 euros", async () => {
  const { report } = await replayed(
    `${DATA}/deliberations/lisle-en-dodon_2017_TRANSCRIT.csv`,
    '--cut',
    '10%',
  )
  expect(report.lines).toHaveLength(32)
  expect(report.lines.reduce((sum, { baselineCents }) => sum + baselineCents, 0)).toBe(2_522_000)
})

async function run(argv: string[]) {
  let text = ''
  let errors = ''
  const code = await runReplay(argv, {
    out: (line) => {
      text += `${line}\n`
    },
    err: (line) => {
      errors += `${line}\n`
    },
  })
  return { code, text, errors }
}

async function replayed(...argv: string[]) {
  const { code, text, errors } = await run([...argv, '--json'])
  if (code === 2) throw new Error(errors)
  const report: ReplayReport = JSON.parse(text)
  return { code, text, report }
}
