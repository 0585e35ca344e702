import { parseDay } from '#kit'
import { type Finding, type FindingCode, finding } from './finding.ts'
import type { ScdlField } from './schema.ts'

/** What a field of the schema has against one cell. */
export function fieldFindings(field: ScdlField, value: string, line: number): Finding[] {
  return codesOf(field, value).map((code) =>
    finding('error', code, { line, column: field.name, value }),
  )
}

function codesOf(field: ScdlField, value: string): FindingCode[] {
  const { constraints } = field
  if (value === '') return constraints.required ? ['required'] : []
  if (!isOfType(field, value)) return [field.type === 'string' ? 'pattern' : field.type]
  const broken: [FindingCode, boolean][] = [
    ['pattern', constraints.pattern !== undefined && !new RegExp(constraints.pattern).test(value)],
    ['enum', constraints.enum !== undefined && !constraints.enum.includes(value)],
    ['too-long', [...value].length > (constraints.maxLength ?? Number.POSITIVE_INFINITY)],
    ['range', field.type === 'number' && !isInRange(constraints, Number(value))],
  ]
  return broken.filter(([, isBroken]) => isBroken).map(([code]) => code)
}

function isOfType({ type, trueValues, falseValues }: ScdlField, value: string): boolean {
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) && parseDay(value) !== undefined
  if (type === 'number') return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)
  if (type === 'boolean') return trueValues.includes(value) || falseValues.includes(value)
  return true
}

function isInRange({ minimum, maximum }: ScdlField['constraints'], value: number): boolean {
  return value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity)
}
