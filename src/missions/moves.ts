import type { Minutes } from '#kit'
import { type AccountKind, type AccountRef, post } from '#ledger'
import type { Place } from '#people'
import type { Mission } from './rules/index.ts'

/** A mission's minutes on their way (DOMAIN 8.4): each move is one entry of the hours book. */
export async function moveMinutes(
  place: Place,
  mission: Mission,
  asked: { from: MissionAccount; to: MissionAccount; minutes: Minutes; reason: string },
): Promise<{ id: string }> {
  return post(place.tx, {
    territoryId: mission.territoryId,
    book: 'hours',
    day: place.today,
    at: place.now,
    personId: place.actor?.personId,
    reason: asked.reason,
    subjectId: mission.id,
    moves: [
      {
        from: accountOf(mission, asked.from),
        to: accountOf(mission, asked.to),
        amount: asked.minutes,
      },
    ],
  })
}

export type MissionAccount = Extract<AccountKind, 'CONFIRMED' | 'ALLOCATED' | 'COMMITTED' | 'DONE'>

/** Before the agreement takes effect, hours belong to the award; confirmed ones to the pledge. */
export function accountOf(mission: Mission, kind: MissionAccount): AccountRef {
  const subjectIds = {
    CONFIRMED: mission.pledgeId,
    ALLOCATED: mission.awardHoursId,
    COMMITTED: mission.id,
    DONE: mission.id,
  }
  const label = `${mission.companyName} → ${mission.associationName}`
  return {
    book: 'hours',
    kind,
    campaignId: mission.campaignId,
    subjectId: subjectIds[kind],
    label,
  }
}
