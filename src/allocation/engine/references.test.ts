import { expect, test } from 'vitest'
import { newcomerBasis, referenceOf } from './references.ts'

const twoSlopes = [
  { score: 40, percent: 80 },
  { score: 50, percent: 100 },
  { score: 90, percent: 110 },
]

test.each<[string, number, number, typeof twoSlopes, number]>([
  ['without points', 123_45, 10, [], 123_45],
  ['under the first point', 100_00, 0, twoSlopes, 80_00],
  ['at a point', 100_00, 50, twoSlopes, 100_00],
  ['between two points', 100_00, 45, twoSlopes, 90_00],
  ['on the second slope', 100_00, 70, twoSlopes, 105_00],
  ['above the last point', 100_00, 100, twoSlopes, 110_00],
  ['half a cent', 50, 70, twoSlopes, 53],
  ['less than half a cent', 1, 0, [{ score: 0, percent: 10 }], 1],
  ['the largest basis', Number.MAX_SAFE_INTEGER, 50, twoSlopes, Number.MAX_SAFE_INTEGER],
])('the reference %s', (_, basisCents, score, weights, expected) => {
  expect(referenceOf(basisCents, score, weights)).toBe(expected)
})

test('a newcomer has the median grant of its nearest likes', () => {
  const like = (theme: string, size: string, baselineCents: number) => ({
    theme,
    size,
    baselineCents,
  })
  const basis = newcomerBasis(
    [
      like('sport', 'small', 100),
      like('sport', 'small', 300),
      like('sport', 'small', 200),
      like('sport', 'large', 9_000),
      like('sport', 'large', 0),
      like('culture', 'large', 5_000),
    ],
    60_000,
  )
  expect(basis({ theme: 'sport', size: 'small' })).toBe(200)
  expect(basis({ theme: 'sport', size: 'middle' })).toBe(200)
  expect(basis({ theme: 'sport' })).toBe(200)
  expect(basis({ theme: 'health', size: 'small' })).toBe(300)
})

test('where all are new, each has an equal share, one cent at least', () => {
  const rows = [1, 2, 3].map(() => ({ theme: 'sport', baselineCents: 0 }))
  expect(newcomerBasis(rows, 1_000)({ theme: 'sport' })).toBe(333)
  expect(newcomerBasis(rows, 0)({ theme: 'sport' })).toBe(1)
})
