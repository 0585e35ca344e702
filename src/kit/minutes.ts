import { formatCount } from './formats.ts'

/** A duration in whole minutes. Branded, so that minutes and cents can never be added together. */
export type Minutes = bigint & { readonly unit: 'minutes' }

export function minutes(value: bigint | number | string): Minutes {
  return BigInt(value) as Minutes
}

export function sumMinutes(values: Iterable<Minutes>): Minutes {
  let total = 0n
  for (const value of values) total += value
  return minutes(total)
}

/** Reads `3`, `3,5`, `3.25`, `3 h 30`, `3h30`, `45 min`; undefined when it is not a duration. */
export function parseHours(text: string): Minutes | undefined {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').toLowerCase()
  const clock = /^(\d{1,7})h(\d{1,2})?(?:min)?$/.exec(bare)
  if (clock) {
    const past = Number(clock[2] ?? 0)
    return past < 60 ? minutes(Number(clock[1]) * 60 + past) : undefined
  }
  const onlyMinutes = /^(\d{1,7})min$/.exec(bare)
  if (onlyMinutes) return minutes(onlyMinutes[1] ?? 0)
  const decimal = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(bare)
  if (!decimal) return undefined
  const hundredths = BigInt(decimal[1] ?? 0) * 100n + BigInt((decimal[2] ?? '').padEnd(2, '0'))
  return (hundredths * 60n) % 100n === 0n ? minutes((hundredths * 60n) / 100n) : undefined
}

/** `3 h 30`, `40 h`, `0 h 15`. */
export function formatHours(value: Minutes, locale = 'fr'): string {
  const sign = value < 0n ? '−' : ''
  const positive = value < 0n ? -value : value
  const hours = formatCount(positive / 60n, locale)
  const past = positive % 60n
  return past === 0n
    ? `${sign}${hours}\u00a0h`
    : `${sign}${hours}\u00a0h\u00a0${String(past).padStart(2, '0')}`
}
