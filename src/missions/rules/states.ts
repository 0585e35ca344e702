import type { MissionRoute } from '#documents'
import { type Day, type Minutes, minutes } from '#kit'

export type Mission = {
  territoryId: string
  id: string
  campaignId: string
  awardHoursId: string
  applicationId: string
  pledgeId: string
  associationId: string
  associationName: string
  companyId: string
  companyName: string
  family: string
  title: string
  agreedMinutes: Minutes
  modality: Modality
  startsOn: Day
  endsOn: Day
  /** The person chosen by the association, until they step back. */
  chosen: Chosen | undefined
  agreement: Agreement | undefined
  ending: Ending | undefined
  /** The missions shared with this one, itself included, the one that leads first; alone, undefined. */
  shared: Part[] | undefined
  /** Another association proposes to share it, without an answer. */
  isAskedToShare: boolean
  candidatesCount: number
  /** Entered and not yet answered by the association. */
  waitingMinutes: Minutes
  /** Confirmed by the association, not yet approved by the company. */
  confirmedMinutes: Minutes
  /** Approved by the company: locked, posted in the ledger. */
  approvedMinutes: Minutes
}

/** One association's mission among those shared. */
export type Part = Pick<
  Mission,
  'id' | 'title' | 'associationId' | 'associationName' | 'agreedMinutes'
>

export type Modality = 'on_site' | 'remote' | 'hybrid'

export type Chosen = {
  employeeId: string
  employeeName: string
  qualification: string
  approvedAt: Date | undefined
}

export type Agreement = {
  route: MissionRoute
  employeeId: string
  documentId: string
  startsOn: Day
  endsOn: Day
  qualification: string
  effectiveAt: Date | undefined
}

export type Ending = { reason: string; returnedMinutes: Minutes; endedAt: Date }

export const missionStates = [
  'open',
  'selected',
  'approved',
  'signing',
  'running',
  'complete',
  'ended',
] as const
export type MissionState = (typeof missionStates)[number]

/** The state is read from what happened; nothing stores it. */
export function stateOf(mission: Mission): MissionState {
  if (mission.ending) return 'ended'
  if (mission.approvedMinutes >= mission.agreedMinutes) return 'complete'
  if (mission.agreement?.effectiveAt) return 'running'
  if (!mission.chosen) return 'open'
  if (isPreparedFor(mission)) return 'signing'
  return mission.chosen.approvedAt ? 'approved' : 'selected'
}

/** What the employee may still enter: hours disputed by the association are free again. */
export function leftMinutes(mission: Mission): Minutes {
  const { agreedMinutes, waitingMinutes, confirmedMinutes, approvedMinutes } = mission
  return minutes(agreedMinutes - waitingMinutes - confirmedMinutes - approvedMinutes)
}

/** An agreement prepared for someone who stepped back since binds nobody. */
function isPreparedFor({ agreement, chosen }: Mission): boolean {
  return agreement !== undefined && agreement.employeeId === chosen?.employeeId
}
