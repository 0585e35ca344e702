import { isRefused, type Refusal, type Refused, refusal } from '#kit'
import { checkPins } from './check-pins.ts'
import { checkRows } from './check-rows.ts'
import { type Company, type Pool, type Problem, problemFormat } from './format.ts'
import { readRows, type Shape } from './rows.ts'
import { pinShapes, shapes } from './shapes.ts'

// More than anybody reads; a broken file could have a million.
const TOLD_MAX = 100

/** Every reason why this problem cannot be split as it stands; each names its list, line and field. */
export function checkProblem(problem: unknown): Refusal[] {
  const read = readProblem(problem)
  return isRefused(read) ? read.refusals : []
}

/** The door for a problem that comes from a file: typed and completed, or all that is wrong with it. */
export function readProblem(value: unknown): Problem | Refused {
  if (!isObject(value)) return { refusals: [refusal('allocation:refused.notAProblem')] }
  const refusals: Refusal[] = []
  const problem = typed(value, refusals)
  if (refusals.length === 0) checkRows(problem, refusals)
  if (refusals.length === 0) checkPins(problem, refusals)
  if (refusals.length === 0) return problem
  const count = refusals.length - TOLD_MAX
  const more = count > 0 ? [refusal('allocation:refused.more', { count })] : []
  return { refusals: [...refusals.slice(0, TOLD_MAX), ...more] }
}

function typed(source: Record<string, unknown>, refusals: Refusal[]): Problem {
  const refuse = (code: string, field: string, values = {}) =>
    refusals.push(refusal(`allocation:refused.${code}`, { field, list: field, ...values }))
  if (source.format !== problemFormat) refuse('format', 'format', { expected: problemFormat })
  const unit = source.cashUnitCents
  const isUnit = typeof unit === 'number' && Number.isSafeInteger(unit) && unit > 0
  if (!isUnit) refuse('cashUnit', 'cashUnitCents')
  const { scoreWeights = [], companies = [], pins = {} } = source
  const isPins = isObject(pins)
  if (!isPins) refuse('noPins', 'pins')
  const { cash = [], hours = [], ...strangePins } = isPins ? pins : {}
  const known = ['format', 'cashUnitCents', 'pins', ...Object.keys(shapes)]
  for (const name of Object.keys(source)) if (!known.includes(name)) refuse('unknownList', name)
  for (const name of Object.keys(strangePins)) refuse('unknownList', `pins.${name}`)
  const rows = <S extends Shape>(given: unknown, list: string, shape: S) =>
    readRows(given, { list, shape, refusals })
  const pools = rows(source.pools, 'pools', shapes.pools)
  return {
    format: problemFormat,
    cashUnitCents: isUnit ? unit : 1,
    scoreWeights: rows(scoreWeights, 'scoreWeights', shapes.scoreWeights),
    families: rows(source.families, 'families', shapes.families),
    envelopes: rows(source.envelopes, 'envelopes', shapes.envelopes),
    companies: withOwners(rows(companies, 'companies', shapes.companies), pools),
    pools,
    needs: rows(source.needs, 'needs', shapes.needs),
    associations: rows(source.associations, 'associations', shapes.associations),
    pins: {
      cash: rows(cash, 'pins.cash', pinShapes.cash),
      hours: rows(hours, 'pins.hours', pinShapes.hours),
    },
  }
}

/** A company of which nothing is said but its pools has no limit and excludes nobody. */
function withOwners(companies: Company[], pools: Pool[]): Company[] {
  const known = new Set(companies.map(({ id }) => id))
  const missing = new Set(pools.map(({ companyId }) => companyId).filter((id) => !known.has(id)))
  const plain = [...missing].map((id) => ({ id, missionsMax: null, excludedAssociationIds: [] }))
  return [...companies, ...plain]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
