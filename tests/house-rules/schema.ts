import { sql } from 'kysely'
import type { Db } from '#platform'

/** Tables that belong to no commune, each with its reason. */
export const globalTables: Record<string, string> = {
  people: 'a person may serve in several communes',
  sessions: 'a person signs in once for all communes',
  sign_in_accounts: 'how a person signs in',
  verifications: 'links sent before anyone is known',
  second_factors: 'a person has one telephone for all communes',
  recovery_codes: 'a person has one telephone for all communes',
  passkeys: 'how a person signs in',
  door_tries: 'counted before anyone is known',
  organisations: 'a company pledges in several communes',
  memberships: 'a person acts for an organisation, wherever it takes part',
  invitations: 'sent before anyone is known, accepted before a commune is entered',
  invitation_letters: 'as the invitation that it carries',
  invitation_outcomes: 'as the invitation that it answers',
  territories: 'the communes themselves',
  territory_organisations: 'read before a commune is entered, to know where a membership counts',
  outbox: 'a sign-in mail has no commune',
  outbox_take_backs: 'it names a cause of mails, nothing more',
  check_runs: 'all communes are recounted together',
  seal_keys: 'one seal for the installation',
  skill_families: 'the same words in every commune',
  migrations: 'what this installation has applied',
}

export type Table = {
  name: string
  isForced: boolean
  policies: string[]
  keys: { name: string; kind: 'p' | 'u' | 'index'; columns: string[] }[]
  foreign: { to: string; columns: string[]; toColumns: string[] }[]
}

/** The live schema, as the rules of the house see it. */
export async function tablesOf(db: Db): Promise<Table[]> {
  const { rows } = await sql<{ table: Table }>`
    select jsonb_build_object(
      'name', c.relname,
      'isForced', c.relrowsecurity and c.relforcerowsecurity,
      'policies', coalesce((select jsonb_agg(p.qual) from pg_policies p
                            where p.schemaname = 'public' and p.tablename = c.relname), '[]'),
      'keys', coalesce((select jsonb_agg(jsonb_build_object(
          'name', i.indexrelid::regclass::text,
          'kind', coalesce(k.contype::text, 'index'),
          'columns', (select jsonb_agg(a.attname order by n) from unnest(i.indkey::int[]) with ordinality as u(att, n)
                      join pg_attribute a on a.attrelid = c.oid and a.attnum = u.att)))
        from pg_index i left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
        where i.indrelid = c.oid and i.indisunique), '[]'),
      'foreign', coalesce((select jsonb_agg(jsonb_build_object(
          'to', f.confrelid::regclass::text,
          'columns', (select jsonb_agg(a.attname order by n) from unnest(f.conkey) with ordinality as u(att, n)
                      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = u.att),
          'toColumns', (select jsonb_agg(a.attname order by n) from unnest(f.confkey) with ordinality as u(att, n)
                      join pg_attribute a on a.attrelid = f.confrelid and a.attnum = u.att)))
        from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'), '[]')
    ) as table
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname`.execute(db)
  return rows.map(({ table }) => table)
}

export const isTenant = (name: string) => !(name in globalTables)

/** The bodies of the functions that triggers call. */
export async function triggerBodies(db: Db): Promise<{ name: string; body: string }[]> {
  const { rows } = await sql<{ name: string; body: string }>`
    select distinct p.proname as name, p.prosrc as body from pg_trigger t
    join pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal and p.pronamespace = 'public'::regnamespace`.execute(db)
  return rows
}
