import { sql } from 'kysely'
import type { Db, Tx } from '#platform'

/** A form as a page shows it: where it goes, and what it would send untouched. */
export type ShownForm = { action: string; fields: [name: string, value: string][] }

/**
 * Every form of a page that changes something, once for each address that its buttons, or the script
 * that saves as one types, send it to;
 * `address` is where one without an action goes.
 */
export function formsIn(html: string, address: string): ShownForm[] {
  const forms = [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)]
  const typing = [...html.matchAll(/<metis-draft data-url="([^"]*)".*?<form[^>]*>(.*?)<\/form>/gs)]
  const saved = typing.map(([, action = '', body = '']) => ({ action, fields: fieldsIn(body) }))
  const sent = forms.flatMap(([, head = '', body = '']) => {
    if (attribute(head, 'method') !== 'post') return []
    const fields = fieldsIn(body)
    const buttons = [...body.matchAll(/<button([^>]*)>/g)].map(([, own = '']) => own)
    const others = buttons.flatMap((button) => attribute(button, 'formaction') ?? [])
    const actions = new Set([attribute(head, 'action') ?? address, ...others])
    return [...actions].map((action) => ({ action, fields }))
  })
  return [...sent, ...saved]
}

function fieldsIn(body: string): [string, string][] {
  const inputs = [...body.matchAll(/<input([^>]*)>/g)].map(([, head = '']) => head)
  const areas = [...body.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs)]
  const lists = [...body.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)]
  const named: [string | undefined, string][] = [
    ...inputs.map((head) => [attribute(head, 'name'), attribute(head, 'value') ?? ''] as const),
    ...areas.map(([, head = '', text = '']) => [attribute(head, 'name'), text.trim()] as const),
    ...lists.map(
      ([, head = '', options = '']) => [attribute(head, 'name'), chosen(options)] as const,
    ),
  ].map(([name, value]) => [name, value])
  return named.flatMap(([name, value]) => (name ? [[name, value] as [string, string]] : []))
}

function chosen(options: string): string {
  const heads = [...options.matchAll(/<option([^>]*)>/g)].map(([, head = '']) => head)
  const head = heads.find((one) => / selected/.test(one)) ?? heads.at(-1) ?? ''
  return attribute(head, 'value') ?? ''
}

function attribute(head: string, name: string): string | undefined {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(head)?.[1]
  return value?.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}

/**
 * The same database, on which nothing asked through a page stays: each request's transaction is
 * carried to its end, its constraints are checked, then it is undone.
 */
export function undoing(db: Db): Db {
  return new Proxy(db, {
    get(target, key) {
      if (key === 'transaction') return () => ({ execute: (work: Work) => undone(target, work) })
      const value = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

type Work = (tx: Tx) => Promise<unknown>

async function undone(db: Db, work: Work): Promise<unknown> {
  let result: unknown
  try {
    await db.transaction().execute(async (tx) => {
      result = await work(tx)
      await sql`set constraints all immediate`.execute(tx)
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return result
}

class Undone extends Error {}
