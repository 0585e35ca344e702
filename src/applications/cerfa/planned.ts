import type { Cents } from '#kit'
import type { Tx } from '#platform'
import { accountTotal } from './balance.ts'
import { accountsOf } from './budget.ts'
import { formOf } from './store.ts'

/** What the project's budget planned, by account of form 12156; accounts left blank are absent. */
export async function plannedBudget(
  tx: Tx,
  key: { territoryId: string; id: string },
): Promise<Map<string, Cents>> {
  const answers = (await formOf(tx, key))['project-budget']
  const totals = accountsOf('project').map(
    (account) => [account.code, accountTotal('project', account, answers)] as const,
  )
  return new Map(totals.filter(([, total]) => total > 0n))
}
