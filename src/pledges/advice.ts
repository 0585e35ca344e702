import { type Cents, cents, type Day, formatHours, type Minutes, minutes, yearOf } from '#kit'
import { type CarryForward, costPriceCents, lawOn, retainedCents, taxReduction } from '#platform'

/** What a company says of itself to the adviser: kept nowhere. */
export type Situation = {
  employees: number
  /** What its policy allows one person in a year, in half days. */
  halfDays: number
  /** How many would go, when the company knows. */
  volunteers: number | undefined
  /** Pay and social charges for one hour; without it, nothing is said in euros. */
  hourlyCostCents: Cents | undefined
  turnoverCents: Cents
  otherGiftsCents: Cents
  carryForwards: CarryForward[]
}

/** Hours for so many volunteers, and what they cost. */
export type Effort = {
  volunteers: number
  offeredMinutes: Minutes
  costCents?: Cents
}

/** The tax side of one effort, an estimate for the company's accountant. */
export type TaxSide = {
  costCents: Cents
  /** What counts as a gift, within three social security ceilings a person. */
  giftCents: Cents
  isCapped: boolean
  ceilingCents: Cents
  /** Of the ceiling, by every gift of the year and by what past years had left. */
  usedCents: Cents
  leftCents: Cents
  /** What these hours add to the reduction of the year. */
  reductionCents: Cents
  /** The part of this year's gifts above the ceiling, and the last year in which it still counts. */
  carried?: { amountCents: Cents; lastYear: number }
}

export type Advice = { efforts: Effort[]; proposed: Effort; tax?: TaxSide }

/** Of a hundred employees, those who would go: a convention of METIS, no statistics. */
const SHARES_PERCENT = [5, 10, 20]
const PROPOSED_PERCENT = 10

/** What is realistic for a company of this size, what it costs, and what its tax gives back. */
export function adviceOf(situation: Situation, today: Day): Advice {
  const { employees, volunteers } = situation
  const effort = (count: number) => effortOf(situation, count, today)
  const proposed = effort(volunteers ?? shareOf(employees, PROPOSED_PERCENT))
  const counts = [...SHARES_PERCENT.map((share) => shareOf(employees, share)), proposed.volunteers]
  const efforts = [...new Set(counts)].sort((one, other) => one - other).map(effort)
  const tax = taxSideOf(situation, proposed, today)
  return { efforts, proposed, ...(tax ? { tax } : {}) }
}

/** At least one person: a small company counts too. */
function shareOf(employees: number, percent: number): number {
  return Math.max(1, Math.floor((employees * percent) / 100))
}

function effortOf(situation: Situation, volunteers: number, today: Day): Effort {
  const offeredMinutes = minutes(minutesEach(situation, today) * BigInt(volunteers))
  const { hourlyCostCents } = situation
  if (hourlyCostCents === undefined) return { volunteers, offeredMinutes }
  const gift = { hourlyCostCents, workedMinutes: offeredMinutes, workedOn: today }
  return { volunteers, offeredMinutes, costCents: costPriceCents(gift) }
}

function minutesEach({ halfDays }: Pick<Situation, 'halfDays'>, today: Day): bigint {
  return (lawOn(today).missionDayMinutes * BigInt(halfDays)) / 2n
}

function taxSideOf(situation: Situation, effort: Effort, today: Day): TaxSide | undefined {
  const { hourlyCostCents } = situation
  const { costCents, volunteers } = effort
  if (hourlyCostCents === undefined || costCents === undefined) return undefined
  // The cap is one person's: the same for each, since each gives as much.
  const each = { hourlyCostCents, workedMinutes: minutes(minutesEach(situation, today)) }
  const retained = retainedCents({ ...each, workedOn: today })
  const isCapped = retained < costPriceCents({ ...each, workedOn: today })
  const giftCents = isCapped ? cents(retained * BigInt(volunteers)) : costCents
  const { otherGiftsCents } = situation
  const before = yearWith(situation, otherGiftsCents, today)
  const after = yearWith(situation, cents(otherGiftsCents + giftCents), today)
  const past = after.usedCarryForwards.reduce((sum, used) => sum + used.amountCents, 0n)
  const usedCents = cents(after.retainedCents + past)
  return {
    costCents,
    giftCents,
    isCapped,
    ceilingCents: after.ceilingCents,
    usedCents,
    leftCents: cents(after.ceilingCents - usedCents),
    reductionCents: cents(after.reductionCents - before.reductionCents),
    ...carriedOf(after.carryForwards, today),
  }
}

function yearWith(situation: Situation, giftsCents: Cents, today: Day) {
  const { turnoverCents, carryForwards } = situation
  return taxReduction({
    fiscalYear: yearOf(today),
    closedOn: today,
    turnoverCents,
    giftsCents,
    // Prudent: gifts to bodies that help people in difficulty would keep the full rate above the threshold.
    exemptGiftsCents: cents(0),
    carryForwards,
  })
}

function carriedOf(left: CarryForward[], today: Day): Pick<TaxSide, 'carried'> {
  const own = left.find(({ fiscalYear }) => fiscalYear === yearOf(today))
  if (!own) return {}
  const lastYear = own.fiscalYear + lawOn(today).carryForwardYears
  return { carried: { amountCents: own.amountCents, lastYear } }
}

/** Whole half hours; what is left over is not promised. */
export function shareEach(offered: bigint, count: number): bigint {
  if (count === 0) return 0n
  const each = offered / BigInt(count)
  return each - (each % 30n)
}

/** As a person would type it beside an « h ». */
export function hoursTyped(value: bigint): string {
  return value % 60n === 0n ? String(value / 60n) : formatHours(minutes(value))
}
