import type { Claimant, Need, Pool, Problem } from './format.ts'
import { problemFormat } from './format.ts'

/** A made-up season, the same for the same seed: for benches and properties, never shown as real. */
export function madeUpProblem({
  seed,
  associations,
}: {
  seed: number
  associations: number
}): Problem {
  const draw = drawFrom(seed)
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1))
  const families = ['ADMIN', 'COMMS', 'DIGITAL', 'FINANCE', 'HR', 'LEGAL']
  const envelopes = associations >= 150 ? 5 : 1
  const companies = Math.max(3, Math.round(associations / 5))
  const rows = Array.from({ length: associations }, (_, rank): Claimant => {
    const baselineCents = between(3, 200) * 10_000
    return {
      id: `a${rank}`,
      envelopeId: `e${rank % envelopes}`,
      referenceCents: baselineCents,
      baselineCents,
      floorCents: 0,
      requestCents: draw() < 0.1 ? 0 : Math.round(baselineCents * (0.6 + draw())),
      usefulCents: 0,
      totalCapCents: Math.round(baselineCents * 1.3),
      score: between(20, 100),
      isCashEligible: true,
      isHoursEligible: draw() < 0.8,
      excludedCompanyIds: draw() < 0.1 ? [`c${between(0, companies - 1)}`] : [],
    }
  })
  const pools = Array.from({ length: companies }, (_, company) =>
    Array.from({ length: between(1, 3) }, (_, index): Pool => {
      const family = families[(company + index * 2) % families.length] ?? 'HR'
      return {
        id: `c${company} ${family}`,
        companyId: `c${company}`,
        family,
        minutes: between(10, 120) * 60,
        blockMinutes: [30, 120, 210, 420][between(0, 3)] ?? 30,
        missionsMax: draw() < 0.5 ? between(2, 6) : null,
      }
    }),
  ).flat()
  const needs = rows.flatMap(({ id }, rank) =>
    Array.from({ length: draw() < 0.6 ? between(1, 2) : 0 }, (_, index): Need => {
      const minMinutes = between(1, 10) * 60
      return {
        id: `n${rank}.${index}`,
        associationId: id,
        family: families[between(0, families.length - 1)] ?? 'HR',
        minMinutes,
        maxMinutes: minMinutes + between(0, 60) * 60,
      }
    }),
  )
  const references = rows.reduce((sum, row) => sum + row.referenceCents, 0)
  return {
    format: problemFormat,
    cashUnitCents: 100,
    families: families.map((family, rank) => ({ family, hourlyValueCents: 3_000 + rank * 500 })),
    envelopes: Array.from({ length: envelopes }, (_, rank) => ({
      id: `e${rank}`,
      cashCents: Math.round((references * 0.7) / envelopes),
    })),
    pools,
    needs,
    associations: rows.map((row) => ({ ...row, isCashEligible: row.requestCents > 0 })),
  }
}

/** Numbers from 0 to 1, the same sequence for the same seed on every machine (mulberry32). */
export function drawFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
