import { NEVER, type Spot } from './season.ts'

/** Where a cent of an association starts: floors before references, then by share; exact. */
export type Start = { stage: 'floor' | 'reference'; cents: number; weight: number }
export type Turn = Start & { of: Spot }

export function turnOf(of: Spot, cents: number): Turn {
  const stage = cents < of.row.floorCents ? 'floor' : 'reference'
  return { stage, cents, weight: weightOf(of, stage), of }
}

export function weightOf({ row }: Spot, stage: Turn['stage']): number {
  return stage === 'floor' ? row.floorCents : row.referenceCents
}

export function byStart(a: Start, b: Start): number {
  if (a.stage !== b.stage) return a.stage === 'floor' ? -1 : 1
  const [left, right] = [a.cents * b.weight, b.cents * a.weight]
  if (Math.max(left, right) <= NEVER) return left - right
  return Number(BigInt(a.cents) * BigInt(b.weight) - BigInt(b.cents) * BigInt(a.weight))
}

/** Who has the next unit: the lowest start, then the smaller reference, then the first id. */
export function byTurn(a: Turn, b: Turn): number {
  const references = a.of.row.referenceCents - b.of.row.referenceCents
  return byStart(a, b) || references || (a.of.id < b.of.id ? -1 : 1)
}

export function lowest<One extends Start>(
  turns: One[],
  order: (a: One, b: One) => number = byStart,
): One | undefined {
  let least = turns[0]
  for (const turn of turns) if (least && order(turn, least) < 0) least = turn
  return least
}

/** In lowest terms: above × times / below. */
export function fraction(above: number, below: number, times = 1): string {
  const first = commonDivisor(above, below)
  const second = commonDivisor(times, below / first)
  const top = (above / first) * (times / second)
  const exact = top <= NEVER ? top : BigInt(above / first) * BigInt(times / second)
  return `${exact}/${below / first / second}`
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

export function canTake({ cash, total, most, cap }: Spot, unit: number): boolean {
  return cash + unit <= most && total + unit <= cap
}
