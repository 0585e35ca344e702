import { addDays, type Day } from '#kit'

/** The civil week of the law: Monday to Sunday (C. trav. art. L.3121-35). */
export function weekOf(within: Day): { from: Day; to: Day } {
  const from = addDays(within, -((weekdayOf(within) + 6) % 7))
  return { from, to: addDays(from, 6) }
}

/** 0 on Sundays, 6 on Saturdays. */
export function weekdayOf(on: Day): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay()
}
