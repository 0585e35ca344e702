import { parseDay, type Refusal, refusal } from '#kit'

/** What a field holds; a question mark says that it may be absent. */
export type Kind =
  | 'key'
  | 'text'
  | 'text?'
  | 'texts'
  | 'amount'
  | 'positive'
  | 'count?'
  | 'score'
  | 'boolean'
  | 'day?'
  | 'modality?'
export type Shape = Record<string, Kind>

type List = { list: string; shape: Shape; amountMax: number; modalities: readonly string[] }

/** All that is wrong in the rows of one list, field by field; twice the same key is wrong too. */
export function readRows(rows: unknown, reading: List): Refusal[] {
  const { list, shape } = reading
  if (!Array.isArray(rows)) return [refusal('allocation:refused.noList', { field: list })]
  const seen = new Set<unknown>()
  return rows.flatMap((row: unknown, rank) => {
    const where = { list, line: rank + 1 }
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      return [refusal('allocation:refused.notARow', { field: `${list}[${rank}]`, ...where })]
    const fields = new Map<string, unknown>(Object.entries(row))
    const refusals = Object.entries(shape).flatMap(([name, kind]) => {
      const value = fields.get(name)
      const code = wrong(kind, value, reading)
      const field = `${list}[${rank}].${name}`
      if (code)
        return [refusal(`allocation:refused.${code}`, { field, ...where, value: shown(value) })]
      if (kind !== 'key') return []
      const isTwice = seen.has(value)
      seen.add(value)
      return isTwice
        ? [refusal('allocation:refused.twice', { field, ...where, value: shown(value) })]
        : []
    })
    const strangers = [...fields.keys()].filter((name) => !(name in shape))
    return [
      ...refusals,
      ...strangers.map((name) =>
        refusal('allocation:refused.unknownField', { field: `${list}[${rank}].${name}`, ...where }),
      ),
    ]
  })
}

function wrong(kind: Kind, value: unknown, { amountMax, modalities }: List): string | undefined {
  if (kind.endsWith('?') && value === undefined) return undefined
  switch (kind) {
    case 'key':
    case 'text':
      return typeof value === 'string' && value !== '' ? undefined : 'text'
    case 'text?':
      return typeof value === 'string' ? undefined : 'text'
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? undefined
        : 'texts'
    case 'amount':
    case 'positive':
      return wrongAmount(value, kind === 'positive' ? 1 : 0, amountMax)
    case 'count?':
      return value === null ? undefined : wrongAmount(value, 0, amountMax)
    case 'score':
      return typeof value === 'number' && value >= 0 && value <= 100 ? undefined : 'score'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'boolean'
    case 'day?':
      return typeof value === 'string' && parseDay(value) === value ? undefined : 'day'
    case 'modality?':
      return modalities.some((one) => one === value) ? undefined : 'modality'
  }
}

function wrongAmount(value: unknown, least: number, most: number): string | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'number'
  if (value < 0) return 'negative'
  if (value > most) return 'tooBig'
  if (!Number.isInteger(value)) return 'whole'
  return value < least ? 'positive' : undefined
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
