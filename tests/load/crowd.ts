import { sql } from 'kysely'
import type { Db } from '#platform'

export const communes = 100
export const associationsEach = 300
export const pledgesEach = 40

/**
 * A hundred communes of three hundred associations, each with a season under way, written straight
 * by the database: what is measured is reading, not how the rows came.
 */
export async function settleCrowd(db: Db, year: number): Promise<void> {
  const statements = [
    `insert into organisations (id, kind, name, siret)
       select gen_random_uuid(), 'municipality', 'Commune ' || n, '21' || lpad(n::text, 12, '0')
       from generate_series(1, ${communes}) n`,
    `insert into territories (id, slug, name, insee_code, organisation_id)
       select gen_random_uuid(), 'commune-' || substr(siret, 12), name, '76' || substr(siret, 12), id
       from organisations where kind = 'municipality'`,
    `insert into organisations (id, kind, name)
       select gen_random_uuid(), 'association', 'Association ' || t.slug || ' ' || n
       from territories t, generate_series(1, ${associationsEach}) n`,
    `insert into organisations (id, kind, name)
       select gen_random_uuid(), 'company', 'Entreprise ' || t.slug || ' ' || n
       from territories t, generate_series(1, 20) n`,
    `insert into territory_organisations (territory_id, organisation_id)
       select t.id, o.id from territories t join organisations o
       on o.kind <> 'municipality' and o.name like '% ' || t.slug || ' %'`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
  const territories = await db.selectFrom('territories').select('id').execute()
  for (const { id } of territories) await settleSeason(db, id, year)
  await sql`analyze`.execute(db)
}

async function settleSeason(db: Db, territoryId: string, year: number): Promise<void> {
  const statements = [
    `insert into campaigns (territory_id, id, year, title, pledges_close_on, applications_close_on,
        council_on, starts_on, ends_on, floor_percent, reserve_percent, weight_low_percent,
        weight_high_percent, total_cap_percent, cash_unit_cents, reference_hourly_cents, created_at)
       values ('${territoryId}', gen_random_uuid(), ${year}, 'Campagne ${year}', '${year}-01-31',
        '${year}-02-28', '${year}-03-20', '${year}-04-01', '${year}-12-31', 60, 10, 70, 130, 130, 1000, 3500, now())`,
    `insert into campaign_states (territory_id, campaign_id, rank, state, entered_at)
       select territory_id, id, rank, (array['draft','pledging','applying'])[rank], now()
       from campaigns, generate_series(1, 3) rank where territory_id = '${territoryId}'`,
    `insert into campaign_families (territory_id, campaign_id, family)
       select territory_id, c.id, code from campaigns c, skill_families where territory_id = '${territoryId}'`,
    `insert into pledges (territory_id, id, campaign_id, company_id, family, pledged_minutes,
        block_minutes, modality, starts_on, ends_on, submitted_at)
       select c.territory_id, gen_random_uuid(), c.id, o.id, f.code, 2400, 240, 'hybrid', c.starts_on, c.ends_on, now()
       from campaigns c
       join territory_organisations part on part.territory_id = c.territory_id
       join organisations o on o.id = part.organisation_id and o.kind = 'company'
       join skill_families f on f.rank <= ${pledgesEach / 20}
       where c.territory_id = '${territoryId}'`,
    `insert into applications (territory_id, id, campaign_id, association_id, project_title, asked_cents, started_at, saved_at)
       select c.territory_id, gen_random_uuid(), c.id, o.id, 'Projet', 500000, now(), now()
       from campaigns c
       join territory_organisations part on part.territory_id = c.territory_id
       join organisations o on o.id = part.organisation_id and o.kind = 'association'
       where c.territory_id = '${territoryId}'`,
  ]
  // Even the owner of the tables sees a commune's rows only when it says which.
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('metis.territory', ${territoryId}, true)`.execute(tx)
    for (const statement of statements) await sql.raw(statement).execute(tx)
  })
}
