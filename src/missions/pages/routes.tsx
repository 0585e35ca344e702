import { type Context, Hono } from 'hono'
import { campaignOfPath } from '#campaigns'
import { answerPdf, ceremonyOn, completedFile, signaturesOf } from '#documents'
import { isRefused, type Refusal, type Refused } from '#kit'
import { actorOf, allow, Missing, type Place, type PlaceEnv } from '#people'
import { type Filled, type Typed, typedOf } from '#platform'
import { communeRoles, companyRoles, holds, seenMission, type View, viewsOf } from '../access.ts'
import {
  acceptCandidacy,
  answerEntries,
  applyToMission,
  approveAbsence,
  approveEntries,
  awaitingMissions,
  decide,
  endMission,
  mediate,
  publishMissions,
  reverseApproval,
  sendConfirmationLink,
  signMissionAgreement,
  withdrawCandidacy,
} from '../actions/index.ts'
import { type Entry, mayMediate } from '../rules/index.ts'
import { candidaciesBy, candidaciesFor, entriesOf, missionsOf } from '../store/index.ts'
import { confirmRoutes } from './confirm-routes.tsx'
import { formRoutes } from './form-routes.tsx'
import { MissionsPage } from './list.tsx'
import { MissionPage, seesPerson } from './mission.tsx'
import { atItsEntry, disputeOf, wordOf } from './typed-answers.ts'

export const missionRoutes = new Hono<PlaceEnv>()

const everyone = allow(
  ...communeRoles,
  ...companyRoles,
  'company.employee',
  'association.representative',
  'association.member',
)
const employee = allow('company.employee')
const company = allow(...companyRoles)
const representative = allow('association.representative')

missionRoutes.get('/:year{[0-9]{4}}/missions', everyone, (context) => missionsPage(context))
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

type InPlace = Context<PlaceEnv>

async function missionsPage(context: InPlace, refusals: Refusal[] = []) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const all = await missionsOf(place.tx, campaign)
  const isForCommune = holds(place, communeRoles)
  const missions = all.filter((mission) => viewsOf(place, mission).length > 0)
  const mine = await candidaciesBy(place.tx, place.territory.id, actorOf(place).personId)
  const awaiting = await awaitingMissions(place, campaign, all)
  const props = {
    place,
    campaign,
    missions,
    isForCommune,
    mineIds: new Set(mine.map(({ missionId }) => missionId)),
    awaitingCount: awaiting.length,
    filled: { say: place.say, typed: {}, refusals },
  }
  return context.html(<MissionsPage {...props} />, refusals.length > 0 ? 422 : 200)
}

async function publish(context: InPlace) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const outcome = await publishMissions(place, campaign)
  if (isRefused(outcome)) return missionsPage(context, outcome.refusals)
  return context.redirect(`${place.path}/${campaign.year}/missions`, 303)
}

async function missionPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const { mission, views } = await seenMission(place, context.req.param('id') ?? '')
  const candidacies = await candidaciesFor(place.tx, mission)
  const { personId } = actorOf(place)
  const documentId = mission.agreement?.documentId
  const maySeeEntries = seesPerson(place, mission, views)
  const props = {
    place,
    mission,
    views,
    // A colleague's offer is nobody's business but the association's.
    candidacies: views.includes('association')
      ? candidacies
      : candidacies.filter(({ employeeId }) => employeeId === personId),
    entries: entriesFor(await entriesOf(place.tx, mission), {
      maySeeEntries,
      views,
      now: place.now,
    }),
    ceremony: await ceremonyOn(place, documentId),
    signatures: documentId ? await signaturesOf(place.tx, mission.territoryId, documentId) : [],
    filled: filled ?? { say: place.say, typed: {}, refusals: [] },
  }
  return context.html(<MissionPage {...props} />, props.filled.refusals.length > 0 ? 422 : 200)
}

/** The commune reads the lines on which it is asked to mediate, without what was noted on them. */
function entriesFor(
  entries: Entry[],
  { maySeeEntries, views, now }: { maySeeEntries: boolean; views: View[]; now: Date },
): Entry[] {
  if (maySeeEntries) return entries
  if (!views.includes('commune')) return []
  return entries.filter((entry) => mayMediate(entry, now)).map((entry) => ({ ...entry, note: '' }))
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
