import { campaignById } from '#campaigns'
import {
  type MissionAgreement,
  makeDocument,
  missionAgreementPdf,
  missionAgreementRefusals,
  sign,
} from '#documents'
import { note } from '#journal'
import { isRefused, type Refused, refusal } from '#kit'
import { tell, tellPerson } from '#notices'
import { actorOf, deed, found, inNameOf, type Place, personById } from '#people'
import { takeTurn } from '#platform'
import { isEligible, standings } from '#review'
import { associationRoles, companyRoles } from '../access.ts'
import { moveMinutes } from '../moves.ts'
import { agreementContent } from '../papers.ts'
import {
  type AgreementTerms,
  agreementRefusals,
  isSignedByAll,
  type Mission,
  stateOf,
} from '../rules/index.ts'
import { missionById, saveAgreement, setEffective } from '../store/index.ts'
import { returnHours } from './ending.ts'
import { representativeOf } from './told.ts'

/** Draws the agreement of the three parties; prepared anew, it needs every signature anew. */
export async function prepareMissionAgreement(
  place: Place,
  missionId: string,
  terms: AgreementTerms,
): Promise<{ id: string } | Refused> {
  const { mission, own } = await missionOfEither(place, missionId)
  const campaign = found(await campaignById(own.tx, mission.territoryId, mission.campaignId))
  const content = await agreementContent(own, { mission, campaign, terms })
  if (isRefused(content)) return content
  const { applicationId } = mission
  const standing = (await standings(own.tx, campaign, [applicationId])).get(applicationId)
  const refusals = agreementRefusals(mission, terms, {
    season: campaign,
    // L.8241-3: free secondment goes to the bodies of CGI art. 238 bis 1 a to g alone.
    mayReceiveHours: standing?.hours !== undefined && isEligible(standing.hours),
    ofContent: missionAgreementRefusals(content),
  })
  const { chosen } = mission
  const { startsOn, endsOn, route } = terms
  if (refusals.length > 0 || !chosen || !startsOn || !endsOn) return { refusals }
  const document = await seal(own, mission, content)
  const { employeeId, qualification } = chosen
  const dated = { employeeId, qualification, documentId: document.id, startsOn, endsOn }
  await saveAgreement(own.tx, mission, { ...dated, route, at: own.now })
  await note(own.tx, {
    ...deed(own),
    action: 'missionAgreement.prepared',
    subjectId: mission.id,
    details: { number: document.number, sha256: document.sha256 },
  })
  await tellThree(own, mission, employeeId, 'missions:notice.toSign')
  return { id: mission.id }
}

async function seal(place: Place, mission: Mission, content: MissionAgreement) {
  const asked = {
    territoryId: mission.territoryId,
    at: place.now,
    kind: 'mission_agreement' as const,
    subjectId: mission.id,
    title: place.say('missions:paper.agreement', { title: mission.title }),
    content,
  }
  return makeDocument(place.tx, asked, ({ number }) => {
    const pdf = missionAgreementPdf({ ...content, reference: number })
    if ('refusals' in pdf) throw new Error('the content was checked before')
    return pdf
  })
}

/** Signs for the party that this person is; the third signature puts the agreement in force. */
export async function signMissionAgreement(
  place: Place,
  missionId: string,
  input: { capacity: string },
): Promise<{ id: string } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const mission = found(await missionById(place.tx, place.territory.id, missionId))
  const { party, own } = partyOf(place, mission)
  const { agreement } = mission
  if (stateOf(mission) !== 'signing' || !agreement)
    return { refusals: [refusal('missions:refused.nothingToSign')] }
  const { documentId } = agreement
  const capacity = party === 'employee' ? own.say('missions:capacity.employee') : input.capacity
  const signed = await sign(own, { documentId, party, capacity })
  if (isRefused(signed)) return signed
  if (!isSignedByAll(signed.signedBy)) return { id: mission.id }
  if (agreement.route === 'loan') await lend(own, mission, agreement.employeeId)
  else await putInForce(own, mission, agreement.employeeId)
  return { id: mission.id }
}

/** The chosen employee signs as such alone, even when they also act for the company. */
export function partyOf(place: Place, mission: Mission) {
  const isChosen = mission.chosen?.employeeId === actorOf(place).personId
  const employee = isChosen && inNameOf(place, mission.companyId, ['company.employee'])
  if (employee) return { party: 'employee', own: employee } as const
  const company = !isChosen && inNameOf(place, mission.companyId, companyRoles)
  if (company) return { party: 'company', own: company } as const
  const own = found(inNameOf(place, mission.associationId, ['association.representative']))
  return { party: 'association', own } as const
}

async function putInForce(place: Place, mission: Mission, employeeId: string): Promise<void> {
  await setEffective(place.tx, mission, place.now)
  await moveMinutes(place, mission, {
    from: 'ALLOCATED',
    to: 'COMMITTED',
    minutes: mission.agreedMinutes,
    reason: 'missionAgreement.effective',
  })
  await note(place.tx, {
    ...deed(place),
    action: 'missionAgreement.effective',
    subjectId: mission.id,
    details: { agreedMinutes: mission.agreedMinutes },
  })
  await tellThree(place, mission, employeeId, 'missions:notice.inForce')
}

/** Staff lent at cost are no sponsorship: the hours return to the pledge, and METIS follows them no further. */
async function lend(place: Place, mission: Mission, employeeId: string): Promise<void> {
  await setEffective(place.tx, mission, place.now)
  await note(place.tx, { ...deed(place), action: 'missionAgreement.lent', subjectId: mission.id })
  await returnHours(place, mission, { from: 'ALLOCATED', reason: place.say('missions:loan.ended') })
  await tellThree(place, mission, employeeId, 'missions:notice.lent')
}

async function tellThree(place: Place, mission: Mission, employeeId: string, key: string) {
  const { title, associationName: association, id } = mission
  const values = { title, association, link: `${place.url}/missions/${id}` }
  const employee = found(await personById(place.tx, employeeId))
  await tellPerson(place, employee, key, { ...values, name: employee.name })
  const { companyId } = mission
  await tell(place, { organisationId: companyId, role: 'company.csr' }, key, values)
  await tell(place, representativeOf(mission), key, values)
}

async function missionOfEither(place: Place, missionId: string) {
  await takeTurn(place.tx, place.territory.id)
  const mission = found(await missionById(place.tx, place.territory.id, missionId))
  const own =
    inNameOf(place, mission.companyId, companyRoles) ??
    inNameOf(place, mission.associationId, associationRoles)
  return { mission, own: found(own) }
}
