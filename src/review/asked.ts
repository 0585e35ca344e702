import { type Asked, shows } from './table.ts'

/** The address says it all: a table sent by mail is the table received. */
export function readAsked(query: URLSearchParams): Asked {
  const word = (name: string) => (query.get(name) ?? '').slice(0, 200)
  return {
    show: shows.find((known) => known === query.get('show')) ?? 'all',
    q: word('q'),
    envelope: word('envelope'),
    agent: word('agent'),
    sort: word('sort'),
    page: /^[1-9]\d{0,4}$/.test(word('page')) ? Number(word('page')) : 1,
  }
}

/** `?show=ready&sort=-score`: what differs from the plain table, and nothing else. */
export function queryOf(asked: Asked, changed: Partial<Asked> = {}): string {
  // Another filter or another order starts from its first page.
  const { page, ...rest } = { ...asked, page: 1, ...changed }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest))
    if (value !== '' && value !== 'all') query.set(name, value)
  if (page > 1) query.set('page', String(page))
  return query.size > 0 ? `?${query}` : ''
}
