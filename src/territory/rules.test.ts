import { expect, test } from 'vitest'
import { cents, type Rna, type Siret } from '#kit'
import type { AcceptedLine, Grant } from './grants/index.ts'
import { baselineFrom, matcher } from './rules.ts'

const band = { id: 'band', name: 'Harmonie municipale', siret: null, rna: 'W760000002' }
const foodBank = { id: 'food', name: 'Banque alimentaire', siret: '90000000100015', rna: null }
const twins = ['one', 'two'].map((id) => ({ id, name: 'Les Amis', siret: null, rna: null }))
const match = matcher([band, foodBank, ...twins])

test.each([
  [
    'its SIRET, whatever its name',
    { beneficiaryName: 'Restos', beneficiarySiret: '90000000100015' as Siret },
    'food',
  ],
  ['its RNA', { beneficiaryName: 'Fanfare', beneficiaryRna: 'W760000002' as Rna }, 'band'],
  [
    'its name, without case, accents or points',
    { beneficiaryName: 'HARMONIE  Municipâle.' },
    'band',
  ],
  ['half of its name', { beneficiaryName: 'Harmonie' }, undefined],
  ['a name that two associations share', { beneficiaryName: 'Les amis' }, undefined],
] as const)('an association is known by %s', (_, line, id) => {
  expect(match(line)).toBe(id)
})

const line = (grant: Partial<Grant>, codes: string[] = []): AcceptedLine => ({
  sheet: 'liste',
  line: 7,
  lineKey: 'key',
  warnings: codes.map((code) => ({ sheet: 'liste', line: 7, column: 'date', value: '?', code })),
  grant: { beneficiaryName: 'Harmonie municipale', nature: 'cash', year: 2026, ...grant },
})

test.each([
  ['cash', { amountCents: cents(500) }, 'cash', 500n],
  [
    'the cash of a mixed help',
    { nature: 'mixed', amountCents: cents(500), inKindCents: cents(90) },
    'mixed',
    500n,
  ],
  ['help in kind', { nature: 'inKind', inKindCents: cents(90) }, 'in_kind', 90n],
  ['a loan', { nature: 'loan', loanCents: cents(70) }, 'loan', 70n],
  ['help in kind that nobody valued', { nature: 'inKind' }, 'in_kind', 0n],
] as const)('%s keeps its own amount', (_, grant, nature, amountCents) => {
  expect(baselineFrom(line(grant), match)).toMatchObject({
    nature,
    amountCents,
    organisationId: 'band',
  })
})

test.each([
  ['no year at all', { year: undefined }, [], 'year-missing'],
  ['a year written wrong', { year: undefined }, ['year-impossible'], 'year-impossible'],
  ['a year of another age', { year: 1974 }, [], 'year-impossible'],
])('%s is refused: the line would count in no season', (_, grant, codes, code) => {
  const { year, ...others } = grant
  const read = line({ ...others, ...(year === undefined ? {} : { year }) }, codes)
  if (year === undefined) delete read.grant.year
  expect(baselineFrom(read, match)).toMatchObject({ refusals: [{ line: 7, code }] })
})
