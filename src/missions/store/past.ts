import { sql } from 'kysely'
import { type Day, day, type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'
import { leadId, shareOf } from './shares.ts'

/** One person chosen for one mission, this year or before. */
export type Past = {
  employeeId: string
  associationId: string
  year: number
  endsOn: Day
  /** What was agreed, without what an early end gave back. */
  keptMinutes: Minutes
  /** Of these, what is still to be worked. */
  leftMinutes: Minutes
}

type PastRow = {
  employeeId: string
  associationId: string
  year: number
  endsOn: string
  agreedMinutes: string
  returnedMinutes: string | null
  workedMinutes: string | null
}

/** Every mission of the commune that somebody was chosen for. */
export function selectPast(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('missions as m')
    .leftJoin('missionShares as s', (join) => join.on(shareOf))
    .innerJoin('candidacies as c', (join) =>
      join.onRef('c.territoryId', '=', 'm.territoryId').on('c.missionId', '=', leadId),
    )
    .innerJoin('campaigns as k', (join) =>
      join.onRef('k.territoryId', '=', 'm.territoryId').onRef('k.id', '=', 'm.campaignId'),
    )
    .leftJoin('missionEndings as e', (join) =>
      join.onRef('e.territoryId', '=', 'm.territoryId').onRef('e.missionId', '=', 'm.id'),
    )
    .select(['c.employeeId', 'm.associationId', 'k.year', 'm.endsOn'])
    .select([
      sql<string>`m.agreed_minutes::text`.as('agreedMinutes'),
      sql<string | null>`e.returned_minutes::text`.as('returnedMinutes'),
    ])
    .select((select) =>
      select
        .selectFrom('timesheetEntries as t')
        .leftJoin('timesheetConfirmations as ok', (join) =>
          join.onRef('ok.territoryId', '=', 't.territoryId').onRef('ok.entryId', '=', 't.id'),
        )
        .select(sql<string>`sum(t.worked_minutes)::text`.as('sum'))
        .whereRef('t.territoryId', '=', 'm.territoryId')
        .whereRef('t.missionId', '=', 'm.id')
        .where((where) =>
          where.or([where('ok.outcome', 'is', null), where('ok.outcome', '=', 'confirmed')]),
        )
        .as('workedMinutes'),
    )
    .where('m.territoryId', '=', territoryId)
    .where('c.acceptedAt', 'is not', null)
    .where('c.withdrawnAt', 'is', null)
}

export function pastFrom(row: PastRow): Past {
  const { returnedMinutes, workedMinutes, agreedMinutes, endsOn, ...rest } = row
  const kept = BigInt(agreedMinutes) - BigInt(returnedMinutes ?? 0)
  const left = returnedMinutes === null ? kept - BigInt(workedMinutes ?? 0) : 0n
  return {
    ...rest,
    endsOn: day(endsOn),
    keptMinutes: minutes(kept),
    leftMinutes: minutes(left > 0n ? left : 0n),
  }
}
