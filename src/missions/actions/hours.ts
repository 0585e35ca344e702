import { note } from '#journal'
import { isRefused, minutes, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, found, Missing, type Place } from '#people'
import { companyRoles, missionToChange } from '../access.ts'
import { moveMinutes } from '../moves.ts'
import {
  approvalRefusals,
  asLastWeek,
  leftMinutes,
  type Mission,
  type NewEntry,
  sharedOut,
  stateOf,
  type Warning,
  warningsOf,
} from '../rules/index.ts'
import { entriesOf, insertApproval, missionsSharedWith } from '../store/index.ts'
import { aroundOf, keepEntries, type ToKeep } from './entering.ts'
import { representativeOf } from './told.ts'

/**
 * The employee of the agreement enters what they did, a day at a time; on a mission that several
 * associations share, for this one or, in equal quarter hours, for all (`isForAll`).
 */
export async function enterHours(
  place: Place,
  missionId: string,
  entry: NewEntry,
  { isForAll }: { isForAll: boolean } = { isForAll: false },
): Promise<{ id: string } | Refused> {
  const { own, whose } = await ownMission(place, missionId)
  const missions = isForAll ? await sharedInForce(own, whose.mission) : [whose.mission]
  const portions = sharedOut(entry.workedMinutes, missions.map(leftMinutes))
  const worked: ToKeep[] = []
  // Each portion begins where the one before ends.
  let { startsAt } = entry
  for (const [rank, mission] of missions.entries()) {
    const workedMinutes = portions[rank] ?? minutes(0)
    if (workedMinutes === 0n) continue
    worked.push({ mission, entry: { ...entry, workedMinutes, startsAt } })
    if (startsAt !== undefined) startsAt = minutes(startsAt + workedMinutes)
  }
  const kept = await keepEntries(own, whose.employeeId, worked)
  if (isRefused(kept)) return kept
  return { id: found(kept.ids[0]) }
}

/** This mission, then those shared with it on which the same person may enter hours. */
export async function sharedInForce({ tx }: Place, mission: Mission): Promise<Mission[]> {
  const employeeId = mission.agreement?.employeeId
  const others = (await missionsSharedWith(tx, mission)).filter(
    (one) =>
      one.id !== mission.id &&
      one.agreement?.employeeId === employeeId &&
      stateOf(one) === 'running',
  )
  return [mission, ...others]
}

export type Copy = NewEntry & { warnings: Warning[] }

/** What "as last week" would enter today, with what there is to know of each day. */
export async function lastWeekFor(place: Place, mission: Mission): Promise<Copy[]> {
  const employeeId = mission.agreement?.employeeId
  if (!employeeId) return []
  const copies = asLastWeek(await entriesOf(place.tx, mission), place.today)
  if (copies.length === 0) return []
  const days = copies.map(({ day }) => day)
  const around = await aroundOf(place, { mission, employeeId, days })
  return copies.map((entry) => ({ ...entry, warnings: warningsOf(entry, around) }))
}

/** The week entered again in one tap: the warnings that the page showed are those read. */
export async function enterAsLastWeek(
  place: Place,
  missionId: string,
  { days, acknowledged }: { days: string[]; acknowledged: Warning[] },
): Promise<{ id: string } | Refused> {
  const { own, whose } = await ownMission(place, missionId)
  const copies = (await lastWeekFor(own, whose.mission)).filter(({ day }) => days.includes(day))
  if (copies.length === 0) return { refusals: [refusal('missions:refused.nothingToRepeat')] }
  const { mission, employeeId } = whose
  const all = copies.map(({ warnings: _, ...entry }) => ({
    mission,
    entry: { ...entry, acknowledged },
  }))
  const kept = await keepEntries(own, employeeId, all)
  return isRefused(kept) ? kept : { id: mission.id }
}

/** The mission and the place of the person whose hours it counts; 404 for anybody else. */
export async function ownMission(place: Place, missionId: string) {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: ['company.employee'],
  })
  const { personId } = actorOf(own)
  if (mission.agreement?.employeeId !== personId) throw new Missing()
  return { own, whose: { mission, employeeId: personId } }
}

/** The company approves what the association confirmed: locked, and posted as done in the ledger. */
export async function approveEntries(
  place: Place,
  missionId: string,
  { entryIds }: { entryIds: string[] },
): Promise<{ id: string } | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: companyRoles,
  })
  const { personId } = actorOf(own)
  const entries = await entriesOf(own.tx, mission)
  const refusals = approvalRefusals(entryIds, { entries, approverId: personId })
  if (refusals.length > 0) return { refusals }
  for (const entry of entries.filter(({ id }) => entryIds.includes(id))) {
    const posted = await moveMinutes(own, mission, {
      from: 'COMMITTED',
      to: 'DONE',
      minutes: entry.workedMinutes,
      reason: 'hours.approved',
    })
    await insertApproval(own.tx, {
      territoryId: mission.territoryId,
      entryId: entry.id,
      approvedBy: personId,
      approvedAt: own.now,
      ledgerEntryId: posted.id,
    })
  }
  await note(own.tx, {
    ...deed(own),
    action: 'hours.approved',
    subjectId: mission.id,
    details: { entryIds },
  })
  const link = `${own.url}/missions/${mission.id}`
  await tell(own, representativeOf(mission), 'missions:notice.hoursApproved', {
    title: mission.title,
    link,
  })
  return { id: mission.id }
}
