import {
  type Cents,
  cents,
  parseDay,
  parseEuros,
  parseRna,
  type Refusal,
  type Refused,
  refusal,
} from '#kit'
import { type CerfaSection, type Field, fields } from './fields.ts'

/** Text, a count, hundredths or cents by the kind of the field; null where it was left blank on purpose. */
export type Value = string | number | null
export type Answers = Record<string, Value>
export type Form = Partial<Record<CerfaSection, Answers>>

type Words = Record<string, string>

/** The only door through which typed words become answers; every fault beside its field. */
export function readAnswers(section: CerfaSection, typed: Words): Answers | Refused {
  const answers: Answers = {}
  const refusals: Refusal[] = []
  for (const field of fields[section]) {
    const text = bare(typed[field.name])
    if (text.length > field.most) {
      const values = { field: field.name, most: field.most, count: text.length }
      refusals.push(refusal('applications:refused.tooLong', values))
      continue
    }
    const value = text === '' ? null : parsedValue(field, text)
    if (value === undefined)
      refusals.push(refusal(`cerfa:refused.${field.kind}`, { field: field.name }))
    else answers[field.name] = value
  }
  return refusals.length > 0 ? { refusals } : answers
}

/** An answer as it was typed, in the one spelling that the form shows: `1 200,5` and `1200,50` are the same. */
export function canonicalWords(field: Field, text: string | undefined): string {
  const words = bare(text)
  const value = words === '' || words.length > field.most ? null : parsedValue(field, words)
  return value === null || value === undefined ? words : typedValue(field, value)
}

/** The same, or nothing where the field could not hold it. */
export function readableWords(field: Field, text: string): string | undefined {
  const words = bare(text)
  if (words === '' || words.length > field.most) return undefined
  const value = parsedValue(field, words)
  return value === undefined ? undefined : typedValue(field, value)
}

export function typedValue(field: Field, value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (field.kind === 'cents' || field.kind === 'fullTime') return inHundredths(value)
  return String(value)
}

export function centsIn(answers: Answers | undefined, name: string): Cents | undefined {
  const value = answers?.[name]
  return typeof value === 'number' ? cents(value) : undefined
}

/** As a file keeps it: browsers send their line breaks in two signs. */
function bare(text: string | undefined): string {
  return (text ?? '').replace(/\r\n?/g, '\n').trim()
}

function parsedValue(field: Field, text: string): Value | undefined {
  switch (field.kind) {
    case 'words':
    case 'line':
      return text
    case 'count':
      return countOf(text)
    case 'fullTime':
      return hundredthsOf(text)
    case 'cents':
      return centsOf(text)
    case 'day':
      return parseDay(text)
    case 'choice':
      return field.choices.find((known) => known === text)
    case 'siret':
      return siretOf(text)
    case 'rna':
      return parseRna(text)
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : undefined
  }
}

function countOf(text: string): number | undefined {
  const digits = text.replace(/[\s\u00a0\u202f]/g, '')
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined
}

function hundredthsOf(text: string): number | undefined {
  const [, whole, past = ''] =
    /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, '')) ?? []
  return whole === undefined ? undefined : Number(whole) * 100 + Number(past.padEnd(2, '0'))
}

function centsOf(text: string): number | undefined {
  const value = parseEuros(text)
  return value === undefined || value < 0n ? undefined : Number(value)
}

/** Fourteen digits: whether its key holds is said at the deposit, for the register may know better. */
function siretOf(text: string): string | undefined {
  const digits = text.replace(/[\s\u00a0\u202f.-]/g, '')
  return /^\d{14}$/.test(digits) ? digits : undefined
}

function inHundredths(value: number): string {
  const past = value % 100
  const whole = Math.floor(value / 100)
  return past === 0 ? String(whole) : `${whole},${String(past).padStart(2, '0')}`
}
