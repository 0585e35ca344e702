import { type Context, Hono } from 'hono'
import { isId, isRefused, newId, type Refusal, type Refused, refusal } from '#kit'
import { actorOf, allow, Missing, type PlaceEnv } from '#people'
import {
  asset,
  type Filled,
  KeyUsedOtherwise,
  once,
  readAsset,
  type Typed,
  typedOf,
} from '#platform'
import { hoursChecksOf, mayReceiveOn } from '#review'
import { companyRoles, seenMission } from '../access.ts'
import {
  answerDispute,
  enterAsLastWeek,
  enterHours,
  lastWeekFor,
  prepareMissionAgreement,
  sharedInForce,
} from '../actions/index.ts'
import { drawnTermsBeside } from '../papers.ts'
import { namesOf } from '../rules/index.ts'
import { entriesOf } from '../store/index.ts'
import { AgreementPage, termsOf } from './agreement.tsx'
import { entryOf, OfflinePage, readIn } from './entry-form.tsx'
import { HoursPage } from './hours.tsx'
import { atItsEntry, wordOf } from './typed-answers.ts'

/** The two pages of a mission that are forms: its agreement, and the employee's hours. */
export const formRoutes = new Hono<PlaceEnv>()

const organisations = allow(...companyRoles, 'association.representative', 'association.member')
const employee = allow('company.employee')

formRoutes.get('/missions/:id/agreement', organisations, (context) => agreementPage(context))
formRoutes.post('/missions/:id/agreement', organisations, prepare)
formRoutes.get('/missions/:id/hours', employee, (context) => hoursPage(context))
formRoutes.post('/missions/:id/hours', employee, enter)
formRoutes.post('/missions/:id/hours/last-week', employee, enterWeek)
// The same form, sent by the phone when it finds the network again.
formRoutes.post('/missions/:id/hours/queued', employee, enterQueued)
formRoutes.post('/missions/:id/dispute-answers', employee, answerInDispute)
formRoutes.get('/hours-offline', allow('public'), (context) =>
  context.html(<OfflinePage place={context.get('place')} />),
)
formRoutes.get('/hours-worker.js', allow('public'), worker)

type InPlace = Context<PlaceEnv>

async function agreementPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const { mission, views } = await seenMission(place, context.req.param('id') ?? '')
  if (!views.includes('company') && !views.includes('association')) throw new Missing()
  const beside = mission.shared && !filled ? await drawnTermsBeside(place, mission) : undefined
  const shown = filled ?? { say: place.say, typed: beside?.typed ?? {}, refusals: [] }
  return context.html(
    <AgreementPage {...{ place, mission, beside }} filled={shown} />,
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

async function hoursPage(context: InPlace, sent?: { typed: Typed; refusals: Refusal[] }) {
  const place = context.get('place')
  const { mission } = await seenMission(place, context.req.param('id') ?? '')
  if (mission.agreement?.employeeId !== actorOf(place).personId) throw new Missing()
  const shown = { say: place.say, typed: {}, refusals: [], ...sent }
  const entries = await entriesOf(place.tx, mission)
  const lastWeek = await lastWeekFor(place, mission)
  const { associationId } = mission
  const checks = await hoursChecksOf(place.tx, place.territory.id, [associationId])
  const isEligible = mayReceiveOn(checks.get(associationId) ?? [], place.today)
  const all = await sharedInForce(place, mission)
  const associations = all.length > 1 ? namesOf(all, place.language) : undefined
  const props = { place, mission, isEligible, entries, lastWeek, associations, filled: shown }
  return context.html(<HoursPage {...props} />, shown.refusals.length > 0 ? 422 : 200)
}

async function enter(context: InPlace) {
  const typed = typedOf(await context.req.formData())
  return answerHours(context, typed, await entered(context, typed))
}

async function entered(context: InPlace, typed: Typed): Promise<{ id: string } | Refused> {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const entry = entryOf(typed)
  if ('refusals' in entry) return entry
  const isForAll = typed.isForAll === 'yes'
  // Hours that a phone keeps from before missions could be shared are still the same hours.
  const payload = { entry, ...(isForAll && { isForAll }) }
  return onceOnly(context, { typed, payload }, () => enterHours(place, id, entry, { isForAll }))
}

async function enterWeek(context: InPlace) {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = typedOf(await context.req.formData())
  const week = { days: (typed.days ?? '').split(','), acknowledged: readIn(typed) }
  const outcome = await onceOnly(context, { typed, payload: { week } }, () =>
    enterAsLastWeek(place, id, week),
  )
  return answerHours(context, {}, outcome)
}

async function answerInDispute(context: InPlace) {
  const place = context.get('place')
  const typed = typedOf(await context.req.formData())
  const outcome = await answerDispute(place, context.req.param('id') ?? '', wordOf(typed))
  return answerHours(context, typed, outcome)
}

async function answerHours(context: InPlace, typed: Typed, outcome: { id: string } | Refused) {
  const { path } = context.get('place')
  if (isRefused(outcome))
    return hoursPage(context, { typed, refusals: atItsEntry(typed, outcome.refusals) })
  return context.redirect(`${path}/missions/${context.req.param('id')}/hours`, 303)
}

/** Answers in words that the phone shows as they are. */
async function enterQueued(context: InPlace) {
  const { say, ...place } = context.get('place')
  await seenMission(context.get('place'), context.req.param('id') ?? '')
  const typed = typedOf(await context.req.formData())
  // Noted by somebody else on the same phone: theirs waits for them.
  if (typed.person !== actorOf({ say, ...place }).personId)
    return context.json({ isOther: true }, 409)
  const outcome = await entered(context, typed)
  if (!isRefused(outcome)) return context.json({ saved: true })
  const reasons = outcome.refusals.map(({ code, values }) => say(code, values))
  return context.json({ reasons }, 422)
}

/** A key sent again with other hours says so in the form: the first ones are kept. */
async function onceOnly(
  context: InPlace,
  { typed, payload }: { typed: Typed; payload: object },
  work: () => Promise<{ id: string } | Refused>,
): Promise<{ id: string } | Refused> {
  const place = context.get('place')
  const { personId } = actorOf(place)
  const missionId = context.req.param('id') ?? ''
  const asked = {
    territoryId: place.territory.id,
    key: onceKeyOf(typed),
    payload: { missionId, personId, ...payload },
  }
  try {
    return await once(place.tx, asked, work)
  } catch (error) {
    if (error instanceof KeyUsedOtherwise)
      return { refusals: [refusal('missions:refused.keyUsed')] }
    throw error
  }
}

/** Without the form's own key, each sending counts. */
function onceKeyOf({ once: key = '' }: Typed): string {
  return isId(key) ? key : newId()
}

/** From an address of the commune, so that it looks after the commune's pages alone. */
async function worker(context: InPlace) {
  const file = await readAsset(asset('hours-worker.js'))
  if (!file) throw new Missing()
  return context.body(new Uint8Array(file.body), 200, {
    'content-type': file.type,
    'cache-control': 'no-cache',
  })
}
