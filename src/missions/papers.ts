import type { Campaign } from '#campaigns'
import { documentById, type MissionAgreement, type PrintedParty } from '#documents'
import { type Refused, refusal } from '#kit'
import { organisationById, type Place, peopleOf, type Role } from '#people'
import type { Typed } from '#platform'
import type { AgreementTerms, Mission } from './rules/index.ts'
import { missionsSharedWith } from './store/index.ts'

/** The agreement as data: parties and terms as they stand today, so that it can be drawn again. */
export async function agreementContent(
  place: Place,
  { mission, campaign, terms }: { mission: Mission; campaign: Campaign; terms: AgreementTerms },
): Promise<MissionAgreement | Refused> {
  const company = await printedParty(place, mission.companyId, 'company.csr')
  const association = await printedParty(place, mission.associationId, 'association.representative')
  if (!company || !association) return { refusals: [refusal('missions:refused.noRepresentative')] }
  const { chosen } = mission
  const employee = { name: chosen?.employeeName ?? '', qualification: chosen?.qualification ?? '' }
  return {
    // Given by the register when it is sealed.
    reference: '',
    route: terms.route,
    company,
    association,
    employee,
    costMode: terms.route === 'loan' ? 'atCost' : 'free',
    ...(terms.route === 'loan' && terms.loan && { loan: terms.loan }),
    ...(terms.purpose && { purpose: terms.purpose }),
    title: mission.title,
    tasks: terms.tasks,
    ...(terms.startsOn && { startsOn: terms.startsOn }),
    ...(terms.endsOn && { endsOn: terms.endsOn }),
    totalMinutes: mission.agreedMinutes,
    places: terms.places,
    schedule: terms.schedule,
    referents: { company: terms.companyReferent, association: terms.associationReferent },
    informed: {
      commune: { name: place.territory.name },
      campaign: campaign.title,
      award: place.say('missions:paper.award', { year: campaign.year }),
    },
    signed: {},
    createdAt: place.now,
  }
}

/** The terms of an agreement already drawn, each as its field would be typed: another association's may start from them. */
export type DrawnTerms = { association: string; typed: Typed }

/** Those of a mission shared with this one, the newest; undefined when none was prepared for the same person. */
export async function drawnTermsBeside(
  { tx }: Pick<Place, 'tx'>,
  mission: Mission,
): Promise<DrawnTerms | undefined> {
  const drawn = (await missionsSharedWith(tx, mission)).find(
    ({ id, agreement }) =>
      id !== mission.id && agreement?.employeeId === mission.chosen?.employeeId,
  )
  const document =
    drawn?.agreement && (await documentById(tx, mission.territoryId, drawn.agreement.documentId))
  if (!drawn || !document) return undefined
  const content = document.content as MissionAgreement
  const { route, purpose, tasks, startsOn, endsOn, places, schedule, referents } = content
  const typed = {
    ...{ route, places, schedule, companyReferent: referents.company, tasks: tasks.join('\n') },
    ...(purpose && { purpose }),
    ...(startsOn && { startsOn }),
    ...(endsOn && { endsOn }),
  }
  return { association: drawn.associationName, typed }
}

async function printedParty(
  place: Place,
  organisationId: string,
  role: Role,
): Promise<PrintedParty | undefined> {
  const organisation = await organisationById(place.tx, organisationId)
  const [representative] = await peopleOf(place.tx, organisationId, role)
  if (!organisation || !representative) return undefined
  const { siren, rna, name, address } = organisation
  return {
    name,
    identifier: siren ? `SIREN ${siren}` : rna ? `RNA ${rna}` : '',
    address,
    representative: { name: representative.name, role: place.say(`missions:capacity.${role}`) },
  }
}
