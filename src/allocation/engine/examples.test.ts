import { describe, expect, test } from 'vitest'
import { isRefused } from '#kit'
import { allocate } from './allocate.ts'
import { exampleFiles, examplesOf } from './examples.fixture.ts'
import type { Result } from './format.ts'

describe.each(exampleFiles)('the worked example %s', (file) => {
  test.each(examplesOf(file))('$name', async ({ problem, expected }) => {
    const result = await allocate(problem)
    if (isRefused(result)) throw new Error(JSON.stringify(result))
    const lines = problem.associations.map(({ id }) => lineOf(result, id))
    expect(lines.map(({ cashCents }) => cashCents)).toEqual(expected.cashCents)
    expect(lines.map(({ hoursValueCents }) => hoursValueCents)).toEqual(expected.hoursValueCents)
    expect(lines.map(({ totalCents }) => totalCents)).toEqual(expected.totalCents)
    const references = problem.associations.map(({ referenceCents }) => referenceCents)
    const ratios = expected.ratio.map((text) => text.split('/').map(Number))
    lines.forEach(({ totalCents, relaxedCents }, rank) => {
      const [held = 0, weight = 1] = ratios[rank] ?? []
      expect(totalCents * weight).toBe(held * (references[rank] ?? 0))
      expect(Math.abs(relaxedCents - (expected.relaxedTotalCents[rank] ?? 0))).toBeLessThanOrEqual(
        1,
      )
    })
    const hours = lines.flatMap((line) =>
      line.hours.map(({ needId, poolId, minutes }) => [needId, poolId.split(' ')[0], minutes / 60]),
    )
    const given = expected.hours.filter(({ company }) => company !== null)
    expect(hours).toEqual(given.map(({ mission, company, hours }) => [mission, company, hours]))
  })
})

function lineOf({ lines }: Result, id: string): Result['lines'][number] {
  const line = lines.find(({ associationId }) => associationId === id)
  if (!line) throw new Error(`${id} has no line`)
  return line
}
