import { note } from '#journal'
import { formatInstant, type Refused, zoneOf } from '#kit'
import { type Reader, type Told, tell, tellPerson } from '#notices'
import { actorOf, deed, found, type Place, personById, type Role } from '#people'
import { lawOn } from '#platform'
import { ownSide } from '../access.ts'
import {
  type AskedStep,
  type Counted,
  incidentKinds,
  incidentSteps,
  type Mission,
  type Reported,
  reportRefusals,
  type Side,
  stepOfIncidentRefusals,
  timersOf,
} from '../rules/index.ts'
import { calendarIn, incidentById, insertIncident, insertIncidentStep } from '../store/index.ts'

type Done = { id: string }

/** One of the three says what went wrong; the two others are told at once, without what it says. */
export async function reportIncident(
  place: Place,
  missionId: string,
  reported: Reported,
): Promise<Done | Refused> {
  const { mission, side } = await ownSide(place, missionId)
  const asked = { ...reported, words: reported.words.trim() }
  const refusals = reportRefusals(mission, asked, place.now)
  if (refusals.length > 0) return { refusals }
  const kind = found(incidentKinds.find((one) => one === asked.kind))
  const happenedAt = found(asked.happenedAt)
  const incident = { kind, happenedAt, words: asked.words, side }
  const id = await insertIncident(place.tx, mission, incident, byOf(place))
  // The journal is read by the commune: it learns that there is an incident, never which.
  const details = { incidentId: id }
  await note(place.tx, {
    ...deed(place),
    action: 'incident.reported',
    subjectId: mission.id,
    details,
  })
  await tellReported(place, mission, { ...incident, id, reportedAt: place.now, steps: [] })
  return { id }
}

/** A step that was taken: the employer knows, the accident is declared, the matter is closed. */
export async function sayIncidentStep(
  place: Place,
  missionId: string,
  { incidentId, ...said }: AskedStep & { incidentId: string },
): Promise<Done | Refused> {
  const { mission, side } = await ownSide(place, missionId)
  const incident = found(await incidentById(place.tx, mission, incidentId))
  const asked = { ...said, words: said.words.trim() }
  const refusals = stepOfIncidentRefusals(incident, asked, { side, now: place.now })
  if (refusals.length > 0) return { refusals }
  const step = found(incidentSteps.find((one) => one === asked.step))
  const done = { step, doneAt: found(asked.doneAt), words: asked.words }
  await insertIncidentStep(place.tx, incident, done, byOf(place))
  const details = { incidentId, step: step === 'closed' ? 'closed' : 'followed' }
  await note(place.tx, {
    ...deed(place),
    action: 'incident.followed',
    subjectId: mission.id,
    details,
  })
  if (step === 'closed')
    await tellSides(place, mission, { key: 'incidents:notice.closed', except: side })
  return { id: incidentId }
}

function byOf(place: Place) {
  return { personId: actorOf(place).personId, at: place.now }
}

async function tellReported(
  place: Place,
  mission: Mission,
  incident: Counted & { id: string },
): Promise<void> {
  const { id, kind, side } = incident
  const link = `${place.url}/missions/${mission.id}/incidents/${id}`
  const calendar = await calendarIn(place.tx, place.territory.id)
  const timers = timersOf(incident, lawOn(place.today), calendar)
  const lines = ({ say, language }: Reader) =>
    timers
      .map(({ step, dueAt }) => {
        const due = formatInstant(dueAt, language, zoneOf(calendar))
        return say(`incidents:line.${step}`, { due })
      })
      .join('\n')
  const key = kind === 'accident' ? 'incidents:notice.accident' : 'incidents:notice.reported'
  await tellSides(place, mission, { key, except: side, values: { link, lines } })
}

type Desk = Pick<Place, 'tx' | 'territory' | 'url' | 'today'>
type Telling = { key: string; except?: Side; values?: Told }

/** Each of the three but the one who speaks: the mail never says what happened. */
export async function tellSides(
  desk: Desk,
  mission: Mission,
  { key, except, values = {} }: Telling,
): Promise<void> {
  const { title, associationId, companyId, id } = mission
  const all = { title, link: `${desk.url}/missions/${id}`, ...values }
  const to = (organisationId: string, role: Role) => tell(desk, { organisationId, role }, key, all)
  if (except !== 'association') await to(associationId, 'association.representative')
  if (except !== 'company') await to(companyId, 'company.csr')
  if (except !== 'employee') await tellHelper(desk, mission, { key, values: all })
}

/** The one who helps on this mission, by its agreement. */
export async function tellHelper(
  desk: Desk,
  { agreement }: Mission,
  { key, values }: { key: string; values: Told },
): Promise<void> {
  const person = agreement && (await personById(desk.tx, agreement.employeeId))
  if (person) await tellPerson(desk, person, key, { ...values, name: person.name })
}
