import { families } from '#campaigns'
import {
  type Cents,
  type Day,
  formatHours,
  isId,
  type Minutes,
  parseDay,
  parseEuros,
  parseHours,
  type Refusal,
  type Refused,
  refusal,
} from '#kit'
import type { Typed } from '#platform'
import { needField } from './draft.ts'
import { type Answers, type Application, modalities, type NewNeed } from './rules.ts'

/** The only door through which typed words become parts of a file. Blank stays open. */
export function readProject(typed: Typed): Partial<Answers> | Refused {
  const refusals = ['projectTitle', 'projectSummary', 'beneficiaries'].flatMap((field) =>
    refusalsForLength(typed, field),
  )
  if (refusals.length > 0) return { refusals }
  return {
    projectTitle: words(typed, 'projectTitle'),
    projectSummary: words(typed, 'projectSummary'),
    beneficiaries: words(typed, 'beneficiaries'),
  }
}

/** Signs that an answer may hold; a need's deliverable goes by its last word. */
const longest: Record<string, number> = {
  projectTitle: 200,
  projectSummary: 5000,
  beneficiaries: 2000,
  cashFallback: 2000,
  deliverable: 1000,
}

/** Too long is said, never cut: words that vanish are words lost. */
function refusalsForLength(typed: Typed, field: string): Refusal[] {
  const most = longest[field.split('-').at(-1) ?? ''] ?? 0
  const count = words(typed, field).length
  return count > most ? [refusal('applications:refused.tooLong', { field, most, count })] : []
}

export const amounts = [
  'askedCents',
  'usefulCents',
  'budgetChargesCents',
  'budgetProductsCents',
] as const

export function readMoney(typed: Typed): Partial<Answers> | Refused {
  const refusals = refusalsForLength(typed, 'cashFallback')
  const read: Partial<Record<(typeof amounts)[number], Cents | null>> = {}
  for (const field of amounts) {
    // A form that does not show it leaves it as it stands.
    if (typed[field] === undefined) continue
    const text = words(typed, field)
    const value = text === '' ? null : parseEuros(text)
    if (value === undefined || (value !== null && value < 0n))
      refusals.push(refusal('applications:refused.notEuros', { field }))
    else read[field] = value
  }
  if (refusals.length > 0) return { refusals }
  // A season with a single envelope does not ask which.
  const envelope = typed.envelopeId === undefined ? {} : { envelopeId: typed.envelopeId || null }
  return { ...read, ...envelope, cashFallback: words(typed, 'cashFallback') }
}

/** One entry a row; a row where nothing was typed is `undefined`. */
export function readNeeds(typed: Typed): (NewNeed | undefined)[] | Refused {
  const refusals: Refusal[] = []
  const needs = Array.from({ length: rowsIn(typed) }, (_, index) =>
    readNeed(typed, index + 1, refusals),
  )
  return refusals.length > 0 ? { refusals } : needs
}

export const ROWS_MAX = 8

export function rowsIn(typed: Typed): number {
  const rows = Object.keys(typed).flatMap((name) => /^need(\d)-/.exec(name)?.[1] ?? [])
  return Math.min(ROWS_MAX, Math.max(0, ...rows.map(Number)))
}

function readNeed(typed: Typed, row: number, refusals: Refusal[]): NewNeed | undefined {
  const own = (name: string) => words(typed, needField(row, name))
  const read = <Value>(name: string, parse: (text: string) => Value | undefined, code: string) => {
    const value = own(name) === '' ? null : parse(own(name))
    if (value === undefined)
      refusals.push(refusal(code, { field: needField(row, name), rank: row }))
    return value ?? null
  }
  const isBlank = ['family', 'hoursMin', 'hoursMax', 'deliverable'].every(
    (name) => own(name) === '',
  )
  if (isBlank) return undefined
  refusals.push(...refusalsForLength(typed, needField(row, 'deliverable')))
  const modality = modalities.find((known) => known === own('modality')) ?? 'hybrid'
  return {
    ...(isId(own('id')) && { id: own('id') }),
    family: families.find((known) => known === own('family')) ?? null,
    minMinutes: read<Minutes>('hoursMin', parseHours, 'applications:refused.notHours'),
    maxMinutes: read<Minutes>('hoursMax', parseHours, 'applications:refused.notHours'),
    deliverable: own('deliverable'),
    modality,
    startsOn: read<Day>('startsOn', parseDay, 'applications:refused.notDay'),
    endsOn: read<Day>('endsOn', parseDay, 'applications:refused.notDay'),
  }
}

/** The file's own answers as a person would have typed them. */
export function typedMoney(application: Application): Typed {
  return {
    envelopeId: application.envelopeId ?? '',
    cashFallback: application.cashFallback,
    ...Object.fromEntries(amounts.map((field) => [field, typedEuros(application[field])])),
  }
}

export function typedNeeds(needs: NewNeed[]): Typed {
  return Object.assign({}, ...needs.map((need, index) => typedNeed(need, index + 1)))
}

/** The answers of a row; each of them is blank where there is no such need. */
export function typedNeed(need: NewNeed | undefined, row: number): Typed {
  const pairs: [string, string][] = need ? pairsOf(need) : needFieldNames.map((name) => [name, ''])
  return Object.fromEntries(pairs.map(([name, value]) => [needField(row, name), value]))
}

function pairsOf(need: NewNeed): [string, string][] {
  return [
    ['id', need.id ?? ''],
    ['family', need.family ?? ''],
    ['hoursMin', typedHours(need.minMinutes)],
    ['hoursMax', typedHours(need.maxMinutes)],
    ['deliverable', need.deliverable],
    ['modality', need.modality],
    ['startsOn', need.startsOn ?? ''],
    ['endsOn', need.endsOn ?? ''],
  ]
}

/** What a person fills in of a need. */
export const needFieldNames = [
  'family',
  'hoursMin',
  'hoursMax',
  'deliverable',
  'modality',
  'startsOn',
  'endsOn',
] as const

export function typedEuros(value: Cents | null): string {
  if (value === null) return ''
  const past = value % 100n
  return past === 0n ? `${value / 100n}` : `${value / 100n},${String(past).padStart(2, '0')}`
}

export function typedHours(value: Minutes | null): string {
  if (value === null) return ''
  // The field says "h" beside it: whole hours are a bare number.
  return value % 60n === 0n ? `${value / 60n}` : formatHours(value).replace(/[\u00a0\u202f]/g, ' ')
}

/** As a file keeps it: browsers send their line breaks in two signs. */
export function words(typed: Typed, name: string): string {
  return (typed[name] ?? '').replace(/\r\n?/g, '\n').trim()
}
