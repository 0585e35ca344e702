import { readFileSync } from 'node:fs'
import { type Problem, problemFormat } from './format.ts'

/** The worked examples of ../shared/alloc-examples, read as problems: hours there are whole hours. */
export type Example = { name: string; problem: Problem; expected: Expected }

type Expected = {
  relaxedTotalCents: number[]
  hours: { mission: string; company: string | null; hours: number }[]
  cashCents: number[]
  hoursValueCents: number[]
  totalCents: number[]
  ratio: string[]
}

type Input = {
  unit: number
  valuation: Record<string, number>
  envelopes: Record<string, number>
  companies: { id: string; hours: Record<string, number>; block: number; missionsMax?: number }[]
  missions: { id: string; a: number; skill: string; min: number; max: number }[]
  assocs: {
    id: string
    envelope: string
    ref: number
    floor: number
    cashCap: number
    cashMin: number
    totalCap: number
    score: number
    hoursEligible: boolean
  }[]
}

type Case = { input: Input; expected: Expected }
type File = Case & { id: string; variants: (Case & { change: string })[] }

export const exampleFiles = [
  'ex1-uniform-rate-and-capped-request',
  'ex2-hours-compensated-by-cash',
  'ex3-bottleneck-two-levels',
  'ex5-envelopes-floors-infeasible',
]

export function examplesOf(name: string): Example[] {
  const path = new URL(`../../../../shared/alloc-examples/${name}.json`, import.meta.url)
  const file: File = JSON.parse(readFileSync(path, 'utf8'))
  return [
    { name, problem: problemOf(file.input), expected: file.expected },
    ...file.variants.map(({ change, input, expected }) => ({
      name: `${name}: ${change}`,
      problem: problemOf(input),
      expected,
    })),
  ]
}

function problemOf(input: Input): Problem {
  return {
    format: problemFormat,
    cashUnitCents: input.unit,
    scoreWeights: [],
    families: Object.entries(input.valuation).map(([family, hourlyValueCents]) => ({
      family,
      hourlyValueCents,
    })),
    envelopes: Object.entries(input.envelopes).map(([id, cashCents]) => ({ id, cashCents })),
    companies: input.companies.map(({ id, missionsMax = null }) => ({
      id,
      missionsMax,
      excludedAssociationIds: [],
    })),
    pools: input.companies.flatMap(({ id, hours, block }) =>
      Object.entries(hours).map(([family, count]) => ({
        id: `${id} ${family}`,
        companyId: id,
        families: [family],
        minutes: count * 60,
        blockMinutes: block * 60,
        missionsMax: null,
      })),
    ),
    needs: input.missions.map(({ id, a, skill, min, max }) => ({
      id,
      associationId: input.assocs[a]?.id ?? '',
      family: skill,
      minMinutes: min * 60,
      maxMinutes: max * 60,
    })),
    associations: input.assocs.map((one) => ({
      id: one.id,
      envelopeId: one.envelope,
      referenceCents: one.ref,
      baselineCents: one.ref,
      floorCents: one.floor,
      requestCents: one.cashCap,
      usefulCents: one.cashMin,
      totalCapCents: one.totalCap,
      score: one.score,
      isCashEligible: one.cashCap > 0,
      isHoursEligible: one.hoursEligible,
      excludedCompanyIds: [],
    })),
    pins: { cash: [], hours: [] },
  }
}
