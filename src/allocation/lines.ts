import { type Cents, cents, type Minutes, minutes, sumCents, sumMinutes } from '#kit'
import type { Override } from './assumptions.ts'
import type { Problem, Result } from './engine/index.ts'
import { explain } from './explain.ts'
import type { Hiding } from './explanation/view.ts'

export type ProposedHours = {
  needId: string
  pledgeId: string
  companyId: string
  companyName: string
  family: string
  minutes: Minutes
}

/** The request behind a line. */
export type Asked = {
  applicationId: string
  associationId: string
  associationName: string
  projectTitle: string
  askedCents: Cents
  askedMinutes: Minutes
}

/** What a scenario gives one association, and why. */
export type ProposedLine = Asked & {
  envelopeId: string
  /** Cash of the year before; zero for a newcomer. */
  baselineCents: Cents
  referenceCents: Cents
  cashCents: Cents
  hours: ProposedHours[]
  /** Indicative: cash and valued hours are never added in an act (DOMAIN 0.1, rule 2). */
  totalCents: Cents
  /** Total over baseline, or over the reference of a newcomer: to draw and to compare, never to pay. */
  ratio: number
  reasons: { fr: string[]; en: string[] }
  /** Why a person decided this line by hand, when one did. */
  pinnedBecause?: string
}

/** The figures at the head of a scenario. */
export type Figures = {
  cashCents: Cents
  envelopeCents: Cents
  baselineCents: Cents
  usedMinutes: Minutes
  supplyMinutes: Minutes
  companyCount: number
  fallCents: Cents
  /** Value of hours that makes up for a fall, association by association, never more than its fall. */
  compensatedCents: Cents
}

export type Split = { problem: Problem; result: Result; overrides: Override[] }

/**
 * The engine's numbers back in the season's words, in order of name. Reasons are put in words only where somebody
 * reads them, without what is hidden from that reader.
 */
export function linesOf(
  { problem, result, overrides }: Split,
  asked: Asked[],
  hiding: Hiding = {},
): ProposedLine[] {
  const results = new Map(result.lines.map((line) => [line.associationId, line]))
  const byId = <Row extends { id: string }>(rows: Row[]) =>
    new Map(rows.map((row) => [row.id, row]))
  const rows = {
    pools: byId(problem.pools),
    companies: byId(problem.companies),
    needs: byId(problem.needs),
  }
  const requests = new Map(asked.map((one) => [one.associationId, one]))
  const pinned = new Map(overrides.map(({ associationId, reason }) => [associationId, reason]))
  const reasonsIn = (id: string, language: 'fr' | 'en') =>
    explain(problem, result, id, language, hiding)
  const lines = problem.associations.flatMap((claimant): ProposedLine[] => {
    const { id, envelopeId, baselineCents, referenceCents } = claimant
    const given = results.get(id)
    const request = requests.get(id)
    if (!given || !request) return []
    const pinnedBecause = pinned.get(id)
    return [
      {
        ...request,
        envelopeId,
        baselineCents: cents(baselineCents),
        referenceCents: cents(referenceCents),
        cashCents: cents(given.cashCents),
        hours: given.hours.map((own) => hoursFrom(own, rows)),
        totalCents: cents(given.totalCents),
        ratio: given.totalCents / (baselineCents > 0 ? baselineCents : referenceCents),
        reasons: {
          get fr() {
            return reasonsIn(id, 'fr')
          },
          get en() {
            return reasonsIn(id, 'en')
          },
        },
        ...(pinnedBecause === undefined ? {} : { pinnedBecause }),
      },
    ]
  })
  return lines.sort((a, b) => a.associationName.localeCompare(b.associationName, 'fr'))
}

type Rows = {
  [List in 'pools' | 'companies' | 'needs']: ReadonlyMap<string, Problem[List][number]>
}

function hoursFrom(
  { needId, poolId, ...given }: { needId: string; poolId: string; minutes: number },
  { pools, companies, needs }: Rows,
): ProposedHours {
  const company = companies.get(pools.get(poolId)?.companyId ?? '')
  return {
    needId,
    pledgeId: poolId,
    companyId: company?.id ?? '',
    companyName: company?.name ?? '',
    family: needs.get(needId)?.family ?? '',
    minutes: minutes(given.minutes),
  }
}

export function minutesOf(line: { hours: { minutes: Minutes }[] }): Minutes {
  return sumMinutes(line.hours.map((own) => own.minutes))
}

export function hoursValueOf(line: ProposedLine): Cents {
  return cents(line.totalCents - line.cashCents)
}

/** What there was to share. */
export function supplyIn({ envelopes, pools }: Problem): Supply {
  return {
    envelopeCents: cents(envelopes.reduce((sum, { cashCents }) => sum + cashCents, 0)),
    minutes: minutes(pools.reduce((sum, pool) => sum + pool.minutes, 0)),
    companyCount: new Set(pools.map(({ companyId }) => companyId)).size,
  }
}

type Supply = { envelopeCents: Cents; minutes: Minutes; companyCount: number }

/** DOMAIN 8.5: the cut, the hours, their indicative value; always the three together. */
export function figuresOf(lines: ProposedLine[], supply: Supply): Figures {
  const falls = lines.map((line) => largest(0n, line.baselineCents - line.cashCents))
  const compensated = lines.map((line, rank) => smallest(falls[rank] ?? 0n, hoursValueOf(line)))
  return {
    cashCents: sumCents(lines.map((line) => line.cashCents)),
    envelopeCents: supply.envelopeCents,
    baselineCents: sumCents(lines.map((line) => line.baselineCents)),
    usedMinutes: sumMinutes(lines.map(minutesOf)),
    supplyMinutes: supply.minutes,
    companyCount: supply.companyCount,
    fallCents: sumCents(falls),
    compensatedCents: sumCents(compensated),
  }
}

/** Who gets all that it asks is well served, however little that is. */
export function lowestOf(lines: ProposedLine[]): ProposedLine | undefined {
  return lines
    .filter((line) => line.cashCents < line.askedCents || minutesOf(line) < line.askedMinutes)
    .sort((a, b) => a.ratio - b.ratio)[0]
}

/** Whole percent, rounded down so that nothing is embellished; undefined when there is no whole. */
export function percentOf(part: bigint, whole: bigint): number | undefined {
  return whole > 0n ? Number((part * 100n) / whole) : undefined
}

function largest(a: bigint, b: bigint): Cents {
  return cents(a > b ? a : b)
}

function smallest(a: bigint, b: bigint): Cents {
  return cents(a < b ? a : b)
}
