import { type Context, Hono } from 'hono'
import { answerPdf, completedFile } from '#documents'
import { isRefused, type Refused } from '#kit'
import { allow, Missing, type Place, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { companyRoles, otherRoles, seenMission } from '../access.ts'
import {
  acceptCandidacy,
  answerEntries,
  answerSharing,
  applyToMission,
  approveAbsence,
  approveEntries,
  decide,
  declineCandidacy,
  detailMission,
  endMission,
  leaveSharing,
  mediate,
  orderCandidates,
  proposeSharing,
  reverseApproval,
  sendConfirmationLink,
  signMissionAgreement,
  standInForCompany,
  withdrawCandidacy,
} from '../actions/index.ts'
import { confirmRoutes } from './confirm-routes.tsx'
import { formRoutes } from './form-routes.tsx'
import { incidentRoutes } from './incident-routes.tsx'
import { listRoutes } from './list-routes.tsx'
import { matchingRoutes } from './matching-routes.tsx'
import { seesPerson } from './mission.tsx'
import { missionPage } from './mission-page.tsx'
import { reviewRoutes } from './review-routes.tsx'
import { atItsEntry, disputeOf, wordOf } from './typed-answers.ts'
import { detailsIn } from './wishes-form.ts'

export const missionRoutes = new Hono<PlaceEnv>()

const everyone = allow(...otherRoles, 'company.employee')
const employee = allow('company.employee')
const company = allow(...companyRoles)
const representative = allow('association.representative')

missionRoutes.route('/', matchingRoutes)
missionRoutes.route('/', listRoutes)
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
missionRoutes.post(
  '/missions/:id/stand-in',
  allow('municipality.agent', 'operator.staff'),
  (context) =>
    change(context, (place, id, typed) =>
      standInForCompany(place, id, { reason: typed.standInReason ?? '' }),
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
