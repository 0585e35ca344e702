import { type Day, type Refusal, refusal } from '#kit'
import { isLed, leadOf } from './sharing.ts'
import { type Mission, stateOf } from './states.ts'

export type Candidacy = {
  missionId: string
  employeeId: string
  employeeName: string
  qualification: string
  appliedAt: Date
  acceptedAt: Date | undefined
  approvedAt: Date | undefined
  withdrawnAt: Date | undefined
  /** Where the association put it among the others; nowhere yet. */
  rank: number | undefined
  /** « Not this time », by the association. */
  declinedAt: Date | undefined
}

/** Why this employee cannot offer their help now. */
export function candidacyRefusals(
  mission: Mission,
  asked: { qualification: string; own: Candidacy | undefined; today: Day },
): Refusal[] {
  const refusals: Refusal[] = []
  if (stateOf(mission) !== 'open') refusals.push(refusal('missions:refused.taken'))
  if (mission.endsOn < asked.today) refusals.push(refusal('missions:refused.over'))
  if (asked.own?.declinedAt) refusals.push(refusal('matching:refused.notThisTime'))
  else if (asked.own && !asked.own.withdrawnAt)
    refusals.push(refusal('missions:refused.appliedAlready'))
  // R.8241-2, I: the agreement names the employee's qualification.
  if (asked.qualification === '')
    refusals.push(refusal('missions:refused.noQualification', { field: 'qualification' }))
  return refusals
}

/** Why the association cannot say yes to this person. */
export function acceptanceRefusals(mission: Mission, candidacy: Candidacy | undefined): Refusal[] {
  if (isLed(mission)) return [leadChooses(mission)]
  if (stateOf(mission) !== 'open') return [refusal('missions:refused.taken')]
  if (!isWaiting(candidacy)) return [refusal('missions:refused.noCandidate')]
  return []
}

/** Why the association cannot say « not this time »: only to somebody who waits for its word. */
export function decliningRefusals(mission: Mission, candidacy: Candidacy | undefined): Refusal[] {
  if (isLed(mission)) return [leadChooses(mission)]
  if (!isWaiting(candidacy) || candidacy?.acceptedAt)
    return [refusal('missions:refused.noCandidate')]
  return []
}

/** Of several missions shared, the association that leads chooses the person. */
export function leadChooses(mission: Mission): Refusal {
  return refusal('sharing:refused.leadChooses', { association: leadOf(mission).associationName })
}

function isWaiting(candidacy: Candidacy | undefined): boolean {
  return candidacy !== undefined && !candidacy.withdrawnAt && !candidacy.declinedAt
}

/** Why the company cannot approve the absence: nobody chosen, done already, or one's own. */
export function absenceRefusals(mission: Mission, approverId: string): Refusal[] {
  const { chosen } = mission
  if (!chosen || mission.ending) return [refusal('missions:refused.noCandidate')]
  if (chosen.approvedAt) return [refusal('missions:refused.approvedAlready')]
  if (chosen.employeeId === approverId) return [refusal('missions:refused.ownAbsence')]
  return []
}

/** Why this candidacy cannot be taken back: once an agreement of these missions is in force, it is ended instead. */
export function withdrawalRefusals(
  missions: Mission[],
  candidacy: Candidacy | undefined,
): Refusal[] {
  if (!candidacy || !isWaiting(candidacy)) return [refusal('missions:refused.noCandidate')]
  const isBound = missions.some(
    ({ agreement }) => agreement?.effectiveAt && agreement.employeeId === candidacy.employeeId,
  )
  return isBound ? [refusal('missions:refused.inForce')] : []
}

/** Why the mission cannot end now: hours in the middle of their way are answered first. */
export function endingRefusals(mission: Mission, reason: string): Refusal[] {
  const refusals: Refusal[] = []
  const state = stateOf(mission)
  if (state === 'ended' || state === 'complete')
    refusals.push(refusal('missions:refused.endedAlready'))
  if (mission.waitingMinutes + mission.confirmedMinutes > 0n)
    refusals.push(refusal('missions:refused.hoursOnTheirWay'))
  if (reason === '') refusals.push(refusal('missions:refused.noReason', { field: 'endingReason' }))
  return refusals
}
