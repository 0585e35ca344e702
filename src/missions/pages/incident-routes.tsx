import { type Context, Hono } from 'hono'
import { instantAt, isRefused, parseDay, type Refusal, zoneOf } from '#kit'
import { actorOf, allow, found, type Place, type PlaceEnv } from '#people'
import { lawOn, once, type Typed, typedOf } from '#platform'
import { companyRoles, seenMission, sideIn } from '../access.ts'
import { reportIncident, sayIncidentStep } from '../actions/index.ts'
import { timersOf } from '../rules/index.ts'
import { calendarIn, incidentById, incidentWordsOf } from '../store/index.ts'
import { IncidentPage } from './incident.tsx'
import { IncidentFormPage } from './incident-form.tsx'

/** What goes wrong on a mission: said and followed by the three whom it concerns. */
export const incidentRoutes = new Hono<PlaceEnv>()

const three = allow(
  'company.employee',
  ...companyRoles,
  'association.representative',
  'association.member',
)

type InPlace = Context<PlaceEnv>

incidentRoutes.get('/missions/:id/incidents/new', three, (context) =>
  formPage(context, { typed: {}, refusals: [] }),
)

incidentRoutes.post('/missions/:id/incidents', three, async (context) => {
  const place = context.get('place')
  const missionId = context.req.param('id')
  const { once: key = '', ...typed } = typedOf(await context.req.formData())
  const { kind = '', words = '' } = typed
  const happenedAt = await instantIn(place, typed.day, typed.time)
  const asked = {
    territoryId: place.territory.id,
    key,
    payload: { ...typed, missionId, by: actorOf(place).personId },
  }
  const outcome = await once(place.tx, asked, () =>
    reportIncident(place, missionId, { kind, words, happenedAt }),
  )
  if (isRefused(outcome)) return formPage(context, { typed, ...outcome })
  return context.redirect(`${place.path}/missions/${missionId}/incidents/${outcome.id}`, 303)
})

incidentRoutes.get('/missions/:id/incidents/:incidentId', three, (context) =>
  incidentPage(context, { typed: {}, refusals: [] }),
)

incidentRoutes.post('/missions/:id/incidents/:incidentId/steps', three, async (context) => {
  const place = context.get('place')
  const { id: missionId, incidentId } = context.req.param()
  const typed = typedOf(await context.req.formData())
  const { step = '', stepWords: words = '' } = typed
  const doneAt =
    step === 'closed'
      ? place.now
      : await instantIn(place, typed[`day-${step}`], typed[`time-${step}`])
  const outcome = await sayIncidentStep(place, missionId, { incidentId, step, doneAt, words })
  if (!isRefused(outcome))
    return context.redirect(`${place.path}/missions/${missionId}/incidents/${incidentId}`, 303)
  // Each step that is still to say has a day of its own on the page.
  const refusals = outcome.refusals.map((one) =>
    one.field === 'day' ? { ...one, field: `day-${step}` } : one,
  )
  return incidentPage(context, { typed, refusals })
})

/** What the clocks of the commune showed. */
async function instantIn({ tx, territory }: Place, on = '', time = ''): Promise<Date | undefined> {
  const day = parseDay(on)
  return day && instantAt(day, time, zoneOf(await calendarIn(tx, territory.id)))
}

type Answers = { typed: Typed; refusals: Refusal[] }

async function ownMission(context: InPlace) {
  const place = context.get('place')
  const { mission, views } = await seenMission(place, context.req.param('id') ?? '')
  // Before an agreement is in force, nobody is there whom anything could befall.
  found(mission.agreement?.effectiveAt)
  return { place, mission, side: found(sideIn(place, mission, views)) }
}

async function formPage(context: InPlace, answers: Answers) {
  const { place, mission } = await ownMission(context)
  const filled = { say: place.say, ...answers }
  return context.html(
    <IncidentFormPage {...{ place, mission, filled }} />,
    answers.refusals.length > 0 ? 422 : 200,
  )
}

async function incidentPage(context: InPlace, answers: Answers) {
  const { place, mission, side } = await ownMission(context)
  const { tx, territory, say, today } = place
  const asked = context.req.param('incidentId') ?? ''
  const incident = found(await incidentById(tx, mission, asked))
  const words = await incidentWordsOf(tx, incident)
  const calendar = await calendarIn(tx, territory.id)
  const timers = timersOf(incident, lawOn(today), calendar)
  const shown = { place, mission, incident, words, timers, side, zone: zoneOf(calendar) }
  return context.html(
    <IncidentPage {...shown} filled={{ say, ...answers }} />,
    answers.refusals.length > 0 ? 422 : 200,
  )
}
