import { note } from '#journal'
import { isRefused, minutes, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, found, Missing, type Place } from '#people'
import { takeTurn } from '#platform'
import { companyRoles, missionToChange, seenMission } from '../access.ts'
import { moveMinutes } from '../moves.ts'
import {
  approvalRefusals,
  asLastWeek,
  type Entry,
  entryStateOf,
  leftMinutes,
  type Mission,
  type NewEntry,
  sharedOut,
  standInRefusals,
  stateOf,
  type Warning,
  warningsOf,
} from '../rules/index.ts'
import { entriesOf, insertApproval, missionsSharedWith, takeApproval } from '../store/index.ts'
import { aroundOf, keepEntries, type ToKeep } from './entering.ts'
import { representativeOf, valuesOf } from './told.ts'

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
    const ledgerEntryId = entry.stoodIn
      ? await counted(own, mission, entry)
      : await count(own, mission, { entry, reason: 'hours.approved' })
    const approval = { entryId: entry.id, approvedBy: personId, approvedAt: own.now, ledgerEntryId }
    await insertApproval(own.tx, { territoryId: mission.territoryId, ...approval })
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

/** Posts the hours of one line as done; answers the entry of the ledger. */
async function count(
  place: Place,
  mission: Mission,
  { entry, reason }: { entry: Entry; reason: string },
): Promise<string> {
  const { workedMinutes } = entry
  const move = { from: 'COMMITTED', to: 'DONE', minutes: workedMinutes, reason } as const
  return (await moveMinutes(place, mission, move)).id
}

/** The commune counted them already: the company's word takes the place of the commune's. */
async function counted({ tx }: Place, { territoryId }: Mission, { id }: Entry): Promise<string> {
  const approval = await takeApproval(tx, territoryId, id)
  if (approval === 'on-a-receipt') throw new Error(`hours ${id} of no company are on a receipt`)
  return approval.ledgerEntryId
}

/**
 * A company that never answers, or is no more: a month after the association confirmed, the commune counts
 * the hours as done, for a reason that all read. No receipt counts them before the company approves (the
 * gift is the company's to declare: CGI art. 238 bis).
 */
export async function standInForCompany(
  place: Place,
  missionId: string,
  input: { reason: string },
): Promise<{ id: string } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const { mission, views } = await seenMission(place, missionId)
  if (!views.includes('commune')) throw new Missing()
  const { personId } = actorOf(place)
  const reason = input.reason.trim()
  const entries = await entriesOf(place.tx, mission)
  const refusals = standInRefusals({ entries, reason, personId, today: place.today })
  if (refusals.length > 0) return { refusals }
  const waiting = entries.filter((entry) => entryStateOf(entry) === 'confirmed')
  for (const entry of waiting)
    await insertApproval(place.tx, {
      territoryId: mission.territoryId,
      entryId: entry.id,
      approvedBy: personId,
      approvedAt: place.now,
      ledgerEntryId: await count(place, mission, { entry, reason: 'hours.stoodIn' }),
      stoodInReason: reason,
    })
  const details = { entryIds: waiting.map(({ id }) => id) }
  await note(place.tx, { ...deed(place), action: 'hours.stoodIn', subjectId: mission.id, details })
  const values = { ...valuesOf(place, mission), reason }
  await tell(place, representativeOf(mission), 'missions:notice.stoodIn', values)
  const company = { organisationId: mission.companyId, role: 'company.csr' as const }
  await tell(place, company, 'missions:notice.stoodIn', values)
  return { id: mission.id }
}
