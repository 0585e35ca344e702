import { type Cents, cents, type Day } from '#kit'
import { fold } from './grants/header-words.ts'
import type { AcceptedLine, Grant, LineRemark } from './grants/index.ts'

export type BaselineNature = 'cash' | 'in_kind' | 'mixed' | 'loan' | 'guarantee'

/** What one line of a grants file says of a year. `amountCents` is cash, unless the nature says otherwise. */
export type Baseline = {
  lineKey: string
  year: number
  beneficiaryName: string
  beneficiarySiret: string | undefined
  beneficiaryRna: string | undefined
  isNaturalPerson: boolean
  organisationId: string | undefined
  purpose: string
  nature: BaselineNature
  amountCents: Cents
  requestedCents: Cents | undefined
}

/** An association of the territory, as a line may name it. */
export type KnownAssociation = {
  id: string
  name: string
  siret: string | null
  rna: string | null
}

const FIRST_YEAR = 1990

/** A line without a year it can be compared with is refused: it would count in no season. */
export function baselineFrom(
  { grant, lineKey, ...place }: AcceptedLine,
  match: (grant: Grant) => string | undefined,
): Baseline | { refusals: LineRemark[] } {
  const { year } = grant
  if (year === undefined || year < FIRST_YEAR) return { refusals: [yearRemark(place, year)] }
  return {
    lineKey,
    year,
    beneficiaryName: grant.beneficiaryName,
    beneficiarySiret: grant.beneficiarySiret,
    beneficiaryRna: grant.beneficiaryRna,
    isNaturalPerson: grant.isNaturalPerson !== undefined,
    organisationId: match(grant),
    purpose: grant.purpose ?? '',
    ...helpIn(grant),
    requestedCents: grant.requestedCents,
  }
}

function yearRemark(
  { sheet, line, warnings }: Pick<AcceptedLine, 'sheet' | 'line' | 'warnings'>,
  year: number | undefined,
): LineRemark {
  const said = warnings.find(({ code }) => /^(?:year|date)-/.test(code))
  if (said && year === undefined) return said
  const value = year === undefined ? '' : String(year)
  const code = year === undefined ? 'year-missing' : 'year-impossible'
  return { sheet, line, column: '', value, code }
}

/** Cash, help in kind, loans and guarantees never add up: each keeps its own amount. */
function helpIn(grant: Grant): { nature: BaselineNature; amountCents: Cents } {
  const none = cents(0)
  if (grant.nature === 'inKind')
    return { nature: 'in_kind', amountCents: grant.inKindCents ?? none }
  if (grant.nature === 'loan') return { nature: 'loan', amountCents: grant.loanCents ?? none }
  if (grant.nature === 'guarantee')
    return { nature: 'guarantee', amountCents: grant.guaranteeCents ?? none }
  return { nature: grant.nature, amountCents: grant.amountCents ?? none }
}

/** Finds the association that a line speaks of: by SIRET, by RNA, then by its exact name. */
export function matcher(
  associations: KnownAssociation[],
): (
  grant: Pick<Grant, 'beneficiaryName' | 'beneficiarySiret' | 'beneficiaryRna'>,
) => string | undefined {
  const ids = new Map<string, string>()
  for (const { id, name, siret, rna } of associations) {
    // Two associations of one name: neither is meant for sure.
    ids.set(plainName(name), ids.has(plainName(name)) ? '' : id)
    if (siret) ids.set(siret, id)
    if (rna) ids.set(rna, id)
  }
  return ({ beneficiaryName, beneficiarySiret, beneficiaryRna }) =>
    ids.get(beneficiarySiret ?? '') ||
    ids.get(beneficiaryRna ?? '') ||
    ids.get(plainName(beneficiaryName)) ||
    undefined
}

/** Case, accents and punctuation do not make another association. */
export function plainName(name: string): string {
  return fold(name).replace(/[^a-z0-9]/g, '')
}

export type ImportCounts = {
  /** Lines written now. */
  accepted: number
  /** Lines that an earlier import had written already. */
  known: number
  refused: number
  /** Titles, totals, notes: no grants. */
  skipped: number
  /** Lines kept with a remark. */
  doubtful: number
  byYear: { year: number; count: number; amountCents: Cents }[]
}

export type Moment = { territoryId: string; at: Date; today: Day; personId: string | undefined }
