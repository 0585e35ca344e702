import type { Day } from '#kit'
import { addDays } from '#kit'
import { writable } from '#platform'

/** Whole days, so that no reader shifts them from one zone to another. */
export type CalendarEvent = {
  uid: string
  startsOn: Day
  /** The last day, counted. */
  endsOn: Day
  summary: string
  description: string
  url: string
}

/** A calendar that any agenda can subscribe to (RFC 5545). */
export function calendarText(calendar: {
  name: string
  timeZone: string
  at: Date
  events: CalendarEvent[]
}): string {
  const { name, timeZone, at, events } = calendar
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//METIS//missions//FR',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    `X-WR-TIMEZONE:${timeZone}`,
    ...events.flatMap((event) => linesOf(event, at)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function linesOf({ uid, startsOn, endsOn, summary, description, url }: CalendarEvent, at: Date) {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${at.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${basic(startsOn)}`,
    // The day after the last one, says the standard.
    `DTEND;VALUE=DATE:${basic(addDays(endsOn, 1))}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    `URL:${url}`,
    // A mission of months leaves the days free for the rest.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

function basic(on: Day): string {
  return on.replaceAll('-', '')
}

function escaped(text: string): string {
  return writable(text)
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r?\n|\r/g, '\\n')
}

const OCTETS_MAX = 75

/** Lines of 75 octets at most, never cut inside a letter; what follows begins with a space. */
function folded(line: string): string {
  let shown = ''
  let room = OCTETS_MAX
  for (const sign of line) {
    const octets = Buffer.byteLength(sign)
    if (octets > room) {
      shown += '\r\n '
      room = OCTETS_MAX - 1
    }
    shown += sign
    room -= octets
  }
  return shown
}
