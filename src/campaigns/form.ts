import {
  type Cents,
  cents,
  type Day,
  parseDay,
  parseEuros,
  type Refusal,
  type Refused,
  refusal,
} from '#kit'
import type { Typed } from '#platform'
import {
  type bounds,
  families,
  proposedFigures,
  refusalsForSettings,
  type Settings,
} from './rules.ts'

export const ENVELOPES_MAX = 6
export const CRITERIA_MAX = 8

/** From what was typed to settings, or every reason why not: the unreadable ones and the rules'. */
export function readSettings(typed: Typed): Settings | Refused {
  const refusals: Refusal[] = []
  const refuse = (code: string, field: string) => refusals.push(refusal(code, { field }))
  const year = /^\d{4}$/.test(typed.year ?? '') ? Number(typed.year) : 0
  // What cannot be read is refused; its usual value stands in, so that the other rules still speak.
  const usual = proposedFigures(year || 2000)
  const dayIn = (field: DayField): Day => {
    const read = parseDay(typed[field] ?? '')
    if (!read) refuse('campaigns:refused.day', field)
    return read ?? usual[field]
  }
  const shareIn = (field: keyof typeof bounds): number => {
    const text = (typed[field] ?? '').replace(/\s*%$/, '').trim()
    return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  }
  const settings: Settings = {
    year,
    title: (typed.title ?? '').trim(),
    pledgesCloseOn: dayIn('pledgesCloseOn'),
    applicationsCloseOn: dayIn('applicationsCloseOn'),
    councilOn: dayIn('councilOn'),
    startsOn: dayIn('startsOn'),
    endsOn: dayIn('endsOn'),
    floorPercent: shareIn('floorPercent'),
    reservePercent: shareIn('reservePercent'),
    weightLowPercent: shareIn('weightLowPercent'),
    weightHighPercent: shareIn('weightHighPercent'),
    totalCapPercent: shareIn('totalCapPercent'),
    cashUnitCents: parseEuros(typed.cashUnitCents ?? '') ?? cents(0),
    referenceHourlyCents: parseEuros(typed.referenceHourlyCents ?? '') ?? cents(0),
    envelopes: readEnvelopes(typed, refuse),
    families: families.filter((family) => typed[`family-${family}`] === 'yes'),
    criteria: readCriteria(typed, refuse),
  }
  refusals.push(...refusalsForSettings(settings))
  return refusals.length > 0 ? { refusals } : settings
}

type DayField = 'pledgesCloseOn' | 'applicationsCloseOn' | 'councilOn' | 'startsOn' | 'endsOn'
type Refuse = (code: string, field: string) => void

function readEnvelopes(typed: Typed, refuse: Refuse): { name: string; cashCents: Cents }[] {
  return ranks(ENVELOPES_MAX).flatMap((rank) => {
    const name = (typed[`envelopeName${rank}`] ?? '').trim()
    const amount = (typed[`envelopeCash${rank}`] ?? '').trim()
    if (name === '' && amount === '') return []
    const cashCents = parseEuros(amount)
    if (name === '') refuse('campaigns:refused.envelopeName', `envelopeName${rank}`)
    if (cashCents === undefined) refuse('campaigns:refused.amount', `envelopeCash${rank}`)
    return [{ name, cashCents: cashCents ?? cents(0) }]
  })
}

function readCriteria(typed: Typed, refuse: Refuse): { label: string; weight: number }[] {
  return ranks(CRITERIA_MAX).flatMap((rank) => {
    const label = (typed[`criterionLabel${rank}`] ?? '').trim()
    const weight = (typed[`criterionWeight${rank}`] ?? '').trim()
    if (label === '' && weight === '') return []
    if (label === '') refuse('campaigns:refused.criterionLabel', `criterionLabel${rank}`)
    return [{ label, weight: /^\d{1,3}$/.test(weight) ? Number(weight) : Number.NaN }]
  })
}

/** 1, 2, … `count`: the numbered lines of a list in a form. */
export function ranks(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

/** Settings as they stand in the form's fields. */
export function typedFrom(settings: Settings): Typed {
  const { envelopes, families: chosen, criteria, ...figures } = settings
  const typed: Typed = {}
  for (const [field, value] of Object.entries(figures)) typed[field] = String(value)
  typed.cashUnitCents = eurosTyped(settings.cashUnitCents)
  typed.referenceHourlyCents = eurosTyped(settings.referenceHourlyCents)
  for (const [index, { name, cashCents }] of envelopes.entries()) {
    typed[`envelopeName${index + 1}`] = name
    typed[`envelopeCash${index + 1}`] = eurosTyped(cashCents)
  }
  for (const family of chosen) typed[`family-${family}`] = 'yes'
  for (const [index, { label, weight }] of criteria.entries()) {
    typed[`criterionLabel${index + 1}`] = label
    typed[`criterionWeight${index + 1}`] = String(weight)
  }
  return typed
}

function eurosTyped(value: Cents): string {
  const past = value % 100n
  return past === 0n ? `${value / 100n}` : `${value / 100n},${String(past).padStart(2, '0')}`
}
