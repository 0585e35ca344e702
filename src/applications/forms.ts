import { families } from '#campaigns'
import {
  type Cents,
  type Day,
  formatHours,
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
import { type Answers, type Application, type DraftNeed, modalities } from './rules.ts'

/** The only door through which typed words become parts of a file. Blank stays open. */
export function readProject(typed: Typed): Partial<Answers> {
  return {
    projectTitle: words(typed, 'projectTitle', 200),
    projectSummary: words(typed, 'projectSummary', 5000),
    beneficiaries: words(typed, 'beneficiaries', 2000),
  }
}

const amounts = ['askedCents', 'usefulCents', 'budgetChargesCents', 'budgetProductsCents'] as const

export function readMoney(typed: Typed): Partial<Answers> | Refused {
  const refusals: Refusal[] = []
  const read: Partial<Record<(typeof amounts)[number], Cents | null>> = {}
  for (const field of amounts) {
    const text = words(typed, field, 40)
    const value = text === '' ? null : parseEuros(text)
    if (value === undefined || (value !== null && value < 0n))
      refusals.push(refusal('applications:refused.notEuros', { field }))
    else read[field] = value
  }
  if (refusals.length > 0) return { refusals }
  // A season with a single envelope does not ask which.
  const envelope = typed.envelopeId === undefined ? {} : { envelopeId: typed.envelopeId || null }
  return { ...read, ...envelope, cashFallback: words(typed, 'cashFallback', 2000) }
}

/** One entry a row; a row where nothing was typed is `undefined`. */
export function readNeeds(typed: Typed): (DraftNeed | undefined)[] | Refused {
  const refusals: Refusal[] = []
  const needs = Array.from({ length: rowsIn(typed) }, (_, index) =>
    readNeed(typed, index + 1, refusals),
  )
  return refusals.length > 0 ? { refusals } : needs
}

export const ROWS_MAX = 8

function rowsIn(typed: Typed): number {
  const rows = Object.keys(typed).flatMap((name) => /^need(\d)-/.exec(name)?.[1] ?? [])
  return Math.min(ROWS_MAX, Math.max(0, ...rows.map(Number)))
}

function readNeed(typed: Typed, row: number, refusals: Refusal[]): DraftNeed | undefined {
  const own = (name: string) => words(typed, needField(row, name), 1000)
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
  const modality = modalities.find((known) => known === own('modality')) ?? 'hybrid'
  return {
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

export function typedNeeds(needs: DraftNeed[]): Typed {
  const pairs = needs.flatMap((need, index) => {
    const own = (name: string, value: string): [string, string] => [
      needField(index + 1, name),
      value,
    ]
    return [
      own('family', need.family ?? ''),
      own('hoursMin', typedHours(need.minMinutes)),
      own('hoursMax', typedHours(need.maxMinutes)),
      own('deliverable', need.deliverable),
      own('modality', need.modality),
      own('startsOn', need.startsOn ?? ''),
      own('endsOn', need.endsOn ?? ''),
    ]
  })
  return Object.fromEntries(pairs)
}

function typedEuros(value: Cents | null): string {
  if (value === null) return ''
  const past = value % 100n
  return past === 0n ? `${value / 100n}` : `${value / 100n},${String(past).padStart(2, '0')}`
}

function typedHours(value: Minutes | null): string {
  if (value === null) return ''
  // The field says "h" beside it: whole hours are a bare number.
  return value % 60n === 0n ? `${value / 60n}` : formatHours(value).replace(/[\u00a0\u202f]/g, ' ')
}

function words(typed: Typed, name: string, most: number): string {
  return (typed[name] ?? '').trim().slice(0, most)
}
