import pg from 'pg'

export type Recorded = { text: string; values: unknown[] }

/** The queries that `work` sends to a PostgreSQL server, without those that open or close its transaction. */
export async function recorded(work: () => Promise<unknown>): Promise<Recorded[]> {
  const seen: Recorded[] = []
  const original = pg.Client.prototype.query
  const spy = function (this: pg.Client, ...args: unknown[]) {
    const [text, values] = args
    if (typeof text === 'string' && !/^(begin|commit|rollback|set |select set_config)/i.test(text))
      seen.push({ text, values: Array.isArray(values) ? values : [] })
    return Reflect.apply(original, this, args)
  }
  Object.assign(pg.Client.prototype, { query: spy })
  try {
    await work()
  } finally {
    Object.assign(pg.Client.prototype, { query: original })
  }
  return seen
}
