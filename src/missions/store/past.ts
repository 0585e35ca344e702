import { type Day, day, type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'

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

/** Every mission of the commune that somebody was chosen for. */
export async function pastMissions(tx: Tx, territoryId: string): Promise<Past[]> {
  const rows = await tx
    .selectFrom('missions as m')
    .innerJoin('candidacies as c', (join) =>
      join.onRef('c.territoryId', '=', 'm.territoryId').onRef('c.missionId', '=', 'm.id'),
    )
    .innerJoin('campaigns as k', (join) =>
      join.onRef('k.territoryId', '=', 'm.territoryId').onRef('k.id', '=', 'm.campaignId'),
    )
    .leftJoin('missionEndings as e', (join) =>
      join.onRef('e.territoryId', '=', 'm.territoryId').onRef('e.missionId', '=', 'm.id'),
    )
    .select(['c.employeeId', 'm.associationId', 'k.year', 'm.endsOn', 'm.agreedMinutes'])
    .select(['e.returnedMinutes'])
    .select((select) =>
      select
        .selectFrom('timesheetEntries as t')
        .leftJoin('timesheetConfirmations as ok', (join) =>
          join.onRef('ok.territoryId', '=', 't.territoryId').onRef('ok.entryId', '=', 't.id'),
        )
        .select(({ fn }) => fn.sum<bigint | string>('t.workedMinutes').as('sum'))
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
    .execute()
  return rows.map(({ returnedMinutes, workedMinutes, agreedMinutes, ...row }) => {
    const kept = agreedMinutes - (returnedMinutes ?? 0n)
    const left = returnedMinutes === null ? kept - BigInt(workedMinutes ?? 0) : 0n
    return {
      ...row,
      endsOn: day(row.endsOn),
      keptMinutes: minutes(kept),
      leftMinutes: minutes(left > 0n ? left : 0n),
    }
  })
}
