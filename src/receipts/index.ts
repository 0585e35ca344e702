import type { Campaign } from '#campaigns'
import { missionsOf } from '#missions'
import type { Tx } from '#platform'
import type { Receipt } from './issue.ts'
import { receiptsFor } from './store.ts'

export { cancelReceipt, declareValuation, issueReceipt } from './actions/index.ts'
export { type Receipt, receiptNumber } from './issue.ts'
export { receiptRoutes } from './pages/routes.tsx'
export { type Verified, verifyReceipt } from './verify.ts'

/** Every receipt of a season, cancelled ones too. */
export async function receiptsOf(tx: Tx, campaign: Campaign): Promise<Receipt[]> {
  const missions = await missionsOf(tx, campaign)
  return receiptsFor(
    tx,
    campaign.territoryId,
    missions.map(({ id }) => id),
  )
}
