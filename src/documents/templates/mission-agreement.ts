import { addMonths, type Day, type Minutes, type Refusal, type Refused, refusal } from '#kit'
import { lawKnownFrom, lawOn, renderPdf } from '#platform'
import {
  dated,
  hours,
  type Issuer,
  issuerParts,
  type Party,
  type Signed,
  signedLine,
} from './parts.ts'

/** R1 or R2 of the three legal routes; the third, invoiced at cost, is no gift and has no place here. */
export type MissionRoute = 'service' | 'secondment'

/** The aims that C. trav. art. L.8241-3, I, first paragraph, allows. */
export type SecondmentPurpose = 'qualification' | 'transition' | 'partnership'

export type MissionAgreement = {
  reference: string
  route: MissionRoute
  company: Party
  association: Party
  employee: { name: string; qualification: string; consent?: Signed }
  /** Pay, charges and expenses invoiced to the association: none, the time is a gift. */
  costMode?: 'free'
  purpose?: SecondmentPurpose
  title: string
  tasks: string[]
  startsOn?: Day
  endsOn?: Day
  totalMinutes?: Minutes
  places: string
  schedule: string
  referents: { company: string; association: string }
  /** The commune is told; it is neither employer nor party. */
  informed: { commune: Issuer; campaign: string; award: string }
  signed: { company?: Signed; association?: Signed }
  createdAt: Date
}

/** The agreement of the three parties; refused while a compulsory content of C. trav. art. R.8241-2 is missing. */
export function missionAgreementPdf(agreement: MissionAgreement): Uint8Array | Refused {
  const refusals = missionAgreementRefusals(agreement)
  return refusals.length > 0 ? { refusals } : draw(agreement)
}

// C. trav. art. R.8241-2, I: identity and qualification of the employee, mode of invoicing, duration, purpose and tasks.
export function missionAgreementRefusals(agreement: MissionAgreement): Refusal[] {
  const { employee, startsOn, endsOn } = agreement
  const contents: [field: string, code: string, isMissing: boolean][] = [
    ['employeeName', 'missionEmployeeName', employee.name.trim() === ''],
    ['qualification', 'missionQualification', employee.qualification.trim() === ''],
    ['costMode', 'missionCostMode', agreement.costMode === undefined],
    ['startsOn', 'missionStartsOn', startsOn === undefined],
    ['endsOn', 'missionEndsOn', endsOn === undefined],
    ['totalMinutes', 'missionTotalMinutes', (agreement.totalMinutes ?? 0n) <= 0n],
    // A service keeps the company's own direction: the aims of L.8241-3 are those of a secondment.
    ['purpose', 'missionPurpose', agreement.route === 'secondment' && !agreement.purpose],
    ['tasks', 'missionTasks', !agreement.tasks.some((task) => task.trim() !== '')],
  ]
  const refusals = contents
    .filter(([, , isMissing]) => isMissing)
    .map(([field, code]) => refusal(`documents:refused.${code}`, { field }))
  return startsOn && endsOn ? [...refusals, ...durationRefusals(startsOn, endsOn)] : refusals
}

function durationRefusals(startsOn: Day, endsOn: Day): Refusal[] {
  if (endsOn < startsOn)
    return [refusal('documents:refused.missionEndsBeforeStart', { field: 'endsOn' })]
  // No season is that old: its own dates refuse such a start.
  if (startsOn < (lawKnownFrom('secondmentYearsMax') ?? startsOn)) return []
  const years = lawOn(startsOn).secondmentYearsMax
  if (endsOn < addMonths(startsOn, years * 12)) return []
  return [refusal('documents:refused.missionTooLong', { field: 'endsOn', years })]
}

function draw(agreement: MissionAgreement): Uint8Array {
  const { company, association, employee, signed, informed } = agreement
  return renderPdf({
    template: '/documents/templates/mission-agreement.typ',
    title: `Convention de mission ${agreement.reference} — ${company.name} et ${association.name}`,
    language: 'fr',
    createdAt: agreement.createdAt,
    data: {
      ...agreement,
      purpose: agreement.purpose ?? null,
      // Numbered, these are the very bytes that are signed, then sealed: no draft any more.
      draft: agreement.reference === '',
      startsOn: agreement.startsOn && dated(agreement.startsOn),
      endsOn: agreement.endsOn && dated(agreement.endsOn),
      totalMinutes: undefined,
      total: agreement.totalMinutes && hours(agreement.totalMinutes),
      tasks: agreement.tasks.filter((task) => task.trim() !== ''),
      informed: { ...informed, commune: issuerParts(informed.commune) },
      signed: {
        company: signedLine(signed.company),
        association: signedLine(signed.association),
        employee: signedLine(employee.consent),
      },
    },
  })
}
