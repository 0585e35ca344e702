import type { Cents } from '#kit'

/** As a person types it: `2600` or `2600,50`. */
export function plainEuros(value: Cents): string {
  const past = value % 100n
  const whole = String(value / 100n)
  return past === 0n ? whole : `${whole},${String(past).padStart(2, '0')}`
}
