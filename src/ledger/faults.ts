import type { Tx } from '#platform'
import { brokenLedgerRow } from './chain.ts'
import { faultySums } from './store.ts'

/** Everything in a territory's ledger that is not as the constraints keep it: each named by its row. */
export async function ledgerFaults(tx: Tx, territoryId: string): Promise<string[]> {
  const broken = await brokenLedgerRow(tx, territoryId)
  return [
    ...(broken === undefined ? [] : [`ledger entry ${broken} does not fit in the chain`]),
    ...(await faultySums(tx, territoryId)),
  ]
}
