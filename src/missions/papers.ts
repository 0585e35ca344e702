import type { Campaign } from '#campaigns'
import type { MissionAgreement, PrintedParty } from '#documents'
import { type Refused, refusal } from '#kit'
import { organisationById, type Place, peopleOf, type Role } from '#people'
import type { AgreementTerms, Mission } from './rules/index.ts'

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
    costMode: 'free',
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
