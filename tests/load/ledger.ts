import { availableParallelism, loadavg } from 'node:os'
import { day, newId } from '#kit'
import { type AccountKind, brokenLedgerRow, post } from '#ledger'
import { inTerritory, migrate, type Opened, once, openDatabase } from '#platform'
import { settle } from '../cast.ts'
import { startPostgres } from '../postgres-server.ts'
import { bareRate } from './ledger-bare.ts'

const WRITERS = 50
const POSTINGS = 2500
const WARM_UP = 1500
const ROUNDS = 3
const COMMUNES = 10

/**
 * Postings a second by fifty writers on a server that waits for its disk, in turn with bare `pg`: the
 * machine is seldom alone, so that only what was measured side by side is compared. And how long a
 * long chain takes to recount.
 */
export async function benchLedger(): Promise<Record<string, number>> {
  const server = await startPostgres({ isDurable: true })
  const databaseUrl = await server.createDatabase('ledger')
  const opened = await openDatabase({ databaseUrl, dataDir: '' })
  try {
    await migrate(opened.db)
    const territoryIds: string[] = []
    for (let rank = 0; rank < COMMUNES; rank++)
      territoryIds.push((await settle(opened.db, `commune-${rank}`)).territory.id)
    const [only = ''] = territoryIds
    const measured = async (count: number) => ({
      spread: await postMany(opened, territoryIds, count),
      bare: await bareRate(databaseUrl, { writers: WRITERS, count }),
      alone: await postMany(opened, [only], count),
    })
    await measured(WARM_UP)
    const rounds: Awaited<ReturnType<typeof measured>>[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measured(POSTINGS))
    const recount = await recountSeconds(opened, only)
    return {
      [`postings a second, ${WRITERS} writers, ${COMMUNES} communes`]: Math.round(
        middle(rounds.map(({ spread }) => spread)),
      ),
      [`postings a second, ${WRITERS} writers, one commune`]: Math.round(
        middle(rounds.map(({ alone }) => alone)),
      ),
      'bare pg transactions of the same four rows a second': Math.round(
        middle(rounds.map(({ bare }) => bare)),
      ),
      'ratio to bare, communes (bar 0.5)': middle(rounds.map(({ spread, bare }) => spread / bare)),
      'ratio to bare, one commune': middle(rounds.map(({ alone, bare }) => alone / bare)),
      'lines recounted a second': recount,
      'seconds for 1,000,000 lines (bar 30)': 1_000_000 / recount,
      'load of the machine, one minute': loadavg()[0] ?? 0,
      processors: availableParallelism(),
    }
  } finally {
    await opened.close()
    await server.stop()
  }
}

function middle(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0
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
      const posting = {
        territoryId,
        book: 'hours' as const,
        day: day('2027-02-01'),
        at: new Date(),
        personId: undefined,
        reason: 'pledge.submitted',
        subjectId,
        moves,
      }
      const asked = { territoryId, key: newId(), payload: posting }
      await inTerritory(db, { territoryId }, (tx) => once(tx, asked, () => post(tx, posting)))
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: WRITERS }, write))
  return (count * 1000) / (performance.now() - startedAt)
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
