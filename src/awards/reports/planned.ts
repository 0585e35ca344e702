import { plannedBudget } from '#applications'
import { type Cents, cents } from '#kit'
import type { Place } from '#people'
import type { Typed } from '#platform'
import { plainEuros } from '../plain-euros.ts'
import type { Award } from '../store.ts'
import { accounts } from './form.ts'

/** What the report may take from the request, so that nothing is typed twice. */
export type Planned = {
  typed: Typed
  /** Form 15059 has no account for the charges spread over the project: they are for the association to place. */
  indirectCents: Cents
}

export async function plannedFrom(
  { tx, territory }: Place,
  { applicationId }: Award,
): Promise<Planned | undefined> {
  const budget = await plannedBudget(tx, { territoryId: territory.id, id: applicationId })
  const known = accounts.flatMap((account) => {
    const total = budget.get(account)
    return total === undefined ? [] : [[`planned-${account}`, plainEuros(total)] as const]
  })
  if (known.length === 0) return undefined
  return { typed: Object.fromEntries(known), indirectCents: budget.get('Indirect') ?? cents(0) }
}
