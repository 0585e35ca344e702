import { askedOnce, type Tx, together } from '#platform'
import type { Instalment } from './instalments/rules.ts'
import { instalmentFrom, selectInstalments } from './instalments/store.ts'
import { type Payment, paymentFrom, selectPayments } from './payments-store.ts'
import type { ReportStep } from './reports/rules.ts'
import { selectSteps, stepFrom } from './reports/store.ts'

/** What follows these awards: the pages that show one of the three lists show another. */
function courseOf(tx: Tx, territoryId: string, awardIds: string[]) {
  return askedOnce(tx, `course of ${awardIds.join(' ')}`, () =>
    together(tx, {
      steps: selectSteps(tx, territoryId, awardIds),
      instalments: selectInstalments(tx, territoryId, awardIds),
      payments: selectPayments(tx, territoryId, awardIds),
    }),
  )
}

/** The steps of the reports, by award, the oldest first. */
export async function stepsOf(
  tx: Tx,
  territoryId: string,
  awardIds: string[],
): Promise<Map<string, ReportStep[]>> {
  if (awardIds.length === 0) return new Map()
  const { steps } = await courseOf(tx, territoryId, awardIds)
  return Map.groupBy(steps.map(stepFrom), ({ awardId }) => awardId)
}

export async function instalmentsOf(
  tx: Tx,
  territoryId: string,
  awardIds: string[],
): Promise<Instalment[]> {
  if (awardIds.length === 0) return []
  return (await courseOf(tx, territoryId, awardIds)).instalments.map(instalmentFrom)
}

export async function paymentsOf(tx: Tx, territoryId: string, awardId: string): Promise<Payment[]> {
  return (await courseOf(tx, territoryId, [awardId])).payments.map(paymentFrom)
}
