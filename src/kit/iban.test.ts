import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatIban, type Iban, maskedIban, readIban } from './iban.ts'

// The examples that the register itself publishes.
const FRENCH = 'FR14 2004 1010 0505 0001 3M02 606'

test.each([
  ['as a bank prints it', FRENCH],
  ['in small letters', 'fr1420041010050500013m02606'],
  ['after the word IBAN', 'IBAN : FR14 2004 1010 0505 0001 3M02 606'],
  ['of Monaco', 'MC58 1122 2000 0101 2345 6789 030'],
  ['of Belgium', 'BE68 5390 0754 7034'],
  ['of Germany', 'DE89 3704 0044 0532 0130 00'],
  ['of Malta', 'MT84 MALT 0110 0001 2345 MTLC AST0 01S'],
])('a number %s is read', (_, text) => {
  expect(typeof readIban(text)).toBe('string')
})

test.each([
  ['words', 'voir le RIB joint', { fault: 'signs' }],
  ['an old RIB', '20041 01005 0500013M026 06', { fault: 'signs' }],
  ['nothing', '', { fault: 'signs' }],
  ['a country without IBAN', 'US64 SVBK US6S 3300 9586 71', { fault: 'country', country: 'US' }],
  ['a digit too few', FRENCH.slice(0, -1), { fault: 'length', country: 'FR', most: 27, count: 26 }],
  ['a digit too many', `${FRENCH}6`, { fault: 'length', country: 'FR', most: 27, count: 28 }],
  ['a wrong key', FRENCH.replace('FR14', 'FR15'), { fault: 'key' }],
])('%s is refused for what is wrong with it', (_, text, fault) => {
  expect(readIban(text)).toEqual(fault)
})

test('one digit changed, or two neighbours swapped, never pass', () => {
  const bare = FRENCH.replaceAll(' ', '')
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 26 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
      const changed = `${bare.slice(0, at)}${digit}${bare.slice(at + 1)}`
      const swapped = `${bare.slice(0, at - 1)}${bare[at]}${bare[at - 1]}${bare.slice(at + 1)}`
      for (const wrong of [changed, swapped])
        if (wrong !== bare) expect(typeof readIban(wrong)).toBe('object')
    }),
  )
})

test('a masked number shows its ends, a whole one its groups', () => {
  const iban = readIban(FRENCH) as Iban
  expect(maskedIban(iban)).toBe('FR14 •••• 2606')
  expect(formatIban(iban).replaceAll('\u00a0', ' ')).toBe(FRENCH)
})
