import { sql } from 'kysely'
import { FILE_READ } from '#journal'
import { newId } from '#kit'
import type { Role } from '#people'
import type { Db } from '#platform'
import type { Route } from '../../src/web/access.ts'
import type { TestHouse } from '../house.ts'
import { isTenant, type Table } from './schema.ts'

const ORIGIN = 'http://localhost:3000'

export type Ask = (method: string, path: string) => Promise<Response>

/** Asks as a person of the demo, or as a stranger; every POST comes from our own pages, and is empty. */
export async function asker(house: TestHouse, email?: string): Promise<Ask> {
  const headers = new Headers({ origin: ORIGIN, host: 'localhost:3000' })
  if (email) {
    const body = new URLSearchParams({ email })
    const entered = await house.app.request(`${ORIGIN}/demo/sessions`, {
      method: 'POST',
      headers,
      body,
    })
    const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    headers.set('cookie', cookies.join('; '))
  }
  return async (method, path) => {
    const body = method === 'GET' ? undefined : new URLSearchParams()
    return house.app.request(`${ORIGIN}${path}`, { method, headers, ...(body ? { body } : {}) })
  }
}

/** Real ids of one commune: `pledges` → some id of each of its tables. */
export async function idsOf(
  db: Db,
  tables: Table[],
  territoryId: string,
): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>()
  for (const { name, keys } of tables) {
    const key = keys
      .find(({ kind }) => kind === 'p')
      ?.columns.find((column) => column !== 'territory_id')
    if (!isTenant(name) || !key?.endsWith('id')) continue
    const { rows } = await sql<{ id: string }>`
      select distinct ${sql.ref(key)}::text as id from ${sql.table(name)}
      where territory_id = ${territoryId} order by 1 limit 12`.execute(db)
    known.set(
      name,
      rows.map(({ id }) => id),
    )
  }
  for (const [word, kind] of Object.entries(kindsOfDocuments)) {
    const { rows } = await sql<{ id: string }>`
      select id::text from documents
      where territory_id = ${territoryId} and kind = ${kind} order by id limit 12`.execute(db)
    known.set(
      word,
      rows.map(({ id }) => id),
    )
  }
  return known
}

/** Addresses that lead to one kind of document: `/packs/:documentId`. */
const kindsOfDocuments: Record<string, string> = { packs: 'council_pack', letters: 'notice' }

export type Commune = { slug: string; years: number[]; ids: Map<string, string[]> }

/**
 * The addresses of a route in a commune: ids are real ones where the word before them, or their own
 * name, is a table (`/pledges/:id`, `:scenarioId`); one address for each of a few ids.
 */
export function addressesOf({ path }: Pick<Route, 'path'>, commune: Commune): string[] {
  let addresses = ['']
  let before = ''
  for (const part of path.split('/').slice(1)) {
    const values = part.startsWith(':') ? valuesOf(part, before, commune) : [part]
    addresses = paired(addresses, values)
    if (!part.startsWith(':')) before = part
  }
  return addresses
}

/**
 * What a role is asked: every address where the door is open to it, so that the row alone decides; the
 * first and the last where the door itself is shut.
 */
export function addressesFor(role: Role | undefined, route: Route, commune: Commune): string[] {
  const addresses = addressesOf(route, commune)
  const isOpen = route.who.some((who) => who === role || !who.includes('.'))
  return isOpen ? addresses : [...new Set([addresses[0] ?? '', addresses.at(-1) ?? ''])]
}

// Twelve scenarios times twelve lines would be asked by everyone, at every address: two of each tell as much.
const PAIRS_MAX = 60

/** Each beginning with each value; when that makes too many, each beginning with two of them, and each value at least once. */
function paired(heads: string[], values: string[]): string[] {
  if (heads.length * values.length <= PAIRS_MAX)
    return heads.flatMap((head) => values.map((value) => `${head}/${value}`))
  const count = Math.max(heads.length, values.length)
  return [0, 1].flatMap((shift) =>
    Array.from({ length: count }, (_, rank) => {
      const value = values[(rank + shift) % values.length]
      return `${heads[rank % heads.length]}/${value}`
    }),
  )
}

function valuesOf(part: string, before: string, { slug, years, ids }: Commune): string[] {
  const name = /^:(\w+)/.exec(part)?.[1] ?? ''
  if (name === 'territory') return [slug]
  if (name === 'year') return years.map(String)
  const pattern = /\{(.+)\}$/.exec(part)?.[1] ?? ''
  const isId = /id$/i.test(name) || pattern.includes('[0-9a-f')
  if (!isId) return [pattern ? firstMatching(pattern) : 'nothing-of-that-name']
  const ending = pattern.includes('pdf') ? '.pdf' : ''
  const own = `${name.replace(/Id$/, '')}s`
  const real =
    (before in kindsOfDocuments ? ids.get(before) : undefined) ??
    ids.get(own) ??
    ids.get(before) ??
    ids.get(aliases[before] ?? '') ??
    []
  return (real.length > 0 ? real : [newId()]).map((id) => `${id}${ending}`)
}

/** `lines\\.(?:csv|ods)` → `lines.csv`. */
function firstMatching(pattern: string): string {
  return pattern.replace(/\(\?:([^|)]+)[^)]*\)/g, '$1').replaceAll('\\', '')
}

/** Words of addresses that are not the names of their tables. */
const aliases: Record<string, string> = {
  allocation: 'scenarios',
  decisions: 'awards',
  receipts: 'gift_receipts',
  imports: 'grant_imports',
  files: 'pledge_files',
  drafts: 'pledge_drafts',
  'outside-opinions': 'outside_requests',
  pieces: 'application_pieces',
}

/**
 * How many rows each table holds: a GET leaves it as it was, but for the journal of who read which
 * file, written once the answer has left (docs/decisions/0011).
 */
export async function rowCounts(db: Db, tables: Table[]): Promise<Record<string, string>> {
  // Signing in is what the test itself does.
  const apart = [
    'sessions',
    'verifications',
    'outbox',
    'outbox_take_backs',
    'sign_in_accounts',
    'migrations',
  ]
  const counted = tables.filter(({ name }) => !apart.includes(name))
  const parts = counted.map(
    ({ name }) => sql`select ${sql.lit(name)} as name, count(*)::text || ' ' ||
      coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as state from ${sql.table(name)} t
      ${name === 'journal' ? sql`where action <> ${sql.lit(FILE_READ)}` : sql``}`,
  )
  const { rows } = await sql<{
    name: string
    state: string
  }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
}
