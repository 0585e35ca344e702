import { randomBytes } from 'node:crypto'
import { note } from '#journal'
import { type Calendar, dayOf, formatHours, zoneOf } from '#kit'
import { type CalendarEvent, calendarText } from '#notices'
import { actorOf, deed, type Place, type Role } from '#people'
import { sha256, takeTurn } from '#platform'
import { companyRoles } from '../access.ts'
import { answerDay, leftMinutes, type Mission, stateOf } from '../rules/index.ts'
import {
  calendarIn,
  missionsOfEmployee,
  ownerOfFeed,
  replaceFeed,
  revokeFeed,
  seatsOfPerson,
  type Waiting,
  waitingIn,
} from '../store/index.ts'

const SECRET_BYTES = 32

/** A new private address, told once: the house keeps its digest. The one before opens no more. */
export async function openCalendar(place: Place): Promise<string> {
  await takeTurn(place.tx, place.territory.id)
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  const made = { secretSha256: sha256(secret), at: place.now }
  await replaceFeed(place.tx, ownerIn(place), made)
  await note(place.tx, { ...deed(place), action: 'calendar.opened' })
  const language = place.language === 'fr' ? '' : `?lang=${place.language}`
  return `${place.url}/calendar/${secret}.ics${language}`
}

export async function closeCalendar(place: Place): Promise<void> {
  const isClosed = await revokeFeed(place.tx, ownerIn(place), place.now)
  if (isClosed) await note(place.tx, { ...deed(place), action: 'calendar.closed' })
}

function ownerIn(place: Place) {
  return { territoryId: place.territory.id, personId: actorOf(place).personId }
}

/** What a private address shows: one's own missions, and the days on which one's answer is due. */
export async function calendarBehind(place: Place, secret: string): Promise<string | undefined> {
  const { tx, territory, say, now } = place
  const personId = await ownerOfFeed(tx, territory.id, sha256(secret))
  if (!personId) return undefined
  const calendar = await calendarIn(tx, territory.id)
  const zone = zoneOf(calendar)
  const today = dayOf(now, zone)
  const missions = await missionsOfEmployee(tx, territory.id, personId)
  const seats = await seatsOfPerson(tx, personId, today)
  const waits = await waitingIn(tx, territory.id, today)
  const due = waits.filter((wait) => isAwaitedFrom(seats, wait) && wait.employeeId !== personId)
  return calendarText({
    name: say('matching:calendar.name', { commune: territory.name }),
    timeZone: zone,
    at: now,
    events: [
      ...missions.flatMap((mission) => missionEvent(place, mission, personId)),
      ...due.map((wait) => dueEvent(place, wait, calendar)),
    ],
  })
}

function isAwaitedFrom(
  seats: { organisationId: string; role: Role }[],
  { awaited, associationId, companyId }: Waiting,
): boolean {
  const managers: readonly Role[] = companyRoles
  return seats.some(({ organisationId, role }) =>
    awaited === 'candidacy'
      ? organisationId === associationId && role === 'association.representative'
      : organisationId === companyId && managers.includes(role),
  )
}

function missionEvent(place: Place, mission: Mission, personId: string): CalendarEvent[] {
  const { say, language } = place
  const { agreement, id, title, associationName } = mission
  if (stateOf(mission) !== 'running' || agreement?.employeeId !== personId) return []
  return [
    {
      uid: `mission-${id}@metis`,
      startsOn: agreement.startsOn,
      endsOn: agreement.endsOn,
      summary: say('matching:calendar.mission', { title, association: associationName }),
      description: say('matching:calendar.left', {
        left: formatHours(leftMinutes(mission), language),
      }),
      url: `${place.url}/missions/${id}`,
    },
  ]
}

function dueEvent(
  { say, url }: Place,
  { missionId, title, awaited, since }: Waiting,
  calendar: Calendar,
): CalendarEvent {
  const on = answerDay(since, calendar)
  return {
    uid: `${awaited}-${missionId}-${since.getTime()}@metis`,
    startsOn: on,
    endsOn: on,
    summary: say(`matching:calendar.${awaited}`, { title }),
    description: say('matching:calendar.due'),
    url: `${url}/missions/${missionId}`,
  }
}
