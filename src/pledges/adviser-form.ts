import {
  type Cents,
  cents,
  type Day,
  parseEuros,
  parseHours,
  type Refusal,
  type Refused,
  refusal,
  yearOf,
} from '#kit'
import { lawOn, type Typed } from '#platform'
import type { Situation } from './advice.ts'

/** What the adviser was told: the figures, the skills, and what would make the gift a risk. */
export type Told = {
  situation: Situation
  families: string[]
  isInvoiced: boolean
  hasTender: boolean
}

type Refuse = (code: string, field: string) => void

/** From the adviser's form to what it means, or every reason why it cannot be read. */
export function readSituation(
  typed: Typed,
  { families, today }: { families: string[]; today: Day },
): Told | Refused {
  const refusals: Refusal[] = []
  const refuse: Refuse = (code, field) => refusals.push(refusal(code, { field }))
  const employees = countIn(typed, 'employees') ?? 0
  if (employees < 1) refuse('adviser:refused.employees', 'employees')
  const halfDays = halfDaysIn(typed.days ?? '')
  if (halfDays === undefined || halfDays > lawOn(today).annualDays * 2)
    refuse('adviser:refused.days', 'days')
  const volunteers = volunteersIn(typed, employees, refuse)
  const situation = {
    employees,
    halfDays: halfDays ?? 0,
    volunteers,
    hourlyCostCents: hourlyCostIn(typed, refuse),
    turnoverCents: eurosIn(typed, 'turnover', refuse),
    otherGiftsCents: eurosIn(typed, 'otherGifts', refuse),
    carryForwards: pastGiftsIn(typed, today, refuse),
  }
  if (refusals.length > 0) return { refusals }
  return {
    situation,
    families: families.filter((family) => typed[`family-${family}`] === 'yes'),
    isInvoiced: typed.isInvoiced === 'yes',
    hasTender: typed.hasTender === 'yes',
  }
}

/** More people than any employer of France has. */
const EMPLOYEES_MAX = 1_000_000

function countIn(typed: Typed, name: string): number | undefined {
  const bare = (typed[name] ?? '').replace(/[\s\u00a0\u202f]/g, '')
  const count = /^\d{1,7}$/.test(bare) ? Number(bare) : undefined
  return count !== undefined && count <= EMPLOYEES_MAX ? count : undefined
}

/** `2`, `0,5`, `1.5`: whole half days. */
function halfDaysIn(text: string): number | undefined {
  const days = /^\s*(\d{1,3})(?:[.,]([05])0?)?\s*$/.exec(text)
  if (!days) return undefined
  const halfDays = Number(days[1]) * 2 + (days[2] === '5' ? 1 : 0)
  return halfDays > 0 ? halfDays : undefined
}

function volunteersIn(typed: Typed, employees: number, refuse: Refuse): number | undefined {
  if ((typed.volunteers ?? '').trim() === '') return undefined
  const volunteers = countIn(typed, 'volunteers')
  if (volunteers !== undefined && volunteers >= 1 && volunteers <= employees) return volunteers
  refuse('adviser:refused.volunteers', 'volunteers')
  return undefined
}

function hourlyCostIn(typed: Typed, refuse: Refuse): Cents | undefined {
  if ((typed.hourlyCost ?? '').trim() === '') return undefined
  const cost = parseEuros(typed.hourlyCost ?? '')
  if (cost !== undefined && cost > 0n) return cost
  refuse('adviser:refused.euros', 'hourlyCost')
  return undefined
}

function eurosIn(typed: Typed, name: string, refuse: Refuse): Cents {
  const text = (typed[name] ?? '').trim()
  const amount = text === '' ? cents(0) : parseEuros(text)
  if (amount !== undefined && amount >= 0n) return amount
  refuse('adviser:refused.euros', name)
  return cents(0)
}

/** One past year is enough for an estimate; its rate is the full one unless its accountant says otherwise. */
function pastGiftsIn(typed: Typed, today: Day, refuse: Refuse): Situation['carryForwards'] {
  const amountCents = eurosIn(typed, 'pastGifts', refuse)
  if (amountCents === 0n) return []
  const { carryForwardYears, giftReductionPercent } = lawOn(today)
  const fiscalYear = countIn(typed, 'pastYear') ?? 0
  const isUsable = fiscalYear < yearOf(today) && fiscalYear >= yearOf(today) - carryForwardYears
  if (!isUsable) refuse('adviser:refused.pastYear', 'pastYear')
  const averageRate = {
    reductionCents: cents(giftReductionPercent),
    retainedCents: cents(100),
  }
  return [{ fiscalYear, amountCents, averageRate }]
}

/** What the letter says, as the company typed it on the page of the adviser. */
export type LetterTold = {
  company: { name: string; identifier: string; address: string }
  representative: { name: string; role: string }
  lines: { family: string; pledgedMinutes: bigint }[]
}

export function readLetter(typed: Typed, families: string[]): LetterTold | Refused {
  const refusals: Refusal[] = []
  const text = (field: string) => {
    const value = (typed[field] ?? '').trim()
    if (value === '' || value.length > WORDS_MAX)
      refusals.push(refusal('adviser:refused.text', { field }))
    return value
  }
  const company = {
    name: text('company'),
    identifier: text('identifier'),
    address: text('address'),
  }
  const representative = { name: text('signatory'), role: text('role') }
  const lines = families.flatMap((family) => {
    const field = `hours-${family}`
    const typedHours = (typed[field] ?? '').trim()
    if (typedHours === '') return []
    const pledgedMinutes = parseHours(typedHours)
    if (pledgedMinutes === undefined || pledgedMinutes <= 0n || pledgedMinutes % 30n !== 0n)
      refusals.push(refusal('pledges:refused.hours', { field }))
    return [{ family, pledgedMinutes: pledgedMinutes ?? 0n }]
  })
  if (lines.length === 0)
    refusals.push(refusal('pledges:refused.nothing', { field: `hours-${families[0] ?? ''}` }))
  return refusals.length > 0 ? { refusals } : { company, representative, lines }
}

/** A name or an address of a letter; more was not typed by a person. */
const WORDS_MAX = 200
