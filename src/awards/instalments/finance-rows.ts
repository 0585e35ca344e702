import { depositedApplications, wholeBankAccount } from '#applications'
import type { Campaign } from '#campaigns'
import type { Day } from '#kit'
import { organisationsOf, type Place } from '#people'
import { instalmentsOf } from '../course-store.ts'
import { type Deliberation, deliberationsOf } from '../deliberations-store.ts'
import { type Award, adoptedAwards } from '../store.ts'
import { payFactsOf } from './actions.ts'
import {
  blocksOf,
  type Instalment,
  type InstalmentState,
  instalmentStateOf,
  payableBy,
} from './rules.ts'

/** One payment, with all that the finance department needs to order it: no natural person in it. */
export type FinanceRow = {
  instalment: Instalment
  award: Award
  deliberation: Deliberation | undefined
  payee: { name: string; address: string; rna: string | null; siret: string | null }
  iban: string | undefined
  object: string
  state: InstalmentState
  /** What it still waits for, as keys of sentences; empty once it may be ordered. */
  blocks: string[]
  payableBy: Day | undefined
}

export async function financeRows(place: Place, campaign: Campaign): Promise<FinanceRow[]> {
  const { tx, territory } = place
  const awards = await adoptedAwards(tx, campaign)
  const ids = awards.map(({ id }) => id)
  const facts = await payFactsOf(place, awards)
  const deliberations = await deliberationsOf(tx, campaign)
  const associations = await organisationsOf(tx, territory.id, 'association')
  const deposited = await depositedApplications(tx, campaign)
  const instalments = Map.groupBy(
    await instalmentsOf(tx, territory.id, ids),
    ({ awardId }) => awardId,
  )
  const ibans = new Map<string, string>()
  for (const { id, applicationId } of awards) {
    const account = instalments.has(id) ? await wholeBankAccount(place, applicationId) : undefined
    if (!account) continue
    ibans.set(id, account.iban)
    // A whole number read in a file is a read of that file, as on its page.
    place.filesSeen.add(applicationId)
  }
  return awards.flatMap((award) => {
    const paid = facts.get(award.id)
    const payee = associations.find(({ id }) => id === award.associationId)
    if (!paid || !payee) return []
    return (instalments.get(award.id) ?? []).map((instalment) => ({
      instalment,
      award,
      deliberation: deliberations.find(({ id }) => id === award.deliberationId),
      payee,
      iban: ibans.get(award.id),
      object: deposited.find(({ id }) => id === award.applicationId)?.projectTitle ?? '',
      state: instalmentStateOf(instalment),
      blocks: blocksOf(instalment, paid),
      payableBy: payableBy(instalment, paid),
    }))
  })
}
