import { documentFaults, layerFaults } from '#documents'
import { brokenJournalRow } from '#journal'
import { ledgerFaults } from '#ledger'
import { allTerritories, digestFaults, type Territory } from '#people'
import {
  type Db,
  inTerritory,
  keyFaults,
  type Opened,
  readConfig,
  type Tx,
  type Vault,
  vaultOf,
} from '#platform'
import { type Io, plainOptions } from './commands.ts'
import {
  lostAwardedHours,
  unpostedApprovals,
  wrongPayments,
  wrongReceipts,
} from './reconciliation-store.ts'
import { strayMinutes, untracedReceipts } from './trace-store.ts'

type Check = (tx: Tx, territoryId: string) => Promise<string[]>

const checks: Check[] = [
  journalFaults,
  digestFaults,
  ledgerFaults,
  documentFaults,
  layerFaults,
  lostAwardedHours,
  unpostedApprovals,
  wrongReceipts,
  strayMinutes,
  untracedReceipts,
  wrongPayments,
]

export type CheckedTerritory = { slug: string; faults: string[] }

/** `metis check`: recounts every commune and names each row that does not hold. */
export async function runCheck(
  args: string[],
  io: Io,
  open: () => Promise<Opened>,
  vaultNow: () => Vault = () => vaultOf(readConfig()),
): Promise<number> {
  const help =
    'metis check [--json]: recounts journal, nightly digests, ledger, documents and receipts of every commune, and tries its keys; exit code 1 names faults.'
  const options = plainOptions(args, io, help)
  if (!options) return 0
  const { db, close } = await open()
  try {
    const checked = await checkAll(db, vaultNow())
    if (options.json) io.out(JSON.stringify({ territories: checked }))
    else for (const territory of checked) tell(io, territory)
    return checked.some(({ faults }) => faults.length > 0) ? 1 : 0
  } finally {
    await close()
  }
}

export async function checkAll(db: Db, vault: Vault): Promise<CheckedTerritory[]> {
  const checked: CheckedTerritory[] = []
  for (const territory of await allTerritories(db))
    checked.push(await checkOne(db, vault, territory))
  return checked
}

/** One read-only transaction a commune: what is compared is of one moment for each question. */
async function checkOne(db: Db, vault: Vault, { id, slug }: Territory): Promise<CheckedTerritory> {
  const faults = await inTerritory(db, { territoryId: id, readOnly: true }, async (tx) => {
    const found = await keyFaults(tx, vault, id)
    for (const check of checks) found.push(...(await check(tx, id)))
    return found
  })
  return { slug, faults }
}

async function journalFaults(tx: Tx, territoryId: string): Promise<string[]> {
  const broken = await brokenJournalRow(tx, territoryId)
  return broken === undefined ? [] : [`journal row ${broken} does not fit in the chain`]
}

function tell(io: Io, { slug, faults }: CheckedTerritory): void {
  if (faults.length === 0) io.out(`${slug}: all holds.`)
  for (const fault of faults) io.err(`${slug}: ${fault}`)
}
