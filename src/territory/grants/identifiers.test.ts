import { expect, test } from 'vitest'
import { readIdentifier } from './identifiers.ts'
import { looksLikePerson } from './persons.ts'

const SIRET = '73282932000074'

test.each([
  [SIRET, { siret: SIRET, siren: '732829320' }],
  ['732 829 320 00074', { siret: SIRET, siren: '732829320' }],
  ["'73282932000074", { siret: SIRET, siren: '732829320' }],
  [73282932000074, { siret: SIRET, siren: '732829320' }],
  ['73282932000074.0', { siret: SIRET, siren: '732829320' }],
  ['7,3282932000074E+13', { siret: SIRET, siren: '732829320' }],
  ['732829320', { siren: '732829320' }],
  ['W751245606', { rna: 'W751245606' }],
  ['7,17E+13', { doubt: 'siret-cut-by-spreadsheet' }],
  ['45032466000000.0', { siren: '450324660', doubt: 'siret-office-unknown' }],
  ['73282932000075', { siren: '732829320', doubt: 'siret-key' }],
  ['5480034800010', { doubt: 'siret-unreadable' }],
  ['en cours', { doubt: 'siret-unreadable' }],
  ['0', {}],
  ['', {}],
])('the number %j gives only what is sure', (cell, expected) => {
  expect(readIdentifier(cell)).toEqual(expected)
})

test('a thirteen-digit SIRET whose zero was lost is given it back, and says so', () => {
  const full = '00572078400106'
  expect(readIdentifier(full)).toMatchObject({ siret: full })
  expect(readIdentifier('572078400106')).toEqual({ doubt: 'siret-unreadable' })
  const lostOne = '05720784000019'
  const reading = readIdentifier(lostOne.slice(1))
  expect(reading.doubt === 'siret-zero-added' ? reading.siret : reading.doubt).toBeDefined()
})

test.each([
  ['M. Jean Dupont', '', true],
  ['Madame LEFEBVRE', '', true],
  ['DUPONT Jean', '', true],
  ['Atelier Bleu', 'Entrepreneur individuel', true],
  ['Madame Suzie Productions', '', false],
  ['OGEC Saint Jean', '', false],
  ['Club Jean Moulin', '', false],
  ['Ensemble Jacques Moderne', '', false],
])('%s (%s): may a page name it to the public?', (name, kind, expected) => {
  expect(looksLikePerson({ name, kind, purpose: '', hasIdentifier: false })).toBe(expected)
})
