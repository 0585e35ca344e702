import { expect, test } from 'vitest'
import { siteNames } from './sites.ts'

test.each([
  ['', []],
  ['Les Tanneries', ['Les Tanneries']],
  ['Valmont centre, zone des Tanneries', ['Valmont centre', 'zone des Tanneries']],
  ['Siège ; 12, rue du Port, Valmont', ['Siège', '12, rue du Port, Valmont']],
  ['Siège ; siege ;', ['siege']],
])('the sites in « %s »', (text, names) => {
  expect(siteNames(text)).toEqual(names)
})
