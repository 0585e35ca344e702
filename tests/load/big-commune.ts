import { sql } from 'kysely'
import type { Db } from '#platform'
import type { createApp, House } from '#web'
import { pace, quantile, type Served, type Visit } from './traffic.ts'
import { signIn } from './work-pages.ts'

/** One commune among the hundred receives two thousand files. */
export const bigCommune = 'commune-100'
export const bigCommuneFiles = 2000
const MORE = bigCommuneFiles - 300

/** Before the reviews are settled, which then fall on these files like on all others. */
export async function settleBigCommune(db: Db, more = MORE): Promise<void> {
  await sql`insert into organisations (id, kind, name)
    select gen_random_uuid(), 'association', 'Amicale de la commune ' || n
    from generate_series(1, ${more}::int) n`.execute(db)
  const id = await territoryId(db)
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('metis.territory', ${id}, true)`.execute(tx)
    await sql`insert into territory_organisations (territory_id, organisation_id)
      select ${id}::uuid, id from organisations where name like 'Amicale de la commune %'`.execute(
      tx,
    )
    await sql`insert into applications (territory_id, id, campaign_id, association_id, project_title,
        asked_cents, started_at, saved_at)
      select c.territory_id, gen_random_uuid(), c.id, o.id, 'Projet', 500000, now(), now()
      from campaigns c, organisations o
      where c.territory_id = ${id} and o.name like 'Amicale de la commune %'`.execute(tx)
  })
}

/** A scenario before the council, so that three amounts are read for each file. */
export async function proposeInBigCommune(db: Db): Promise<void> {
  const id = await territoryId(db)
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('metis.territory', ${id}, true)`.execute(tx)
    await sql`insert into scenarios (territory_id, id, campaign_id, name, assumptions, problem, result,
        problem_sha256, result_sha256, computed_at)
      select ${id}::uuid, gen_random_uuid(), c.id, 'Proposé', '{}', '{}',
        jsonb_build_object('lines', (select jsonb_agg(jsonb_build_object(
          'associationId', a.association_id, 'cashCents', 300000, 'reasons', '[]'::jsonb,
          'hours', jsonb_build_array(jsonb_build_object('minutes', 480)))) from applications a)),
        '', '', now() from campaigns c where c.territory_id = ${id}`.execute(tx)
    await sql`insert into proposals (territory_id, campaign_id, rank, scenario_id, proposed_at)
      select territory_id, campaign_id, 1, id, now() from scenarios`.execute(tx)
    await sql`insert into file_assignments (territory_id, application_id, rank, agent_id, assigned_by, assigned_at)
      select a.territory_id, a.id, 1, p.id, p.id, now() from applications a, people p
      where p.email = ${`${bigCommune}@example.org`}`.execute(tx)
  })
  await sql`vacuum analyze`.execute(db)
}

async function territoryId(db: Db): Promise<string> {
  const { id } = await db
    .selectFrom('territories')
    .select('id')
    .where('slug', '=', bigCommune)
    .executeTakeFirstOrThrow()
  return id
}

/** Server time of the work table of two thousand files, as its agent opens, sorts and filters it. */
export async function paceBigCommune(
  { port }: Served,
  { cookie, year }: { cookie: string; year: number },
): Promise<Record<string, number>> {
  const table = `/${bigCommune}/${year}/review`
  const queries = ['', '?sort=-score', '?show=ready&page=7', '?q=amicale+12&sort=-askedCents']
  let turn = 0
  const next = (): Visit => ({ path: `${table}${queries[turn++ % queries.length]}`, cookie })
  await pace(port, next, { perSecond: 2, seconds: 4 })
  const times = await pace(port, next, { perSecond: 5, seconds: 10 })
  const home = await pace(port, () => ({ path: `/${bigCommune}/home`, cookie }), {
    perSecond: 3,
    seconds: 5,
  })
  const startedAt = performance.now()
  await pace(port, () => ({ path: `${table}/files.xlsx`, cookie }), { perSecond: 1, seconds: 1 })
  return {
    'review of 2,000 files p50 milliseconds': quantile(times, 0.5),
    'review of 2,000 files p95 milliseconds': quantile(times, 0.95),
    'home of 2,000 files p95 milliseconds': quantile(home, 0.95),
    'export of 2,000 files milliseconds': performance.now() - startedAt,
  }
}

export function signInToBigCommune(house: House, app: ReturnType<typeof createApp>) {
  return signIn(house, app, `${bigCommune}@example.org`)
}
