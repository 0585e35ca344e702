import { type Context, Hono } from 'hono'
import { isId, isRefused, newId } from '#kit'
import { actorOf, allow, Missing, type PlaceEnv } from '#people'
import { type Filled, once, type Typed, typedOf } from '#platform'
import { companyRoles, seenMission } from '../access.ts'
import { enterHours, prepareMissionAgreement } from '../actions/index.ts'
import { entriesOf } from '../store/index.ts'
import { AgreementPage, termsOf } from './agreement.tsx'
import { entryOf, HoursPage } from './hours.tsx'

/** The two pages of a mission that are forms: its agreement, and the employee's hours. */
export const formRoutes = new Hono<PlaceEnv>()

const organisations = allow(...companyRoles, 'association.representative', 'association.member')
const employee = allow('company.employee')

formRoutes.get('/missions/:id/agreement', organisations, (context) => agreementPage(context))
formRoutes.post('/missions/:id/agreement', organisations, prepare)
formRoutes.get('/missions/:id/hours', employee, (context) => hoursPage(context))
formRoutes.post('/missions/:id/hours', employee, enter)

type InPlace = Context<PlaceEnv>

async function agreementPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const { mission, views } = await seenMission(place, context.req.param('id') ?? '')
  if (!views.includes('company') && !views.includes('association')) throw new Missing()
  const shown = filled ?? { say: place.say, typed: {}, refusals: [] }
  return context.html(
    <AgreementPage place={place} mission={mission} filled={shown} />,
    shown.refusals.length > 0 ? 422 : 200,
  )
}

async function prepare(context: InPlace) {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = typedOf(await context.req.formData())
  const outcome = await prepareMissionAgreement(place, id, termsOf(typed))
  if (isRefused(outcome))
    return agreementPage(context, { say: place.say, typed, refusals: outcome.refusals })
  return context.redirect(`${place.path}/missions/${id}`, 303)
}

async function hoursPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const { mission } = await seenMission(place, context.req.param('id') ?? '')
  if (mission.agreement?.employeeId !== actorOf(place).personId) throw new Missing()
  const shown = filled ?? { say: place.say, typed: {}, refusals: [] }
  const entries = await entriesOf(place.tx, mission)
  return context.html(
    <HoursPage place={place} mission={mission} entries={entries} filled={shown} />,
    shown.refusals.length > 0 ? 422 : 200,
  )
}

async function enter(context: InPlace) {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = typedOf(await context.req.formData())
  const entry = entryOf(typed)
  const again = (outcome: { refusals: Filled['refusals'] }) =>
    hoursPage(context, { say: place.say, typed, refusals: outcome.refusals })
  if ('refusals' in entry) return again(entry)
  const { personId } = actorOf(place)
  const asked = {
    territoryId: place.territory.id,
    key: onceKeyOf(typed),
    payload: { missionId: id, personId, entry },
  }
  const outcome = await once(place.tx, asked, () => enterHours(place, id, entry))
  if (isRefused(outcome)) return again(outcome)
  return context.redirect(`${place.path}/missions/${id}/hours`, 303)
}

/** Without the form's own key, each sending counts. */
function onceKeyOf({ once: key = '' }: Typed): string {
  return isId(key) ? key : newId()
}
