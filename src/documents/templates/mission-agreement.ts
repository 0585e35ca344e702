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

/** The three legal routes (DOMAIN 2.5): a free service, a free secondment, a loan invoiced at cost, which is no gift. */
export type MissionRoute = 'service' | 'secondment' | 'loan'

/** The aims that C. trav. art. L.8241-3, I, first paragraph, allows. */
export type SecondmentPurpose = 'qualification' | 'transition' | 'partnership'

/** Whether the works council (CSE) of an organisation was consulted on a loan, or it has none. */
export type Council = 'consulted' | 'none'

/** What C. trav. art. L.8241-2 asks of a loan. */
export type LoanTerms = {
  /** How pay, charges and expenses to be invoiced are determined; never a person's pay itself. */
  costRule: string
  /** In words, or empty: compulsory when the loan changes something essential in the contract. */
  probation: string
  lenderCouncil: Council | undefined
  userCouncil: Council | undefined
}

export type MissionAgreement = {
  reference: string
  route: MissionRoute
  company: Party
  association: Party
  employee: { name: string; qualification: string; consent?: Signed }
  /** Pay, charges and expenses invoiced to the association: none, unless the staff are lent at cost. */
  costMode?: 'free' | 'atCost'
  loan?: LoanTerms
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
  const refusals = [...contents, ...(agreement.route === 'loan' ? loanContents(agreement) : [])]
    .filter(([, , isMissing]) => isMissing)
    .map(([field, code]) => refusal(`documents:refused.${code}`, { field }))
  return startsOn && endsOn
    ? [...refusals, ...durationRefusals(agreement.route, startsOn, endsOn)]
    : refusals
}

// C. trav. art. L.8241-2, 2° and 3°: what is invoiced, and the consultation of both works councils.
function loanContents({ loan }: MissionAgreement): [string, string, boolean][] {
  return [
    ['costRule', 'missionCostRule', !loan?.costRule.trim()],
    ['lenderCouncil', 'missionLenderCouncil', !loan?.lenderCouncil],
    ['userCouncil', 'missionUserCouncil', !loan?.userCouncil],
  ]
}

function durationRefusals(route: MissionRoute, startsOn: Day, endsOn: Day): Refusal[] {
  if (endsOn < startsOn)
    return [refusal('documents:refused.missionEndsBeforeStart', { field: 'endsOn' })]
  // L.8241-3 bounds what is free; a loan lasts what its agreement says.
  if (route === 'loan') return []
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
      loan: agreement.loan ?? null,
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
