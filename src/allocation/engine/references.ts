import type { ScoreWeight } from './format.ts'

/**
 * What an association is measured against: the basis times κ(score), to the nearest cent, at least one cent. κ is
 * linear between the published points and constant beyond them; without points it is 100 %.
 */
export function referenceOf(basisCents: number, score: number, weights: ScoreWeight[]): number {
  const { top, bottom } = percentAt(score, weights)
  const divisor = 100n * bottom
  // Half a cent goes up.
  const rounded = (2n * BigInt(basisCents) * top + divisor) / (2n * divisor)
  return Number(rounded > 0n ? rounded : 1n)
}

/** κ as an exact fraction. */
function percentAt(score: number, weights: ScoreWeight[]): { top: bigint; bottom: bigint } {
  const after = weights.findIndex((point) => point.score >= score)
  const high = weights.at(after)
  const low = weights[after - 1]
  if (!high) return { top: 100n, bottom: 1n }
  if (!low || after < 0) return { top: BigInt(high.percent), bottom: 1n }
  const span = high.score - low.score
  const top = low.percent * span + (high.percent - low.percent) * (score - low.score)
  return { top: BigInt(top), bottom: BigInt(span) }
}

/** Associations of one theme (or envelope) and, when it is known, of one size. */
export type Like = { theme: string; size?: string }

/**
 * The basis of an association without last year's grant: the median of last year's grants of its theme and size,
 * else of its theme, else of all; when nobody had any, an equal share of the cash. Of two middle grants, the lower.
 */
export function newcomerBasis(
  rows: (Like & { baselineCents: number })[],
  cashCents: number,
): (like: Like) => number {
  const groups = new Map<string, number[]>()
  for (const { baselineCents, ...like } of rows)
    if (baselineCents > 0)
      for (const key of keysOf(like)) {
        const group = groups.get(key)
        if (group) group.push(baselineCents)
        else groups.set(key, [baselineCents])
      }
  const medians = new Map([...groups].map(([key, amounts]) => [key, median(amounts)]))
  const equalShare = Math.max(1, Math.floor(cashCents / Math.max(1, rows.length)))
  return (like) => keysOf(like).flatMap((key) => medians.get(key) ?? [])[0] ?? equalShare
}

/** From the nearest likes to all. */
function keysOf({ theme, size }: Like): string[] {
  const own = size === undefined ? [] : [JSON.stringify([theme, size])]
  return [...own, JSON.stringify([theme]), '']
}

function median(amounts: number[]): number {
  const sorted = amounts.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
