import { expect, test } from 'vitest'
import { day, instantAt } from './days.ts'

test.each([
  ['2027-05-10', '09:15', 'Europe/Paris', '2027-05-10T07:15:00.000Z'],
  ['2027-01-10', '09:15', 'Europe/Paris', '2027-01-10T08:15:00.000Z'],
  ['2027-03-28', '00:30', 'Europe/Paris', '2027-03-27T23:30:00.000Z'],
  ['2027-03-28', '03:30', 'Europe/Paris', '2027-03-28T01:30:00.000Z'],
  ['2027-05-10', '23:00', 'Pacific/Tahiti', '2027-05-11T09:00:00.000Z'],
])('%s at %s in %s is one instant', (on, time, zone, instant) => {
  expect(instantAt(day(on), time, zone)?.toISOString()).toBe(instant)
})

test('what is no time of the day is no instant', () => {
  for (const time of ['', '24:00', '9:15', '12:60'])
    expect(instantAt(day('2027-05-10'), time)).toBeUndefined()
})
