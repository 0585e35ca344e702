import { type Cents, cents, type Day, type Minutes } from '#kit'
import { lawOn } from './law.ts'

// The company's side of the gift: CGI art. 238 bis. All results are estimates for its accountant.

/** How the cap of three social security ceilings is read: the law says neither month nor year. */
export type CapMode = 'prorata' | 'flat_monthly_per_year'

export type EmployeeGift = {
  /** Pay and social charges for one hour, without margin or overheads. */
  hourlyCostCents: Cents
  workedMinutes: Minutes
  /** The year of the work decides the ceiling. */
  workedOn: Day
  capMode?: CapMode
  /** Hours by which yearly pay was divided to find the hourly cost; the cap uses the same base. */
  annualMinutes?: Minutes
}

/** Pay and charges for the hours given, to the nearest cent. */
export function costPriceCents({ hourlyCostCents, workedMinutes }: EmployeeGift): Cents {
  return nearest(hourlyCostCents * workedMinutes, 60n)
}

/** CGI art. 238 bis, 1: at most three social security ceilings for one employee, over the same time. */
export function costCapCents(gift: EmployeeGift): Cents {
  const law = lawOn(gift.workedOn)
  const monthlyCapCents = law.secondmentCapMultiple * law.socialSecurityCeilingMonthlyCents
  if (gift.capMode === 'flat_monthly_per_year') return cents(monthlyCapCents)
  return nearest(
    monthlyCapCents * 12n * gift.workedMinutes,
    gift.annualMinutes ?? law.annualMinutes,
  )
}

/** What one employee's hours are worth in the gift: the cost price, within the cap. In flat mode, ask once a year. */
export function retainedCents(gift: EmployeeGift): Cents {
  return least(costPriceCents(gift), costCapCents(gift))
}

/** Excess gifts of a past year, with that year's reduction and retained gifts: together they say its average rate. */
export type CarryForward = {
  fiscalYear: number
  amountCents: Cents
  averageRate: { reductionCents: Cents; retainedCents: Cents }
}

export type TaxYear = {
  fiscalYear: number
  closedOn: Day
  turnoverCents: Cents
  giftsCents: Cents
  /** The part given to bodies that help people in difficulty for free: always at the full rate. */
  exemptGiftsCents: Cents
  carryForwards: CarryForward[]
}

export type TaxReduction = {
  ceilingCents: Cents
  retainedCents: Cents
  reductionCents: Cents
  usedCarryForwards: CarryForward[]
  /** What remains usable later, the oldest first. */
  carryForwards: CarryForward[]
}

/** The ceiling of a year's gifts: the floor, or 5 ‰ of turnover when that is more; half cents go up. */
export function giftCeilingCents(turnoverCents: Cents, closedOn: Day): Cents {
  const { giftCeilingFloorCents, giftCeilingTurnoverPerMille } = lawOn(closedOn)
  const shareCents = nearest(turnoverCents * giftCeilingTurnoverPerMille, 1000n)
  return greatest(shareCents, giftCeilingFloorCents)
}

/** The company's tax reduction for a year: ceiling, then 60/40, then what past years left, the oldest first. */
export function taxReduction(year: TaxYear): TaxReduction {
  const ceilingCents = giftCeilingCents(year.turnoverCents, year.closedOn)
  const retained = least(year.giftsCents, ceilingCents)
  const ownReductionCents = reductionOfYear(retained, year)
  const past = takeOldestFirst(year, cents(ceilingCents - retained))
  const excess: CarryForward = {
    fiscalYear: year.fiscalYear,
    amountCents: cents(year.giftsCents - retained),
    averageRate: { reductionCents: ownReductionCents, retainedCents: retained },
  }
  return {
    ceilingCents,
    retainedCents: retained,
    reductionCents: past.used.reduce(
      (sum, used) => cents(sum + reductionOf(used)),
      ownReductionCents,
    ),
    usedCarryForwards: past.used,
    carryForwards: excess.amountCents > 0n ? [...past.left, excess] : past.left,
  }
}

// Exempt gifts do not count towards the 2 M€; under a ceiling they are retained first (to verify: DOMAIN T5).
function reductionOfYear(retained: Cents, { exemptGiftsCents, closedOn }: TaxYear): Cents {
  const law = lawOn(closedOn)
  const exempt = least(exemptGiftsCents, retained)
  const normal = retained - exempt
  const full = least(cents(normal), law.giftReducedRateAboveCents)
  const weighted =
    (exempt + full) * law.giftReductionPercent + (normal - full) * law.giftReducedRatePercent
  return nearest(weighted, 100n)
}

function takeOldestFirst({ carryForwards, fiscalYear, closedOn }: TaxYear, roomCents: Cents) {
  const { carryForwardYears } = lawOn(closedOn)
  const used: CarryForward[] = []
  const left: CarryForward[] = []
  let room: bigint = roomCents
  for (const past of [...carryForwards].sort((a, b) => a.fiscalYear - b.fiscalYear)) {
    if (past.fiscalYear + carryForwardYears < fiscalYear) continue
    const taken = least(past.amountCents, cents(room))
    room -= taken
    if (taken > 0n) used.push({ ...past, amountCents: taken })
    if (taken < past.amountCents)
      left.push({ ...past, amountCents: cents(past.amountCents - taken) })
  }
  // In its last year, what is not used is lost.
  return { used, left: left.filter((past) => past.fiscalYear + carryForwardYears > fiscalYear) }
}

function reductionOf({ amountCents, averageRate }: CarryForward): Cents {
  if (averageRate.retainedCents === 0n) return cents(0)
  return nearest(amountCents * averageRate.reductionCents, averageRate.retainedCents)
}

function least(one: Cents, other: Cents): Cents {
  if (one < other) return one
  return other
}

function greatest(one: Cents, other: Cents): Cents {
  if (one > other) return one
  return other
}

/** Whole cents, to the nearest; exactly half goes up. Never asked for a negative amount. */
function nearest(numerator: bigint, denominator: bigint): Cents {
  return cents((2n * numerator + denominator) / (2n * denominator))
}
