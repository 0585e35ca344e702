import { type Context, Hono } from 'hono'
import { type Campaign, campaignOfPath } from '#campaigns'
import { answerPdf, completedFile } from '#documents'
import { isRefused, type Refusal, type Refused } from '#kit'
import { actorOf, allow, Missing, type Place, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { communeRoles, companyRoles, holds, seenMission, viewsOf } from '../access.ts'
import {
  acceptCandidacy,
  answerEntries,
  answerSharing,
  applyToMission,
  approveAbsence,
  approveEntries,
  awaitingMissions,
  decide,
  declineCandidacy,
  detailMission,
  endMission,
  leaveSharing,
  mediate,
  orderCandidates,
  proposeSharing,
  publishMissions,
  reverseApproval,
  sendConfirmationLink,
  signMissionAgreement,
  withdrawCandidacy,
} from '../actions/index.ts'
import { matchingOf } from '../matching-of.ts'
import { type Candidacy, isLed, leadOf, type Mission, stateOf, usualWait } from '../rules/index.ts'
import {
  answersGivenBy,
  calendarIn,
  candidaciesBy,
  detailsOf,
  missionsOf,
  waitingIn,
} from '../store/index.ts'
import { CallingPage } from './calling.tsx'
import { confirmRoutes } from './confirm-routes.tsx'
import { EmployeeListPage } from './for-employee.tsx'
import { formRoutes } from './form-routes.tsx'
import { incidentRoutes } from './incident-routes.tsx'
import { MissionsPage } from './list.tsx'
import { matchingRoutes } from './matching-routes.tsx'
import { seesPerson } from './mission.tsx'
import { missionPage } from './mission-page.tsx'
import { reviewRoutes } from './review-routes.tsx'
import { atItsEntry, disputeOf, wordOf } from './typed-answers.ts'
import { detailsIn } from './wishes-form.ts'

export const missionRoutes = new Hono<PlaceEnv>()

const otherRoles = [
  ...communeRoles,
  ...companyRoles,
  'association.representative',
  'association.member',
] as const
const everyone = allow(...otherRoles, 'company.employee')
const anyone = allow('public', ...otherRoles, 'company.employee')
const employee = allow('company.employee')
const company = allow(...companyRoles)
const representative = allow('association.representative')

missionRoutes.route('/', matchingRoutes)
missionRoutes.get('/:year{[0-9]{4}}/missions', anyone, (context) => missionsPage(context))
missionRoutes.post(
  '/:year{[0-9]{4}}/missions',
  allow('municipality.agent', 'operator.staff', 'association.representative'),
  publish,
)
missionRoutes.get('/missions/:id', everyone, (context) => missionPage(context))

missionRoutes.post('/missions/:id/candidacies', employee, (context) =>
  change(context, (place, id, typed) =>
    applyToMission(place, id, { qualification: typed.qualification ?? '' }),
  ),
)
missionRoutes.post(
  '/missions/:id/withdrawal',
  allow('company.employee', ...companyRoles),
  (context) => change(context, withdrawCandidacy),
)
missionRoutes.post('/missions/:id/acceptance', representative, (context) =>
  change(context, (place, id, typed) =>
    acceptCandidacy(place, id, { employeeId: typed.employee ?? '' }),
  ),
)
missionRoutes.post('/missions/:id/declining', representative, (context) =>
  change(context, (place, id, typed) =>
    declineCandidacy(place, id, { employeeId: typed.employee ?? '' }),
  ),
)
missionRoutes.post('/missions/:id/order', representative, (context) =>
  change(context, (place, id, typed) =>
    orderCandidates(place, id, {
      placeOf: (employee) => Number(typed[`place-${employee}`]) || undefined,
    }),
  ),
)
missionRoutes.post('/missions/:id/details', representative, (context) =>
  change(context, async (place, id, typed) => {
    const { asked, refusals } = detailsIn(typed)
    return refusals.length > 0 ? { refusals } : detailMission(place, id, asked)
  }),
)
missionRoutes.post('/missions/:id/sharing', representative, (context) =>
  change(context, (place, id, typed) =>
    proposeSharing(place, id, { isWanted: (other) => typed[`with-${other}`] === 'yes' }),
  ),
)
missionRoutes.post('/missions/:id/sharing/answers', representative, (context) =>
  change(context, (place, id, { answer }) => answerSharing(place, id, { isYes: answer === 'yes' })),
)
missionRoutes.post('/missions/:id/sharing/ending', representative, (context) =>
  change(context, leaveSharing),
)
missionRoutes.post('/missions/:id/absence', company, (context) => change(context, approveAbsence))
missionRoutes.post(
  '/missions/:id/signatures',
  allow('company.employee', ...companyRoles, 'association.representative'),
  (context) =>
    change(context, (place, id, typed) =>
      signMissionAgreement(place, id, { capacity: typed.capacity ?? '' }),
    ),
)
missionRoutes.get('/missions/:id/agreement.pdf', everyone, agreementPdf)
missionRoutes.post(
  '/missions/:id/confirmation-links',
  allow('municipality.agent', 'operator.staff', 'company.employee', ...companyRoles),
  (context) => change(context, sendConfirmationLink),
)
missionRoutes.post('/missions/:id/confirmations', representative, (context) =>
  change(context, (place, id, typed) =>
    answerEntries(place, id, { outcome: 'confirmed', entryIds: idsIn(typed.entries) }),
  ),
)
missionRoutes.post('/missions/:id/disputes', representative, (context) =>
  change(context, (place, id, typed) => answerEntries(place, id, disputeOf(typed))),
)
missionRoutes.post('/missions/:id/approvals', company, (context) =>
  change(context, (place, id, typed) =>
    approveEntries(place, id, { entryIds: idsIn(typed.entries) }),
  ),
)
missionRoutes.post('/missions/:id/reversals', company, (context) =>
  change(context, (place, id, typed) =>
    reverseApproval(place, id, {
      entryId: typed.reversed ?? '',
      reason: typed.reversalReason ?? '',
    }),
  ),
)
missionRoutes.post('/missions/:id/dispute-decisions', representative, (context) =>
  change(context, (place, id, typed) => decide(place, id, wordOf(typed))),
)
missionRoutes.post(
  '/missions/:id/dispute-mediations',
  allow('municipality.agent', 'operator.staff', ...companyRoles),
  (context) => change(context, (place, id, typed) => mediate(place, id, wordOf(typed))),
)
missionRoutes.post(
  '/missions/:id/ending',
  allow(...companyRoles, 'association.representative'),
  (context) =>
    change(context, (place, id, typed) =>
      endMission(place, id, { reason: typed.endingReason ?? '' }),
    ),
)
missionRoutes.route('/', formRoutes)
missionRoutes.route('/', confirmRoutes)
missionRoutes.route('/', incidentRoutes)
missionRoutes.route('/', reviewRoutes)

type InPlace = Context<PlaceEnv>

async function missionsPage(context: InPlace, refusals: Refusal[] = []) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const all = await missionsOf(place.tx, campaign)
  if (!place.as) return callingPage(context, campaign, all)
  const isMine = !holds(place, otherRoles) || context.req.query('mine') === 'yes'
  if (holds(place, ['company.employee']) && isMine) return employeePage(context, campaign, all)
  const isForCommune = holds(place, communeRoles)
  const missions = all.filter((mission) => viewsOf(place, mission).length > 0)
  const mine = await candidaciesBy(place.tx, place.territory.id, actorOf(place).personId)
  const awaiting = await awaitingMissions(place, campaign, all)
  const props = {
    place,
    campaign,
    missions,
    isForCommune,
    mineIds: idsOfMine(missions, mine),
    awaitingCount: awaiting.length,
    filled: { say: place.say, typed: {}, refusals },
    ...(isForCommune ? { waits: [], usualDays: undefined } : await waitsFor(place)),
  }
  return context.html(<MissionsPage {...props} />, refusals.length > 0 ? 422 : 200)
}

/** Since when one's own answers are awaited; and how fast an association usually answers, for itself. */
async function waitsFor(place: Place) {
  const { tx, territory, today, as } = place
  const waits = await waitingIn(tx, territory.id, today)
  if (as?.organisation.kind !== 'association') return { waits, usualDays: undefined }
  const answers = await answersGivenBy(tx, territory.id, as.organisation.id)
  const calendar = await calendarIn(tx, territory.id)
  return { waits, usualDays: usualWait(answers, calendar) }
}

/** Without an account, or without a part in missions: those that look for somebody. */
async function callingPage(context: InPlace, campaign: Campaign, all: Mission[]) {
  const place = context.get('place')
  const missions = all.filter(
    (one) => stateOf(one) === 'open' && one.endsOn >= place.today && !isLed(one),
  )
  const ids = missions.map(({ id }) => id)
  const details = await detailsOf(place.tx, place.territory.id, ids)
  const isAsked = context.req.query('elsewhere') === 'yes'
  const offer = !place.actor ? 'open' : isAsked ? 'asked' : 'closed'
  return context.html(<CallingPage {...{ place, campaign, missions, details, offer }} />)
}

async function employeePage(context: InPlace, campaign: Campaign, all: Mission[]) {
  const place = context.get('place')
  const { tx, territory } = place
  const { personId, memberships } = actorOf(place)
  const own = memberships.find(({ role }) => role === 'company.employee')
  const companyId = own?.organisation.id ?? ''
  // Of missions shared, one offer is made for all: the others appear once they are one's own.
  const missions = all.filter(
    (one) => one.companyId === companyId && (!isLed(one) || one.chosen?.employeeId === personId),
  )
  const matching = await matchingOf(place, campaign, { missions, personIds: [personId] })
  const mine = await candidaciesBy(tx, territory.id, personId)
  const props = {
    place,
    campaign,
    missions,
    mineIds: idsOfMine(missions, mine),
    details: matching.details,
    matching,
    seeker: matching.seekerOf(personId, companyId),
    isElsewhere: context.req.query('elsewhere') === 'yes',
  }
  return context.html(<EmployeeListPage {...props} />)
}

/** Those for which this person offered their help, alone or shared. */
function idsOfMine(missions: Mission[], offers: Candidacy[]): Set<string> {
  const offered = new Set(offers.map(({ missionId }) => missionId))
  return new Set(missions.filter((one) => offered.has(leadOf(one).id)).map(({ id }) => id))
}

async function publish(context: InPlace) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const outcome = await publishMissions(place, campaign)
  if (isRefused(outcome)) return missionsPage(context, outcome.refusals)
  return context.redirect(`${place.path}/${campaign.year}/missions`, 303)
}

/** One deed on a mission: done, back to its page; refused, the same page with every reason. */
async function change(
  context: InPlace,
  deed: (place: Place, id: string, typed: Typed) => Promise<{ id: string } | Refused>,
) {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = typedOf(await context.req.formData())
  const outcome = await deed(place, id, typed)
  if (isRefused(outcome))
    return missionPage(context, {
      say: place.say,
      typed,
      refusals: atItsEntry(typed, outcome.refusals),
    })
  return context.redirect(`${place.path}/missions/${id}`, 303)
}

/** The agreement names the employee: the commune is told that it exists, and reads its figures alone. */
async function agreementPdf(context: InPlace) {
  const place = context.get('place')
  const { mission, views } = await seenMission(place, context.req.param('id') ?? '')
  if (!mission.agreement || !seesPerson(place, mission, views)) throw new Missing()
  const { documentId } = mission.agreement
  return answerPdf(context, await completedFile(place.tx, mission.territoryId, documentId))
}

export function idsIn(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((id) => id !== '')
}
