import { note } from '#journal'
import type { Refused } from '#kit'
import { minutes } from '#kit'
import { balanceOf } from '#ledger'
import { tell } from '#notices'
import { deed, found, inNameOf, type Place } from '#people'
import { takeTurn } from '#platform'
import { companyRoles } from '../access.ts'
import { accountOf, moveMinutes } from '../moves.ts'
import { endingRefusals, type Mission } from '../rules/index.ts'
import { insertEnding, missionById } from '../store/index.ts'
import { part } from './sharing.ts'
import { representativeOf, valuesOf } from './told.ts'

/** Ends a mission early, by either of the two organisations: what was not worked returns to the pledge. */
export async function endMission(
  place: Place,
  missionId: string,
  input: { reason: string },
): Promise<{ id: string } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const mission = found(await missionById(place.tx, place.territory.id, missionId))
  const own = found(
    inNameOf(place, mission.companyId, companyRoles) ??
      inNameOf(place, mission.associationId, ['association.representative']),
  )
  const reason = input.reason.trim()
  const refusals = endingRefusals(mission, reason)
  if (refusals.length > 0) return { refusals }
  const from = mission.agreement?.effectiveAt ? 'COMMITTED' : 'ALLOCATED'
  await returnHours(own, mission, { from, reason })
  await tellBoth(own, mission)
  return { id: mission.id }
}

/** The mission is over: what was not worked returns to the pledge. */
export async function returnHours(
  place: Place,
  mission: Mission,
  { from, reason }: { from: 'ALLOCATED' | 'COMMITTED'; reason: string },
): Promise<void> {
  const { tx, now: endedAt } = place
  const returnedMinutes = minutes(
    await balanceOf(tx, mission.territoryId, accountOf(mission, from)),
  )
  if (returnedMinutes > 0n)
    await moveMinutes(place, mission, {
      from,
      to: 'CONFIRMED',
      minutes: returnedMinutes,
      reason: 'mission.ended',
    })
  const personId = place.actor?.personId
  await insertEnding(tx, mission, { reason, returnedMinutes, endedAt, personId })
  if (mission.shared && !mission.chosen) await part(place, mission)
  await note(tx, {
    ...deed(place),
    action: 'mission.ended',
    subjectId: mission.id,
    details: { returnedMinutes },
  })
}

async function tellBoth(place: Place, mission: Mission): Promise<void> {
  const values = valuesOf(place, mission)
  const association = representativeOf(mission)
  const company = { organisationId: mission.companyId, role: 'company.csr' as const }
  for (const to of [association, company]) await tell(place, to, 'missions:notice.ended', values)
}
