import { parseDay, type Refusal, refusal } from '#kit'
import { type Modality, modalities, type Place } from './format.ts'

// A split of half a million euros in cents is far below; beyond, JavaScript numbers stop counting by one.
export const AMOUNT_MAX = Number.MAX_SAFE_INTEGER
// The square of a distance stays exact, and no place on Earth is farther.
const METRES_MAX = 30_000_000
const PERCENT_MAX = 10_000

/** What a field holds. */
type Held = {
  key: string
  text: string
  textOrNone: string | null
  texts: string[]
  amount: number
  positive: number
  limit: number | null
  metres: number
  score: number
  percent: number
  boolean: boolean
  day: string
  modality: Modality
  place: Place
}
type Kind = keyof Held
/** The fields of one list; a question mark says that it may be absent. */
export type Shape = Record<string, Kind | `${Kind}?`>

type Optional<S extends Shape> = {
  [F in keyof S]: S[F] extends `${string}?` ? F : never
}[keyof S]
export type RowOf<S extends Shape> = {
  [F in Exclude<keyof S, Optional<S>>]: S[F] extends Kind ? Held[S[F]] : never
} & {
  [F in Optional<S>]?: S[F] extends `${infer K extends Kind}?` ? Held[K] : never
}

/** The rows of one list, with the fields of its shape alone; all that is wrong is added to the refusals. */
export function readRows<S extends Shape>(
  rows: unknown,
  { list, shape, refusals }: { list: string; shape: S; refusals: Refusal[] },
): RowOf<S>[] {
  if (!Array.isArray(rows)) {
    refusals.push(refusal('allocation:refused.noList', { field: list, list }))
    return []
  }
  const fields = Object.entries(shape).map(([name, kind]) => ({
    name,
    isOptional: kind.endsWith('?'),
    isKey: kind === 'key',
    wrong: wrongs[kind.replace('?', '') as Kind],
  }))
  const seen = new Set<unknown>()
  return rows.map((row: unknown, rank) => {
    const read: Record<string, unknown> = {}
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      const place = { field: `${list}[${rank}]`, list, line: rank + 1 }
      refusals.push(refusal('allocation:refused.notARow', place))
      return read as RowOf<S>
    }
    const refuse = (code: string, name: string, value: unknown) =>
      refusals.push(at(code, { list, rank, name }, { value: shown(value) }))
    const given = row as Record<string, unknown>
    for (const { name, isOptional, isKey, wrong } of fields) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      if (value === undefined && isOptional) continue
      const code = wrong(value)
      if (code) refuse(code, name, value)
      else read[name] = value
      if (isKey && seen.has(value)) refuse('twice', name, value)
      if (isKey) seen.add(value)
    }
    for (const name in given)
      if (!Object.hasOwn(shape, name)) refuse('unknownField', name, given[name])
    // Each field was read as its kind says.
    return read as RowOf<S>
  })
}

/** A refusal with its list, line and field. */
export function at(
  code: string,
  { list, rank, name }: { list: string; rank: number; name: string },
  values: Record<string, string | number> = {},
): Refusal {
  const field = `${list}[${rank}].${name}`
  return refusal(`allocation:refused.${code}`, { field, list, line: rank + 1, name, ...values })
}

/** What is wrong with a value, as the end of a key of the texts. */
const wrongs: Record<Kind, (value: unknown) => string | undefined> = {
  key: wrongText,
  text: wrongText,
  textOrNone: (value) => (value === null ? undefined : wrongText(value)),
  texts: (value) =>
    Array.isArray(value) && !value.some(wrongText) && new Set(value).size === value.length
      ? undefined
      : 'texts',
  amount: (value) => wrongWhole(value, AMOUNT_MAX),
  positive: (value) => wrongWhole(value, AMOUNT_MAX) ?? (value === 0 ? 'positive' : undefined),
  limit: (value) => (value === null ? undefined : wrongWhole(value, AMOUNT_MAX)),
  metres: (value) => wrongWhole(value, METRES_MAX),
  score: (value) => (isWhole(value, 100) ? undefined : 'score'),
  percent: (value) => wrongWhole(value, PERCENT_MAX),
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'boolean'),
  day: (value) => (typeof value === 'string' && isDay(value) ? undefined : 'day'),
  modality: (value) => (modalities.some((one) => one === value) ? undefined : 'modality'),
  place: (value) => (isPlace(value) ? undefined : 'place'),
}

// A season has few days, and a large file names each of them thousands of times.
const knownDays = new Set<string>()

function isDay(text: string): boolean {
  if (knownDays.has(text)) return true
  const isOne = parseDay(text) === text
  if (isOne) knownDays.add(text)
  return isOne
}

function wrongText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'text'
}

function wrongWhole(value: unknown, most: number): string | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'number'
  if (value < 0) return 'negative'
  if (value > most) return 'tooBig'
  return Number.isInteger(value) ? undefined : 'whole'
}

function isWhole(value: unknown, most: number): boolean {
  return wrongWhole(value, most) === undefined
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { eastMetres, northMetres, ...others } = value as Record<string, unknown>
  const isCoordinate = (metres: unknown) =>
    typeof metres === 'number' && isWhole(Math.abs(metres), METRES_MAX)
  return isCoordinate(eastMetres) && isCoordinate(northMetres) && Object.keys(others).length === 0
}

/** Never the inside of a list or object: it may be as deep as the file is long. */
function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? '…' : String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
