import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { root, sayIn } from '#platform'
import type { Problem } from '../engine/index.ts'
import { lineOfBreak } from './json-break.ts'
import { readProblemFile } from './read.ts'

const page = readFileSync(join(root, 'docs', 'problem-files.md'), 'utf8')
const season = Object.fromEntries(
  [...page.matchAll(/cat > season\/(\S+) <<'END'\n([\s\S]*?)END\n/g)].map(
    ([, name = '', text = '']) => [name, text],
  ),
)

test('the example of the page can be copied as it is', async () => {
  const problem = await problemIn(season)
  expect(problem.pools[0]).toMatchObject({ families: ['COMMS'], minutes: 2_400, blockMinutes: 210 })
  expect(problem.needs[0]).toMatchObject({ minMinutes: 420, startsOn: '2027-03-01' })
  expect(problem.associations[2]).toEqual({
    id: 'radio',
    name: 'Radio des jeunes',
    envelopeId: 'sport',
    // The lower of the two middle grants, and 50 points weigh 100 %.
    basisCents: 2_500_00,
    referenceCents: 2_500_00,
    baselineCents: 0,
    floorCents: 0,
    requestCents: 1_500_50,
    usefulCents: 0,
    totalCapCents: Number.MAX_SAFE_INTEGER,
    score: 50,
    isCashEligible: true,
    isHoursEligible: true,
    excludedCompanyIds: [],
  })
})

test('commas, a mark of encoding and Windows letters are read as well', async () => {
  const commas = season['envelopes.csv']?.replaceAll(';', ',').replace('4 000', '"4 000,50"')
  const files = { ...season, 'envelopes.csv': `\ufeff${commas}` }
  expect((await problemIn(files)).envelopes[0]?.cashCents).toBe(4_000_50)
  const windows = Buffer.from(season['associations.csv'] ?? '', 'latin1')
  const problem = await problemIn({ ...season, 'associations.csv': windows })
  expect(problem.associations[1]?.name).toBe('Échecs pour tous')
})

test('pins, places and companies have their tables', async () => {
  const problem = await problemIn({
    ...season,
    'companies.csv':
      'id,name,missionsMax,excludedAssociationIds\nImprimerie du Port,,2,chess|radio\n',
    'needs.csv':
      'id,associationId,family,maxHours,eastMetres,northMetres\nN1,judo,COMMS,28,10,-20\n',
    'cash-pins.csv': 'associationId,cashEuros\nchess,1 200\n',
    'hours-pins.csv': 'needId,poolId,hours\nN1,,\n',
  })
  expect(problem.companies[0]).toMatchObject({ excludedAssociationIds: ['chess', 'radio'] })
  expect(problem.needs[0]?.place).toEqual({ eastMetres: 10, northMetres: -20 })
  expect(problem.pins).toEqual({
    cash: [{ associationId: 'chess', cashCents: 1_200_00 }],
    hours: [{ needId: 'N1', poolId: null, minutes: 0 }],
  })
})

const needs = (line: string) => `id;associationId;family;minHours;maxHours\n\n${line}\n`
const broken: [string, Record<string, string | undefined>, string][] = [
  ['a missing file', { 'pools.csv': undefined }, 'The file “pools.csv” is missing in the folder.'],
  [
    'an amount that is none',
    { 'envelopes.csv': 'id;cashEuros\nsport;much\n' },
    'Line 2 of “envelopes.csv”, “cashEuros”: “much” is not a number.',
  ],
  [
    'a negative amount',
    { 'envelopes.csv': 'id;cashEuros\nsport;-5\n' },
    'Line 2 of “envelopes.csv”, “cashEuros”: -500 is negative.',
  ],
  [
    'a stranger, below an empty line',
    { 'needs.csv': needs('N1;karate;COMMS;7;28') },
    'Line 3 of “needs.csv” (N1), “associationId”: “karate” is unknown.',
  ],
  [
    'a minimum above its maximum',
    { 'needs.csv': needs('N1;judo;COMMS;30;28') },
    'Line 3 of “needs.csv” (N1), “minHours”: the minimum is above the maximum.',
  ],
  [
    'a line that is too long',
    { 'needs.csv': needs('N1;judo;COMMS;7;28;5') },
    '“needs.csv”, line 3: this line has more cells than columns.',
  ],
  [
    'an open quotation mark',
    { 'needs.csv': needs('N1;"judo;COMMS;7;28') },
    '“needs.csv”, line 3: this line cannot be read as CSV (perhaps a quotation mark).',
  ],
  [
    'a strange column',
    { 'envelopes.csv': 'id;cashEuros;cash\nsport;5;5\n' },
    '“envelopes.csv”, line 1: the column “cash” is unknown.',
  ],
  [
    'the same in euros and in cents',
    { 'envelopes.csv': 'id;cashEuros;cashCents\nsport;5;500\n' },
    '“envelopes.csv”, line 1: the column “cashCents” says the same as another.',
  ],
  [
    'a missing column',
    { 'envelopes.csv': 'id;name\nsport;Sport\n' },
    '“envelopes.csv”, line 1: the column “cashCents” is missing.',
  ],
]
test.each(broken)('%s is refused with its file, line and column', async (_, change, sentence) => {
  const read = await readProblemFile(folderOf({ ...season, ...change }), { cashUnitCents: 100 })
  expect(sentencesOf(read)).toContain(sentence)
})

test.each<[string, string, number]>([
  ['cut in a list', '{\n "a": [1,\n', 2],
  ['cut in a word', '{\n "a": [1,\n 2, "b', 3],
  ['a comma too many', '{\n "a": 1,\n}', 3],
  ['no comma', '[\n 1\n 2\n]', 3],
  ['a strange word', '{"a":\n NaN}', 2],
  ['a closing sign of another kind', '{"a": [1\n}', 2],
  ['something after the end', '{}\n{}', 2],
  ['a key that is no text', '{\n1: 2}', 2],
  ['nothing', '', 1],
])('a file that is %s breaks at its line', (_, text, line) => {
  expect(() => JSON.parse(text)).toThrow()
  expect(lineOfBreak(text)).toBe(line)
})

test('a file cut in half is refused with the line of the cut', async () => {
  const file = join(folderOf({}), 'problem.json')
  const text = JSON.stringify(await problemIn(season), null, 1)
  writeFileSync(file, text.slice(0, text.length / 2))
  const line = text.slice(0, text.length / 2).split('\n').length
  expect(sentencesOf(await readProblemFile(file, { cashUnitCents: 100 }))).toEqual([
    `“${file}”, line ${line}: this is not JSON, or the file is cut there.`,
  ])
})

test('a million nested lists are refused, open or closed', async () => {
  const file = join(folderOf({}), 'problem.json')
  for (const closing of ['', ']'.repeat(1_000_000)]) {
    writeFileSync(file, `{"needs":${'['.repeat(1_000_000)}${closing}}`)
    expect(isRefused(await readProblemFile(file, { cashUnitCents: 100 }))).toBe(true)
  }
})

function folderOf(files: Record<string, string | Uint8Array | undefined>): string {
  const folder = mkdtempSync(join(tmpdir(), 'metis-problem-'))
  for (const [name, content] of Object.entries(files))
    if (content !== undefined) writeFileSync(join(folder, name), content)
  return folder
}

async function problemIn(files: Parameters<typeof folderOf>[0]): Promise<Problem> {
  const problem = await readProblemFile(folderOf(files), { cashUnitCents: 100 })
  if (isRefused(problem)) throw new Error(sentencesOf(problem).join('\n'))
  return problem
}

function sentencesOf(read: object): string[] {
  const say = sayIn('en')
  return isRefused(read) ? read.refusals.map(({ code, values }) => say(code, values)) : []
}
