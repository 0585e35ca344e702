import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { day } from './days.ts'
import {
  addWorkingDays,
  type Calendar,
  calendarOf,
  holidaysOf,
  workingDayUntil,
} from './holidays.ts'

const FILE = '../shared/data/calendar/jours-feries-2024-2030_DERIVED-from-date-holidays-3.37.0.json'

const named: [string, Calendar][] = [
  ['metropole', 'mainland'],
  ['alsace-moselle', 'alsaceMoselle'],
  ['guadeloupe', 'guadeloupe'],
  ['martinique', 'martinique'],
  ['guyane', 'guyane'],
  ['la-reunion', 'reunion'],
  ['mayotte', 'mayotte'],
]

test.for(named)('the holidays of %s are those published', ([name, calendar], { skip }) => {
  if (!existsSync(FILE)) return skip(`no ${FILE} here`)
  const published = JSON.parse(readFileSync(FILE, 'utf8'))[name] as Record<string, Published>
  for (const [year, days] of Object.entries(published)) {
    // Guadeloupe and Martinique keep Good Friday by custom, not by law (C. trav. art. L.3422-2).
    const isCustom = (nom: string) => nom === 'Vendredi saint' && calendar !== 'alsaceMoselle'
    const expected = days.filter(({ nom }) => !isCustom(nom)).map(({ date }) => date)
    expect([...new Set(holidaysOf(calendar, Number(year)))]).toEqual([...new Set(expected)].sort())
  }
})
type Published = { date: string; nom: string }[]

test.each([
  ['21054', 'mainland'],
  ['2A004', 'mainland'],
  ['67482', 'alsaceMoselle'],
  ['57463', 'alsaceMoselle'],
  ['97209', 'martinique'],
  ['97411', 'reunion'],
  ['97608', 'mayotte'],
  ['98735', 'polynesia'],
])('the commune %s lives by the calendar %s', (inseeCode, calendar) => {
  expect(calendarOf(inseeCode)).toBe(calendar)
})

test.each<[string, string, Calendar, string]>([
  ['a plain fortnight', '2027-01-11', 'mainland', '2027-01-25'],
  ['a deposit on a Saturday night', '2027-01-09', 'mainland', '2027-01-22'],
  ['Easter Monday in between', '2027-03-19', 'mainland', '2027-04-05'],
  ['Good Friday too, in Strasbourg', '2027-03-19', 'alsaceMoselle', '2027-04-06'],
  ['Christmas and New Year', '2026-12-18', 'mainland', '2027-01-05'],
  ['26 December is a Saturday: nothing more in Metz', '2026-12-18', 'alsaceMoselle', '2027-01-05'],
  ['26 December is a Tuesday: a day more in Metz', '2028-12-15', 'alsaceMoselle', '2029-01-03'],
  ['the abolition of slavery in Martinique', '2026-05-15', 'martinique', '2026-06-02'],
  ['the same days in mainland France', '2026-05-15', 'mainland', '2026-06-01'],
  ['29 February counts as the day it is', '2028-02-21', 'mainland', '2028-03-06'],
])('ten working days, with %s', (_, from, calendar, expected) => {
  expect(addWorkingDays(day(from), 10, calendar)).toBe(expected)
})

test('the last working day before a Sunday or a holiday is when the commune still decides', () => {
  expect(workingDayUntil(day('2027-03-14'), 'mainland')).toBe('2027-03-12')
  expect(workingDayUntil(day('2027-03-29'), 'mainland')).toBe('2027-03-26')
  expect(workingDayUntil(day('2027-03-29'), 'alsaceMoselle')).toBe('2027-03-25')
  expect(workingDayUntil(day('2027-03-10'), 'mainland')).toBe('2027-03-10')
})
