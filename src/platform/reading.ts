import { type Expression, sql } from 'kysely'
import type { Tx } from './database.ts'

const answers = new WeakMap<Tx, Map<string, Promise<unknown>>>()

/** From here on this transaction reads only: what it has asked once, it need not ask again. */
export function beginReading(tx: Tx): void {
  answers.set(tx, new Map())
}

/**
 * The same question twice on one page goes to the database once. A transaction that writes asks each
 * time, for it may have changed the answer, or waited for whoever did. Nothing outlives the request.
 */
export function askedOnce<Answer>(
  tx: Tx,
  question: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const known = answers.get(tx)
  if (!known) return ask()
  const asked = known.get(question) ?? ask()
  known.set(question, asked)
  return asked as Promise<Answer>
}

/** A row that JSON carries whole: sums must have been made texts, and moments are known by their names. */
type Carried<Row> = {
  [Column in keyof Row]: object extends Row[Column]
    ? Row[Column]
    : bigint extends Row[Column]
      ? 'a sum loses digits in JSON: select it as text'
      : Date extends Row[Column]
        ? Column extends `${string}At`
          ? Row[Column]
          : 'a moment comes back from JSON as one when its name ends in At'
        : Row[Column]
}

type Questions = Record<string, Expression<object>>
type Lists<Asked extends Questions> = {
  [Name in keyof Asked]: Asked[Name] extends Expression<infer Row> ? Carried<Row>[] : never
}

/** Several lists in one trip to the database, each in the order of its own question. */
export async function together<Asked extends Questions>(
  tx: Tx,
  questions: Asked,
): Promise<Lists<Asked>> {
  const lists = Object.entries(questions).map(
    ([name, question]) =>
      sql`(select coalesce(json_agg(one), '[]') from (${question}) one) as ${sql.ref(name)}`,
  )
  const { rows } = await sql<Record<string, object[]>>`select ${sql.join(lists)}`.execute(tx)
  const told = Object.entries(rows[0] ?? {}).map(([name, list]) => [name, list.map(rowFrom)])
  return Object.fromEntries(told) as Lists<Asked>
}

/** Columns as the code names them, and their moments; what lies inside a column is left alone. */
function rowFrom(told: object): object {
  return Object.fromEntries(
    Object.entries(told).map(([column, value]) => {
      const name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
      const isMoment = name.endsWith('At') && typeof value === 'string'
      return [name, isMoment ? new Date(value) : value]
    }),
  )
}
