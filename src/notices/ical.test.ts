import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { day } from '#kit'
import { calendarText } from './ical.ts'

const event = {
  uid: 'mission-1@metis',
  startsOn: day('2027-03-27'),
  endsOn: day('2027-03-29'),
  summary: 'Mission : comptes ; budget, trésorerie — Jardins partagés',
  description: 'Deux lignes\nà l’été, « déjà » prêtes \\ relues',
  url: 'https://metis.example.org/valmont/missions/1',
}
const calendar = {
  name: 'Missions — Commune de Saint-Étienne-du-Rouvray',
  timeZone: 'Europe/Paris',
  at: new Date('2027-03-01T09:30:00Z'),
}
const read = (text: string) => {
  const component = new ICAL.Component(ICAL.parse(text))
  return component.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
}

test('another reader finds the words as they were, accents and signs included', () => {
  const [found] = read(calendarText({ ...calendar, events: [event] }))
  expect(found?.summary).toBe(event.summary)
  expect(found?.description).toBe(event.description)
  expect(found?.uid).toBe(event.uid)
})

test('whole days stay whole days, over the night when clocks change', () => {
  const text = calendarText({ ...calendar, events: [event] })
  const [found] = read(text)
  expect(found?.startDate.isDate).toBe(true)
  expect(found?.startDate.toString()).toBe('2027-03-27')
  // The standard ends a period on the day after its last one.
  expect(found?.endDate.toString()).toBe('2027-03-30')
  expect(found?.duration.toSeconds()).toBe(3 * 24 * 3600)
  expect(text).toContain('X-WR-TIMEZONE:Europe/Paris')
})

test('no line is longer than 75 octets, and none is cut inside a letter, whatever is written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (words) => {
      const summary = `é${words.replace(/[^\P{C}\n]/gu, '')}`
      const text = calendarText({ ...calendar, events: [{ ...event, summary }] })
      const lines = text.split('\r\n')
      for (const line of lines) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(Buffer.from(line).toString()).toBe(line)
      }
      expect(read(text)[0]?.summary).toBe(summary)
    }),
  )
})

test('an empty calendar is a calendar', () => {
  expect(read(calendarText({ ...calendar, events: [] }))).toEqual([])
})
