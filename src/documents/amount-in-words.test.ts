import { expect, test } from 'vitest'
import { cents } from '#kit'
import { amountInWords } from './amount-in-words.ts'

test.each([
  [0n, 'zéro euro'],
  [1n, 'un centime'],
  [50n, 'cinquante centimes'],
  [100n, 'un euro'],
  [101n, 'un euro et un centime'],
  [1700n, 'dix-sept euros'],
  [2100n, 'vingt et un euros'],
  [2200n, 'vingt-deux euros'],
  [7000n, 'soixante-dix euros'],
  [7100n, 'soixante et onze euros'],
  [7200n, 'soixante-douze euros'],
  [7900n, 'soixante-dix-neuf euros'],
  [8000n, 'quatre-vingts euros'],
  [8100n, 'quatre-vingt-un euros'],
  [9100n, 'quatre-vingt-onze euros'],
  [9900n, 'quatre-vingt-dix-neuf euros'],
  [10_000n, 'cent euros'],
  [10_100n, 'cent un euros'],
  [20_000n, 'deux cents euros'],
  [20_100n, 'deux cent un euros'],
  [28_000n, 'deux cent quatre-vingts euros'],
  [100_000n, 'mille euros'],
  [200_000n, 'deux mille euros'],
  [462_000n, 'quatre mille six cent vingt euros'],
  [8_000_000n, 'quatre-vingt mille euros'],
  [20_000_000n, 'deux cent mille euros'],
  [100_000_000n, 'un million d’euros'],
  [100_000_050n, 'un million d’euros et cinquante centimes'],
  [8_000_000_000n, 'quatre-vingts millions d’euros'],
  [100_000_100n, 'un million un euros'],
  [200_000_000_000n, 'deux milliards d’euros'],
])('%s centimes s’écrivent %s', (amount, words) => {
  expect(amountInWords(cents(amount))).toBe(words)
})

test('a negative amount is never written in full letters', () => {
  expect(() => amountInWords(cents(-1))).toThrow('never negative')
})
