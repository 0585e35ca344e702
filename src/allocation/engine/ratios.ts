/** Exact, by cross-multiplication; in bigint only when a product passes 2^53. */
export function compareRatios([a, b]: [number, number], [c, d]: [number, number]): number {
  const left = a * d
  const right = c * b
  if (left < Number.MAX_SAFE_INTEGER && right < Number.MAX_SAFE_INTEGER) return left - right
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** In lowest terms: `389/500`. */
export function ratioText(held: number, weight: number): string {
  let [a, b] = [held, weight]
  while (b !== 0) [a, b] = [b, a % b]
  const divisor = a || 1
  return `${held / divisor}/${weight / divisor}`
}

/** The exact ratio as a number to draw or to print; 0.778 for `389/500`. */
export function ratioValue({ ratio }: { ratio: string }): number {
  const [held = 0, weight = 1] = ratio.split('/').map(Number)
  return held / weight
}
