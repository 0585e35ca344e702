import { type Cents, cents } from '#kit'
import type { Tx } from '#platform'

export type Baseline = {
  organisationId: string | null
  name: string
  amountCents: Cents
}

/** Cash of one year, summed for each association; loans, guarantees and help in kind are no cash. */
export async function baselinesOf(tx: Tx, territoryId: string, year: number): Promise<Baseline[]> {
  const rows = await tx
    .selectFrom('baselines as b')
    .leftJoin('organisations as o', 'o.id', 'b.organisationId')
    .select(({ fn, eb }) => [
      'b.organisationId',
      eb.fn.coalesce('o.name', 'b.beneficiaryName').as('name'),
      fn.sum<string>('b.amountCents').as('amountCents'),
    ])
    .where('b.territoryId', '=', territoryId)
    .where('b.year', '=', year)
    .where('b.nature', 'in', ['cash', 'mixed'])
    .where('b.isNaturalPerson', '=', false)
    .groupBy(['b.organisationId', 'o.name', 'b.beneficiaryName'])
    .execute()
  return summed(rows.map((row) => ({ ...row, amountCents: cents(row.amountCents) })))
}

/** The years for which grants were imported, the latest first. */
export async function baselineYears(tx: Tx, territoryId: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('baselines')
    .select('year')
    .distinct()
    .where('territoryId', '=', territoryId)
    .orderBy('year', 'desc')
    .execute()
  return rows.map(({ year }) => year)
}

/** One line an organisation, even when the files wrote its name in several ways. */
function summed(rows: Baseline[]): Baseline[] {
  const byKey = new Map<string, Baseline>()
  for (const row of rows) {
    const key = row.organisationId ?? row.name
    const known = byKey.get(key)
    byKey.set(
      key,
      known ? { ...known, amountCents: cents(known.amountCents + row.amountCents) } : row,
    )
  }
  return [...byKey.values()].sort((a, b) => a.name.localeCompare(b.name))
}
