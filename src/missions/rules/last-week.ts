import { addDays, type Day } from '#kit'
import { type Entry, entryStateOf } from './timesheets.ts'
import type { NewEntry } from './warnings.ts'
import { weekOf } from './weeks.ts'

/**
 * "As last week": the entries of a week, seven days later, on days that are past and still empty. This
 * week first; on a Monday, when it has nothing to take over yet, the week that has just ended.
 */
export function asLastWeek(entries: Entry[], today: Day): NewEntry[] {
  const living = entries.filter((entry) => {
    const state = entryStateOf(entry)
    return state !== 'disputed' && state !== 'reversed'
  })
  const thisWeek = weekOf(today).from
  for (const week of [thisWeek, addDays(thisWeek, -7)]) {
    const copies = copiesInto(week, living, today)
    if (copies.length > 0) return copies
  }
  return []
}

function copiesInto(week: Day, living: Entry[], today: Day): NewEntry[] {
  const takenDays = new Set(living.map(({ day }) => day))
  return living
    .filter(({ day }) => weekOf(day).from === addDays(week, -7))
    .map(({ day, workedMinutes, startsAt, isAtNight, note }) => ({
      day: addDays(day, 7),
      workedMinutes,
      startsAt,
      isAtNight,
      note,
    }))
    .filter(({ day }) => day <= today && !takenDays.has(day))
    .sort((one, other) => one.day.localeCompare(other.day))
}
