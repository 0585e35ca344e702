import { minutes } from '#kit'
import type { Tx } from '#platform'
import { type DisputeStep, disputeSteps } from '../rules/index.ts'

/** What was said on each contested entry, in order. */
export async function disputeStepsOf(
  tx: Tx,
  territoryId: string,
  entryIds: string[],
): Promise<Map<string, DisputeStep[]>> {
  const rows = await tx
    .selectFrom('disputeSteps')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('entryId', 'in', entryIds)
    .orderBy('entryId')
    .orderBy('rank')
    .execute()
  const ofEach = Map.groupBy(rows, ({ entryId }) => entryId)
  return new Map([...ofEach].map(([entryId, own]) => [entryId, own.flatMap(stepFrom)]))
}

type StepRow = {
  kind: string
  words: string
  agreedMinutes: bigint | null
  byName: string
  saidAt: Date
}

function stepFrom({ kind: written, words, agreedMinutes, byName, saidAt }: StepRow): DisputeStep[] {
  const kind = disputeSteps.find((one) => one === written)
  const agreed = agreedMinutes === null ? undefined : minutes(agreedMinutes)
  return kind ? [{ kind, words, agreedMinutes: agreed, byName, at: saidAt }] : []
}

/** Two who speak at once take the same rank: the database keeps one of them. */
export async function insertStep(
  tx: Tx,
  territoryId: string,
  step: Omit<DisputeStep, 'at'> & {
    entryId: string
    rank: number
    personId: string | null
    linkId: string | null
    saidAt: Date
  },
): Promise<void> {
  const agreedMinutes = step.agreedMinutes ?? null
  await tx
    .insertInto('disputeSteps')
    .values({ territoryId, ...step, agreedMinutes })
    .execute()
}
