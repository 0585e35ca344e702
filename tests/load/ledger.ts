import { day, newId } from '#kit'
import { type AccountKind, brokenLedgerRow, post } from '#ledger'
import { inTerritory, migrate, type Opened, openDatabase } from '#platform'
import { settle } from '../cast.ts'
import { startPostgres } from '../postgres-server.ts'

const WRITERS = 50
const POSTINGS = 3000
const COMMUNES = 10

/** Postings a second by fifty writers on a server, and how long a long chain takes to recount. */
export async function benchLedger(): Promise<Record<string, number>> {
  const server = await startPostgres()
  const opened = await openDatabase({
    databaseUrl: await server.createDatabase('ledger'),
    dataDir: '',
  })
  try {
    await migrate(opened.db)
    const territoryIds: string[] = []
    for (let rank = 0; rank < COMMUNES; rank++)
      territoryIds.push((await settle(opened.db, `commune-${rank}`)).territory.id)
    await postMany(opened, territoryIds, 200)
    const spread = await postMany(opened, territoryIds, POSTINGS)
    const [only = ''] = territoryIds
    const alone = await postMany(opened, [only], POSTINGS)
    const recount = await recountSeconds(opened, only)
    return {
      [`postings a second, ${WRITERS} writers, ${COMMUNES} communes`]: spread,
      [`postings a second, ${WRITERS} writers, one commune`]: alone,
      'lines recounted a second': recount,
    }
  } finally {
    await opened.close()
    await server.stop()
  }
}

async function postMany({ db }: Opened, territoryIds: string[], count: number): Promise<number> {
  const campaignId = newId()
  const hours = (kind: AccountKind, subjectId: string) => ({
    book: 'hours' as const,
    kind,
    campaignId,
    subjectId,
    label: kind,
  })
  let asked = 0
  async function write() {
    const subjectId = newId()
    for (let turn = asked++; turn < count; turn = asked++) {
      const territoryId = territoryIds[turn % territoryIds.length] ?? ''
      const moves = [
        { from: hours('OUTSIDE', campaignId), to: hours('PLEDGED', subjectId), amount: 60n },
      ]
      await inTerritory(db, { territoryId }, (tx) =>
        post(tx, {
          territoryId,
          book: 'hours',
          day: day('2027-02-01'),
          at: new Date(),
          personId: undefined,
          reason: 'pledge.submitted',
          subjectId,
          moves,
        }),
      )
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: WRITERS }, write))
  return Math.round((count * 1000) / (performance.now() - startedAt))
}

async function recountSeconds({ db }: Opened, territoryId: string): Promise<number> {
  return inTerritory(db, { territoryId }, async (tx) => {
    const { lines } = await tx
      .selectFrom('ledgerLines')
      .select((from) => from.fn.countAll<bigint>().as('lines'))
      .executeTakeFirstOrThrow()
    const startedAt = performance.now()
    if (await brokenLedgerRow(tx, territoryId)) throw new Error('the chain broke')
    return Math.round((Number(lines) * 1000) / (performance.now() - startedAt))
  })
}
