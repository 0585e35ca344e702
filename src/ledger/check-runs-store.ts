import { newId } from '#kit'
import type { Db, Tx } from '#platform'

/** All communes recounted once: when, and how many rows did not hold. */
export type CheckRun = { startedAt: Date; endedAt: Date; faultCount: number }

export async function noteCheckRun(tx: Tx, run: CheckRun): Promise<void> {
  await tx
    .insertInto('checkRuns')
    .values({ id: newId(), ...run })
    .execute()
}

export async function lastCheckRun(db: Db): Promise<CheckRun | undefined> {
  return db
    .selectFrom('checkRuns')
    .select(['startedAt', 'endedAt', 'faultCount'])
    .orderBy('endedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}
