import { noteCheckRun } from '#ledger'
import { log, sayIn, vaultOf, writeMail } from '#platform'
import { type CheckedTerritory, checkAll } from './check-command.ts'
import type { House } from './house.ts'

const FAULTS_MAILED = 100

/** What `metis check` does, each night: kept for /metrics, and told to the operator when a row does not hold. */
export async function checkNightly({ db, config }: Pick<House, 'db' | 'config'>): Promise<void> {
  const startedAt = new Date()
  const checked = await checkAll(db, vaultOf(config))
  const faultCount = checked.reduce((sum, { faults }) => sum + faults.length, 0)
  await db.transaction().execute(async (tx) => {
    await noteCheckRun(tx, { startedAt, endedAt: new Date(), faultCount })
    if (faultCount > 0 && config.operatorMail)
      await writeMail(tx, { recipient: config.operatorMail, ...alertOf(checked, faultCount) })
  })
  if (faultCount > 0) log.error({ faultCount }, 'the nightly check found rows that do not hold')
}

function alertOf(checked: CheckedTerritory[], count: number): { subject: string; body: string } {
  const say = sayIn('fr')
  const rows = checked.flatMap(({ slug, faults }) => faults.map((fault) => `${slug}: ${fault}`))
  return {
    subject: say('web:check.subject', { count }),
    body: say('web:check.body', { count, rows: rows.slice(0, FAULTS_MAILED).join('\n') }),
  }
}
