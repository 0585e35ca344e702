import type { Day } from '#kit'
import type { Tx } from '#platform'
import { type RoundStep, roundSteps } from '../rules/index.ts'

type Round = { territoryId: string; associationId: string; month: Day }

/** The associations of the commune for which hours of before that day wait. */
export async function associationsAwaited(
  tx: Tx,
  territoryId: string,
  before: Day,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('timesheetEntries as t')
    .innerJoin('missions as m', (join) =>
      join.onRef('m.territoryId', '=', 't.territoryId').onRef('m.id', '=', 't.missionId'),
    )
    .leftJoin('timesheetConfirmations as ok', (join) =>
      join.onRef('ok.territoryId', '=', 't.territoryId').onRef('ok.entryId', '=', 't.id'),
    )
    .select('m.associationId')
    .distinct()
    .where('t.territoryId', '=', territoryId)
    .where('t.day', '<', before)
    .where('ok.outcome', 'is', null)
    .orderBy('m.associationId')
    .execute()
  return rows.map(({ associationId }) => associationId)
}

export async function toldStepsOf(
  tx: Tx,
  { territoryId, associationId, month }: Round,
): Promise<RoundStep[]> {
  const rows = await tx
    .selectFrom('confirmationRounds')
    .select('daysAfter')
    .where('territoryId', '=', territoryId)
    .where('associationId', '=', associationId)
    .where('month', '=', month)
    .execute()
  return roundSteps.filter((step) => rows.some(({ daysAfter }) => daysAfter === step))
}

export async function insertRound(
  tx: Tx,
  round: Round & { daysAfter: RoundStep; toldAt: Date },
): Promise<void> {
  await tx.insertInto('confirmationRounds').values(round).execute()
}
