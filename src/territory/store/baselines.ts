import { sql } from 'kysely'
import { type Cents, cents } from '#kit'
import { askedOnce, type Tx } from '#platform'
import type { Baseline, KnownAssociation } from '../rules.ts'

/** Cash that each association of the territory received in these years; help in kind and loans are not cash. */
export async function baselinesOf(
  tx: Tx,
  territoryId: string,
  ...years: [number, ...number[]]
): Promise<{ organisationId: string; name: string; amountCents: Cents }[]> {
  const rows = await tx
    .selectFrom('baselines as b')
    .innerJoin('organisations as o', 'o.id', 'b.organisationId')
    .select(['o.id as organisationId', 'o.name'])
    .select((select) => select.fn.sum<string>('b.amountCents').as('amountCents'))
    .where('b.territoryId', '=', territoryId)
    .where('b.year', 'in', years)
    .where('b.nature', 'in', ['cash', 'mixed'])
    .groupBy(['o.id', 'o.name'])
    .orderBy('o.name')
    .execute()
  return rows.map((row) => ({ ...row, amountCents: cents(row.amountCents) }))
}

export type BaselineYear = {
  year: number
  count: number
  cashCents: Cents
  /** Cash of lines that no association of the territory is known for. */
  unmatchedCents: Cents
}

/** Each year that grants are known for, the latest first. */
export async function baselineYears(tx: Tx, territoryId: string): Promise<BaselineYear[]> {
  return askedOnce(tx, `baseline years ${territoryId}`, () => readYears(tx, territoryId))
}

async function readYears(tx: Tx, territoryId: string): Promise<BaselineYear[]> {
  const rows = await tx
    .selectFrom('baselines')
    .select('year')
    .select((select) => [
      select.fn.countAll<bigint>().as('count'),
      sql<string>`coalesce(sum(amount_cents) filter (where nature in ('cash', 'mixed')), 0)`.as(
        'cashCents',
      ),
      sql<string>`coalesce(sum(amount_cents) filter (where nature in ('cash', 'mixed') and organisation_id is null), 0)`.as(
        'unmatchedCents',
      ),
    ])
    .where('territoryId', '=', territoryId)
    .groupBy('year')
    .orderBy('year', 'desc')
    .execute()
  return rows.map((row) => ({
    year: row.year,
    count: Number(row.count),
    cashCents: cents(row.cashCents),
    unmatchedCents: cents(row.unmatchedCents),
  }))
}

/** What one association received in cash before a year, line by line as the files say it. */
export function selectImportedGrants(
  tx: Tx,
  territoryId: string,
  { associationId, before }: { associationId: string; before: number },
) {
  return tx
    .selectFrom('baselines as b')
    .leftJoin('grantImports as i', (join) =>
      join.onRef('i.territoryId', '=', 'b.territoryId').onRef('i.id', '=', 'b.importId'),
    )
    .select(['b.year', 'b.purpose', 'i.fileName'])
    .select([
      sql<string>`b.amount_cents::text`.as('amountCents'),
      sql<string | null>`b.requested_cents::text`.as('requestedCents'),
    ])
    .where('b.territoryId', '=', territoryId)
    .where('b.organisationId', '=', associationId)
    .where('b.year', '<', before)
    .where('b.nature', 'in', ['cash', 'mixed'])
    .orderBy('b.year', 'desc')
    .orderBy('b.id')
}

/** Beneficiaries of a year that no association is known for, the biggest first; no natural person. */
export async function unmatchedOf(tx: Tx, territoryId: string, year: number, limit: number) {
  const rows = await tx
    .selectFrom('baselines')
    .select('beneficiaryName')
    .select((select) => select.fn.sum<string>('amountCents').as('amountCents'))
    .where('territoryId', '=', territoryId)
    .where('year', '=', year)
    .where('nature', 'in', ['cash', 'mixed'])
    .where('organisationId', 'is', null)
    .where('isNaturalPerson', '=', false)
    .groupBy('beneficiaryName')
    .orderBy('amountCents', 'desc')
    .orderBy('beneficiaryName')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, amountCents: cents(row.amountCents) }))
}

/** A person says who a beneficiary is: true for every year in which the same name stands. */
export async function matchName(
  tx: Tx,
  territoryId: string,
  match: { beneficiaryName: string; organisationId: string },
): Promise<void> {
  await tx
    .updateTable('baselines')
    .set({ organisationId: match.organisationId })
    .where('territoryId', '=', territoryId)
    .where('beneficiaryName', '=', match.beneficiaryName)
    .where('isNaturalPerson', '=', false)
    .execute()
}

/** One statement for many rows, handed over as one value: ten times faster than a row at a time. */
export async function insertBaselines(
  tx: Tx,
  target: { territoryId: string; importId: string | null },
  baselines: (Baseline & { id: string })[],
): Promise<number> {
  const rows = JSON.stringify(baselines.map(rowOf))
  const { numAffectedRows } = await sql`
    insert into baselines (territory_id, import_id, id, line_key, year, beneficiary_name,
      beneficiary_siret, beneficiary_rna, is_natural_person, organisation_id, purpose, nature,
      amount_cents, requested_cents)
    select ${target.territoryId}::uuid, ${target.importId}::uuid, r.*
    from jsonb_to_recordset(${rows}::text::jsonb) as r (id uuid, line_key text, year integer,
      beneficiary_name text, beneficiary_siret text, beneficiary_rna text,
      is_natural_person boolean, organisation_id uuid, purpose text, nature text,
      amount_cents bigint, requested_cents bigint)
    on conflict (territory_id, line_key) do nothing
  `.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

function rowOf(baseline: Baseline & { id: string }) {
  return {
    id: baseline.id,
    line_key: baseline.lineKey,
    year: baseline.year,
    beneficiary_name: baseline.beneficiaryName,
    beneficiary_siret: baseline.beneficiarySiret,
    beneficiary_rna: baseline.beneficiaryRna,
    is_natural_person: baseline.isNaturalPerson,
    organisation_id: baseline.organisationId,
    purpose: baseline.purpose,
    nature: baseline.nature,
    amount_cents: String(baseline.amountCents),
    requested_cents: baseline.requestedCents?.toString(),
  }
}

export async function associationsIn(tx: Tx, territoryId: string): Promise<KnownAssociation[]> {
  return tx
    .selectFrom('organisations as o')
    .innerJoin('territoryOrganisations as part', 'part.organisationId', 'o.id')
    .select(['o.id', 'o.name', 'o.siret', 'o.rna'])
    .where('part.territoryId', '=', territoryId)
    .where('o.kind', '=', 'association')
    .orderBy('o.name')
    .execute()
}

/** Writes or corrects what an association received, typed by hand. */
export async function upsertBaseline(
  tx: Tx,
  territoryId: string,
  baseline: Baseline & { id: string },
): Promise<void> {
  await tx
    .insertInto('baselines')
    .values({
      ...baseline,
      territoryId,
      beneficiarySiret: baseline.beneficiarySiret ?? null,
      beneficiaryRna: baseline.beneficiaryRna ?? null,
      organisationId: baseline.organisationId ?? null,
      requestedCents: baseline.requestedCents ?? null,
      importId: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['territoryId', 'lineKey'])
        .doUpdateSet({ amountCents: baseline.amountCents }),
    )
    .execute()
}

/** Associations whose amount of that year comes from a file: it is not typed over. */
export async function importedAmong(
  tx: Tx,
  territoryId: string,
  year: number,
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('baselines')
    .select('organisationId')
    .distinct()
    .where('territoryId', '=', territoryId)
    .where('year', '=', year)
    .where('importId', 'is not', null)
    .where('organisationId', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ organisationId }) => organisationId ?? []))
}
