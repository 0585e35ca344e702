import { type Refused, refusal } from '#kit'
import { readTable } from '#platform'
import { type Grant, type LineRemark, proposeGrantMapping, readGrantLines } from '#territory'
import { matchable } from './matchable.ts'

/** One beneficiary of one year of a real file: what it had, and what it had asked for when the file says so. */
export type Beneficiary = {
  id: string
  name: string
  siret?: string
  baselineCents: bigint
  requestedCents: bigint | undefined
}

/** What was read, what was left aside, and why: every figure here is counted from the file. */
export type GrantsRead = {
  fileName: string
  year: number | undefined
  years: { year: number | undefined; lines: number; amountCents: bigint }[]
  grantorName: string | undefined
  beneficiaries: Beneficiary[]
  requests: { count: number; askedCents: bigint; proposedCents: bigint } | undefined
  counts: Counts
  refusedCells: LineRemark[]
  /** Kept, but not read without a doubt. */
  doubtfulCells: LineRemark[]
}

type Counts = {
  taken: number
  refused: number
  passedOver: number
  notCash: number
  undecided: number
  noRequest: number
  notPositive: number
  persons: number
  personsCents: bigint
}

export type GrantsWanted = { year?: number; grantor?: string }

export async function readGrants(
  file: string,
  wanted: GrantsWanted,
): Promise<GrantsRead | Refused> {
  const table = await readTable(file)
  if ('refusals' in table) return table
  const mapping = await proposeGrantMapping(table)
  if (mapping.sheets.length === 0)
    return { refusals: [refusal('replay:refused.noGrants', { file: table.fileName })] }
  const grants: Grant[] = []
  const refusedCells: LineRemark[] = []
  const doubtfulCells: LineRemark[] = []
  let passedOver = 0
  let refused = 0
  for await (const outcome of readGrantLines(table, mapping)) {
    if ('grant' in outcome) {
      grants.push(outcome.grant)
      doubtfulCells.push(...outcome.warnings)
    } else if ('refusals' in outcome) {
      refused += 1
      refusedCells.push(...outcome.refusals)
    } else passedOver += 1
  }
  const chosen = ofOneGrantor(grants, wanted.grantor)
  if ('refusals' in chosen) return chosen
  const years = yearsOf(chosen.grants)
  const year = wanted.year ?? latestWhole(years)
  if (!years.some((one) => one.year === year))
    return {
      refusals: [refusal('replay:refused.noSuchYear', { year: year ?? 0, years: listed(years) })],
    }
  const inYear = chosen.grants.filter((grant) => grant.year === year)
  return {
    fileName: table.fileName,
    year,
    years,
    grantorName: chosen.grantorName,
    refusedCells,
    doubtfulCells,
    ...beneficiariesOf(inYear, { refused, passedOver }),
  }
}

type OneGrantor = { grants: Grant[]; grantorName: string | undefined }

/** Two communes in one file are two envelopes: the person says which. */
function ofOneGrantor(grants: Grant[], wanted: string | undefined): OneGrantor | Refused {
  const groups = Map.groupBy(grants, ({ grantorName }) => matchable(grantorName ?? ''))
  const named = [...groups].map(([key, all]) => ({ key, name: all[0]?.grantorName, grants: all }))
  const matching =
    wanted === undefined ? named : named.filter(({ key }) => key.includes(matchable(wanted)))
  const [only] = matching
  if (only && matching.length === 1) return { grants: only.grants, grantorName: only.name }
  const names = named
    .toSorted((a, b) => b.grants.length - a.grants.length)
    .slice(0, 12)
    .map(({ name = '?', grants: { length } }) => `${name} (${length})`)
    .join(', ')
  if (grants.length === 0) return { refusals: [refusal('replay:refused.noLine')] }
  return matching.length === 0
    ? { refusals: [refusal('replay:refused.unknownGrantor', { grantor: wanted ?? '', names })] }
    : { refusals: [refusal('replay:refused.severalGrantors', { count: matching.length, names })] }
}

function yearsOf(grants: Grant[]): GrantsRead['years'] {
  return [...Map.groupBy(grants, ({ year }) => year)]
    .map(([year, all]) => ({
      year,
      lines: all.length,
      amountCents: all.reduce((sum, grant) => sum + cashOf(grant), 0n),
    }))
    .sort((a, b) => (a.year ?? 0) - (b.year ?? 0))
}

/** The latest year with at least half the usual number of lines: a file often stops in the middle of one. */
function latestWhole(years: GrantsRead['years']): number | undefined {
  const dated = years.filter(({ year }) => year !== undefined)
  const usual =
    dated.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(dated.length / 2)] ?? 0
  return dated.findLast(({ lines }) => lines * 2 >= usual)?.year
}

function listed(years: GrantsRead['years']): string {
  return years.map(({ year }) => year ?? '?').join(', ')
}

function beneficiariesOf(grants: Grant[], read: { refused: number; passedOver: number }) {
  const counts: Counts = {
    taken: grants.length,
    ...read,
    notCash: 0,
    undecided: 0,
    noRequest: 0,
    notPositive: 0,
    persons: 0,
    personsCents: 0n,
  }
  const isRequest = (grant: Grant) =>
    grant.requestedCents !== undefined && grant.proposedCents !== undefined
  const hasRequests = grants.some(isRequest)
  const requests = hasRequests ? sumOfRequests(grants.filter(isRequest)) : undefined
  const kept = grants.filter((grant) => {
    if (grant.isNaturalPerson) {
      counts.persons += 1
      counts.personsCents += cashOf(grant)
      return false
    }
    const reason = hasRequests && !isRequest(grant) ? 'noRequest' : reasonToLeave(grant)
    if (reason) counts[reason] += 1
    return !reason
  })
  const beneficiaries = [...Map.groupBy(kept, keyOf)].map(([key, all]): Beneficiary => {
    const siret = all.find((grant) => grant.beneficiarySiret)?.beneficiarySiret
    return {
      id: key,
      name: all[0]?.beneficiaryName ?? key,
      ...(siret ? { siret } : {}),
      baselineCents: all.reduce((sum, grant) => sum + cashOf(grant), 0n),
      requestedCents: hasRequests
        ? all.reduce((sum, { requestedCents = 0n }) => sum + requestedCents, 0n)
        : undefined,
    }
  })
  const positive = beneficiaries.filter(({ baselineCents }) => baselineCents > 0n)
  counts.notPositive = beneficiaries.length - positive.length
  return { beneficiaries: positive, requests, counts }
}

function reasonToLeave(grant: Grant): 'notCash' | 'undecided' | undefined {
  if (grant.nature !== 'cash' && grant.nature !== 'mixed') return 'notCash'
  return grant.isUndecided ? 'undecided' : undefined
}

function sumOfRequests(grants: Grant[]) {
  return {
    count: grants.length,
    askedCents: grants.reduce((sum, { requestedCents = 0n }) => sum + requestedCents, 0n),
    proposedCents: grants.reduce((sum, { proposedCents = 0n }) => sum + proposedCents, 0n),
  }
}

function cashOf({ proposedCents, amountCents }: Grant): bigint {
  return proposedCents ?? amountCents ?? 0n
}

/** Establishments of one association are one beneficiary. */
function keyOf({ beneficiarySiren, beneficiaryRna, beneficiaryName }: Grant): string {
  return beneficiarySiren ?? beneficiaryRna ?? matchable(beneficiaryName)
}
