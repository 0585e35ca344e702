import { type Cents, cents, type Minutes, sumCents, sumMinutes } from '#kit'

export type ProposedHours = {
  needId: string
  pledgeId: string
  companyId: string
  companyName: string
  family: string
  minutes: Minutes
}

/** What a scenario gives one association, and why. */
export type ProposedLine = {
  applicationId: string
  associationId: string
  associationName: string
  envelopeId: string
  projectTitle: string
  /** Cash of the year before; zero for a newcomer. */
  baselineCents: Cents
  askedCents: Cents
  askedMinutes: Minutes
  referenceCents: Cents
  cashCents: Cents
  hours: ProposedHours[]
  /** Indicative: cash and valued hours are never added in an act (DOMAIN 0.1, rule 2). */
  totalCents: Cents
  /** Total over baseline, or over the reference of a newcomer: to draw and to compare, never to pay. */
  ratio: number
  reasons: { fr: string[]; en: string[] }
}

/** The figures at the head of a scenario. */
export type Figures = {
  cashCents: Cents
  envelopeCents: Cents
  baselineCents: Cents
  usedMinutes: Minutes
  supplyMinutes: Minutes
  companyCount: number
  fallCents: Cents
  /** Value of hours that makes up for a fall, association by association, never more than its fall. */
  compensatedCents: Cents
}

export function minutesOf(line: { hours: { minutes: Minutes }[] }): Minutes {
  return sumMinutes(line.hours.map((own) => own.minutes))
}

export function hoursValueOf(line: ProposedLine): Cents {
  return cents(line.totalCents - line.cashCents)
}

/** DOMAIN 8.5: the cut, the hours, their indicative value; always the three together. */
export function figuresOf(
  lines: ProposedLine[],
  supply: { envelopeCents: Cents; minutes: Minutes; companyCount: number },
): Figures {
  const falls = lines.map((line) => largest(0n, line.baselineCents - line.cashCents))
  const compensated = lines.map((line, rank) => smallest(falls[rank] ?? 0n, hoursValueOf(line)))
  return {
    cashCents: sumCents(lines.map((line) => line.cashCents)),
    envelopeCents: supply.envelopeCents,
    baselineCents: sumCents(lines.map((line) => line.baselineCents)),
    usedMinutes: sumMinutes(lines.map(minutesOf)),
    supplyMinutes: supply.minutes,
    companyCount: supply.companyCount,
    fallCents: sumCents(falls),
    compensatedCents: sumCents(compensated),
  }
}

/** Who gets all that it asks is well served, however little that is. */
export function lowestOf(lines: ProposedLine[]): ProposedLine | undefined {
  return lines
    .filter((line) => line.cashCents < line.askedCents || minutesOf(line) < line.askedMinutes)
    .sort((a, b) => a.ratio - b.ratio)[0]
}

/** Whole percent, rounded down so that nothing is embellished; undefined when there is no whole. */
export function percentOf(part: bigint, whole: bigint): number | undefined {
  return whole > 0n ? Number((part * 100n) / whole) : undefined
}

function largest(a: bigint, b: bigint): Cents {
  return cents(a > b ? a : b)
}

function smallest(a: bigint, b: bigint): Cents {
  return cents(a < b ? a : b)
}
